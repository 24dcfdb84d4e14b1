import { useQuery } from "@tanstack/react-query";
import { api, body } from "../client";
import { keys } from "../keys";

/** Links to a design, without their tokens. */
export function useShares(id: string, enabled: boolean) {
  return useQuery({
    queryKey: keys.part(id, "shares"),
    queryFn: async ({ signal }) =>
      body(
        await api.GET("/api/decision-sets/{decision_set_id}/shares", {
          params: { path: { decision_set_id: id } },
          signal,
        }),
      ),
    enabled,
  });
}

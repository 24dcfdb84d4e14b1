import { useQuery } from "@tanstack/react-query";
import { api, body } from "../client";
import { BRANCHES, keys } from "../keys";

/** The design itself, what it was forked from and everything forked from the same origin, oldest first. */
export function useBranches(id: string) {
  return useQuery({
    queryKey: keys.part(id, BRANCHES),
    queryFn: async ({ signal }) =>
      body(
        await api.GET("/api/decision-sets/{decision_set_id}/branches", {
          params: { path: { decision_set_id: id } },
          signal,
        }),
      ),
    staleTime: 60_000,
  });
}

import { useQuery } from "@tanstack/react-query";
import { api, body } from "../client";
import { keys } from "../keys";

/** What the policies and the critics say about the present plan. */
export function usePolicy(id: string, enabled = true) {
  return useQuery({
    queryKey: keys.part(id, "policy"),
    queryFn: async ({ signal }) => body(await api.GET("/api/decision-sets/{decision_set_id}/policy", { params: { path: { decision_set_id: id } }, signal })),
    enabled,
  });
}

import { useQuery } from "@tanstack/react-query";
import { api, body } from "../client";
import { keys } from "../keys";

/** Everything the run has stored so far, oldest first. */
export function useArtifacts(id: string, enabled = true) {
  return useQuery({
    queryKey: keys.part(id, "artifacts"),
    queryFn: async ({ signal }) => body(await api.GET("/api/decision-sets/{decision_set_id}/artifacts", { params: { path: { decision_set_id: id } }, signal })),
    enabled,
  });
}

import { useQuery } from "@tanstack/react-query";
import { api, body } from "../client";
import { keys } from "../keys";

/** The present plan with its alternatives and rejected options. */
export function usePlan(id: string, enabled = true) {
  return useQuery({
    queryKey: keys.part(id, "plan"),
    queryFn: async ({ signal }) => body(await api.GET("/api/decision-sets/{decision_set_id}/plan", { params: { path: { decision_set_id: id } }, signal })),
    enabled,
  });
}

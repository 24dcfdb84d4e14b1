import { useQuery } from "@tanstack/react-query";
import { api, body } from "../client";
import { keys } from "../keys";

/** One version of a design, with the gate that waits. */
export function useDecisionSet(id: string) {
  return useQuery({
    queryKey: keys.decisionSet(id),
    queryFn: async ({ signal }) => body(await api.GET("/api/decision-sets/{decision_set_id}", { params: { path: { decision_set_id: id } }, signal })),
  });
}

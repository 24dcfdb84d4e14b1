import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body, newKey, type Schemas } from "../client";
import { keys } from "../keys";

/** Takes a decision at a gate; the first one wins, and a later one is told who decided. */
export function useDecide(decisionSetId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (decision: Schemas["DecisionCreate"]) =>
      body(
        await api.POST("/api/decision-sets/{decision_set_id}/approve", {
          params: { path: { decision_set_id: decisionSetId }, header: { "Idempotency-Key": newKey() } },
          body: decision,
        }),
      ),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.decisionSet(decisionSetId) }),
        client.invalidateQueries({ queryKey: keys.inbox }),
      ]),
  });
}

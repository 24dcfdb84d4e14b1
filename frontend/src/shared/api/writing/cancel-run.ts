import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body, newKey } from "../client";
import { keys } from "../keys";

/** Stops a run; what it has made so far is kept. */
export function useCancelRun(decisionSetId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (runId: string) =>
      body(
        await api.POST("/api/runs/{run_id}/cancel", {
          params: { path: { run_id: runId }, header: { "Idempotency-Key": newKey() } },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: keys.decisionSet(decisionSetId) }),
  });
}

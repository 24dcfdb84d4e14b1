import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body, newKey } from "../client";
import { keys } from "../keys";

/** Lets a run that failed or was stopped go on where it broke off; finished steps are not run again. */
export function useRetryRun(decisionSetId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (runId: string) =>
      body(
        await api.POST("/api/runs/{run_id}/retry", {
          params: { path: { run_id: runId }, header: { "Idempotency-Key": newKey() } },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: keys.decisionSet(decisionSetId) }),
  });
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "../client";
import { keys } from "../keys";

interface Restoring {
  id: string;
  /** One for each time the question is asked: confirmed twice, it is carried out once. */
  key: string;
}

/** Makes the newest version out of an earlier, finished one. */
export function useRestoreVersion() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, key }: Restoring) =>
      body(
        await api.POST("/api/decision-sets/{decision_set_id}/restore", {
          params: { path: { decision_set_id: id }, header: { "Idempotency-Key": key } },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.decisionSets }),
  });
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body, newKey, type Schemas } from "../client";
import { keys } from "../keys";

/** Jobs of the designs that this tab started, so that it can say how many wait before them. */
const jobs = new Map<string, string>();

export const jobOf = (decisionSetId: string): string | null => jobs.get(decisionSetId) ?? null;

/** Starts a design, a next version, or a fork; the same click sent twice starts one. */
export function useStartDesign() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (design: Schemas["ChatCreate"]) =>
      body(await api.POST("/api/chat/async", { body: design, params: { header: { "Idempotency-Key": newKey() } } })),
    onSuccess: (started) => {
      jobs.set(started.decision_set_id, started.job_id);
      return client.invalidateQueries({ queryKey: keys.decisionSets });
    },
  });
}

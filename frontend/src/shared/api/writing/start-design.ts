import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body, newKey, type Schemas } from "../client";
import { keys } from "../keys";

/** Starts a design, a next version, or a fork; the same click sent twice starts one. */
export function useStartDesign() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (design: Schemas["ChatCreate"]) =>
      body(await api.POST("/api/chat/async", { body: design, params: { header: { "Idempotency-Key": newKey() } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.decisionSets }),
  });
}

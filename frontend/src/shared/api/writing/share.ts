import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body, type Schemas } from "../client";
import { keys } from "../keys";

/** Makes a link that opens this one version to whoever has it; its token is told this once. */
export function useCreateShare(decisionSetId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (share: Schemas["ShareCreate"]) =>
      body(
        await api.POST("/api/decision-sets/{decision_set_id}/shares", {
          params: { path: { decision_set_id: decisionSetId } },
          body: share,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.part(decisionSetId, "shares") }),
  });
}

/** Closes a link. */
export function useRevokeShare(decisionSetId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (shareId: string) =>
      api.DELETE("/api/decision-sets/{decision_set_id}/shares/{share_id}", {
        params: { path: { decision_set_id: decisionSetId, share_id: shareId } },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.part(decisionSetId, "shares") }),
  });
}

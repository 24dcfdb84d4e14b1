import { useMutation } from "@tanstack/react-query";
import { api, body, type Schemas } from "../client";

/** What a change would do at the gate; nothing is decided or kept. */
export function useTryEdits(decisionSetId: string) {
  return useMutation({
    mutationFn: async (edits: Schemas["Edits"]) =>
      body(
        await api.POST("/api/decision-sets/{decision_set_id}/what-if", {
          params: { path: { decision_set_id: decisionSetId } },
          body: { edits },
        }),
      ),
  });
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body, newKey, type Schemas } from "../client";
import { BRANCHES, keys } from "../keys";

/** Starts a design, a next version, or a fork; the same click sent twice starts one. */
export function useStartDesign() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (design: Schemas["ChatCreate"]) =>
      body(await api.POST("/api/chat/async", { body: design, params: { header: { "Idempotency-Key": newKey() } } })),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.decisionSets }),
        // A fork is a new branch of its origin and of all that were forked from it.
        client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[2] === BRANCHES }),
      ]),
  });
}

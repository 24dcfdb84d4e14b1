import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body, type Schemas } from "../client";
import { keys } from "../keys";

interface Change extends Partial<Schemas["DecisionSetPatch"]> {
  id: string;
}

/** Names, pins or puts away a design; what is left out stays. */
export function useChangeDecisionSet() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, ...change }: Change) =>
      body(
        await api.PATCH("/api/decision-sets/{decision_set_id}", {
          params: { path: { decision_set_id: id } },
          body: change,
        }),
      ),
    onSettled: (_data, _error, { id }) =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.decisionSets }),
        client.invalidateQueries({ queryKey: keys.decisionSet(id), exact: true }),
      ]),
  });
}

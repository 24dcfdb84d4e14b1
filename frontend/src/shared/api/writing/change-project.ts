import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body, type Schemas } from "../client";
import { keys } from "../keys";

interface Change extends Partial<Schemas["ProjectPatch"]> {
  id: string;
}

/** Names, pins, archives a project or gives it another gate policy; what is left out stays. */
export function useChangeProject() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, ...change }: Change) =>
      body(await api.PATCH("/api/projects/{project_id}", { params: { path: { project_id: id } }, body: change })),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.projects }),
        client.invalidateQueries({ queryKey: keys.decisionSets }),
      ]),
  });
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body, newKey } from "../client";
import { keys } from "../keys";

/** Makes a project with the usual gate policy; the same click sent twice makes one. */
export function useCreateProject() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (name: string) =>
      body(await api.POST("/api/projects", { body: { name }, params: { header: { "Idempotency-Key": newKey() } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.projects }),
  });
}

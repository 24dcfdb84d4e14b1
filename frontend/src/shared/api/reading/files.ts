import { useQuery } from "@tanstack/react-query";
import { api, body } from "../client";
import { keys } from "../keys";

/** Every file of the repository with size and SHA-256. */
export function useFiles(id: string, enabled = true) {
  return useQuery({
    queryKey: keys.part(id, "files"),
    queryFn: async ({ signal }) => body(await api.GET("/api/decision-sets/{decision_set_id}/files", { params: { path: { decision_set_id: id } }, signal })),
    enabled,
  });
}

import { useQuery } from "@tanstack/react-query";
import { api, body } from "../client";
import { keys } from "../keys";

/** Projects that are not archived, newest first. */
export function useProjects() {
  return useQuery({
    queryKey: keys.projects,
    queryFn: async ({ signal }) => body(await api.GET("/api/projects", { params: { query: { limit: 100 } }, signal })),
  });
}

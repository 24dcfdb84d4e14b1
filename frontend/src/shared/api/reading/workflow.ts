import { useQuery } from "@tanstack/react-query";
import { api, body } from "../client";
import { keys } from "../keys";

/** The thirteen steps in order. */
export function useWorkflow() {
  return useQuery({
    queryKey: keys.workflow,
    queryFn: async ({ signal }) => body(await api.GET("/api/workflow/plan", { signal })),
    staleTime: Infinity,
  });
}

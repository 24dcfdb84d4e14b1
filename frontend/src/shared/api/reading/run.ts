import { useQuery } from "@tanstack/react-query";
import { api, body } from "../client";
import { keys } from "../keys";

/** One execution of a workflow. */
export function useRun(runId: string, enabled = true) {
  return useQuery({
    queryKey: keys.run(runId),
    queryFn: async ({ signal }) => body(await api.GET("/api/runs/{run_id}", { params: { path: { run_id: runId } }, signal })),
    enabled,
  });
}

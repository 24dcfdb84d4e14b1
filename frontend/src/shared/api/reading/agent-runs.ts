import { useQuery } from "@tanstack/react-query";
import { api, body } from "../client";
import { keys } from "../keys";

/** Finished visits of the run's steps, oldest first. */
export function useAgentRuns(runId: string, enabled = true) {
  return useQuery({
    queryKey: [...keys.run(runId), "agent-runs"],
    queryFn: async ({ signal }) => body(await api.GET("/api/runs/{run_id}/agent-runs", { params: { path: { run_id: runId } }, signal })),
    enabled,
  });
}

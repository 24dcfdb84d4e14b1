import { useQuery } from "@tanstack/react-query";
import { api, body } from "../client";
import { keys } from "../keys";

/** How many jobs wait before the one that the run waits for; null when it does not wait. */
export function useQueuePlace(runId: string | undefined) {
  const run = useQuery({
    queryKey: keys.run(runId ?? ""),
    queryFn: async ({ signal }) =>
      body(await api.GET("/api/runs/{run_id}", { params: { path: { run_id: runId ?? "" } }, signal })),
    enabled: runId !== undefined,
    refetchInterval: 2_000,
  });
  return runId === undefined ? null : (run.data?.position ?? null);
}

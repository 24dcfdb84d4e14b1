import { useQuery } from "@tanstack/react-query";
import { api, body } from "../client";
import { keys } from "../keys";

/** How many jobs wait before this one; null when it does not wait. The job's id is known to the tab that started it. */
export function useQueuePlace(jobId: string | null) {
  const job = useQuery({
    queryKey: keys.job(jobId ?? ""),
    queryFn: async ({ signal }) =>
      body(await api.GET("/api/jobs/{job_id}/status", { params: { path: { job_id: jobId ?? "" } }, signal })),
    enabled: jobId !== null,
    refetchInterval: 2_000,
  });
  return job.data?.position ?? null;
}

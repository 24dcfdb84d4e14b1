import { useQuery } from "@tanstack/react-query";
import { api, body } from "../client";
import { keys } from "../keys";

/** Gates that wait for a decision, the longest waiting first; asked for in hidden tabs too, which hold no stream. */
export function useInbox() {
  return useQuery({
    queryKey: keys.inbox,
    queryFn: async ({ signal }) => body(await api.GET("/api/inbox", { signal })),
    refetchInterval: 20_000,
    refetchIntervalInBackground: true,
  });
}

import { useQuery } from "@tanstack/react-query";
import { api, body } from "../client";
import { keys } from "../keys";

/** Who asks, and what they may do; it stays so as long as the page is open. */
export function useMe(wanted = true) {
  return useQuery({
    queryKey: keys.me,
    enabled: wanted,
    staleTime: Infinity,
    queryFn: async ({ signal }) => body(await api.GET("/api/me", { signal })),
  });
}

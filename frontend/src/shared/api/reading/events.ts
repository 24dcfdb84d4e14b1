import { useInfiniteQuery } from "@tanstack/react-query";
import { api, body } from "../client";
import { keys } from "../keys";

const PAGE = 100;

/** The story of the design run from its beginning, page by page; it goes on as long as the run has told more. */
export function useEvents(id: string, lastSeq: number) {
  return useInfiniteQuery({
    queryKey: keys.part(id, "events"),
    queryFn: async ({ pageParam, signal }) =>
      body(
        await api.GET("/api/decision-sets/{decision_set_id}/events", {
          params: { path: { decision_set_id: id }, query: { cursor: pageParam, limit: PAGE } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ items, next_cursor: next }) => {
      const seen = items.at(-1)?.seq ?? Infinity;
      return next ?? (lastSeq > seen ? String(seen) : undefined);
    },
  });
}

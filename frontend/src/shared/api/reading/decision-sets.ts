import { useInfiniteQuery } from "@tanstack/react-query";
import { api, body, type Schemas } from "../client";
import { keys } from "../keys";

interface Wanted {
  project_id?: string;
  status?: Schemas["DecisionSetSummary"]["status"];
  limit?: number;
}

/** Designs, newest first, page by page. */
export function useDecisionSets(wanted: Wanted = {}) {
  return useInfiniteQuery({
    queryKey: [...keys.decisionSets, wanted],
    queryFn: async ({ pageParam, signal }) =>
      body(await api.GET("/api/decision-sets", { params: { query: { ...wanted, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

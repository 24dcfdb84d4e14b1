import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { api, body, type Schemas } from "../client";
import { keys } from "../keys";

export interface Wanted {
  /** Words that must all occur in the title or the project's name. */
  q?: string;
  project_id?: string;
  /** All versions of one design: what goes back to the same first one. */
  line_id?: string;
  status?: Schemas["DecisionSetSummary"]["status"];
  pinned?: boolean;
  archived?: boolean;
  limit?: number;
}

/** Designs, newest first, page by page; while other ones are looked for, those found before stay. */
export function useDecisionSets(wanted: Wanted = {}, enabled = true) {
  return useInfiniteQuery({
    queryKey: [...keys.decisionSets, wanted],
    queryFn: async ({ pageParam, signal }) =>
      body(await api.GET("/api/decision-sets", { params: { query: { ...wanted, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
  });
}

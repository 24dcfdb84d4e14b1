import { useQuery } from "@tanstack/react-query";
import { authorisedFetch } from "../fetching";
import type { Schemas } from "../client";
import { keys } from "../keys";

/** What changed from one version to another; without `against`, from the parent. */
export function useDiff(id: string, against: string | null, enabled = true) {
  return useQuery({
    queryKey: keys.part(id, "diff", against),
    queryFn: async ({ signal }) => {
      const query = against ? `?against=${encodeURIComponent(against)}` : "";
      const response = await authorisedFetch(`/api/decision-sets/${encodeURIComponent(id)}/diff${query}`, { signal });
      return (await response.json()) as Schemas["DiffRead"];
    },
    enabled,
    staleTime: 60_000,
  });
}

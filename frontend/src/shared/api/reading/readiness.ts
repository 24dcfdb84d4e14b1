import { useQuery } from "@tanstack/react-query";
import { authorisedFetch } from "../fetching";
import type { Schemas } from "../client";

/** What works on the server, part by part; an answer of 503 is a report, too. */
export function useReadiness() {
  return useQuery({
    queryKey: ["readiness"],
    queryFn: async ({ signal }) => {
      const response = await authorisedFetch("/readyz", { signal }, [503]);
      return (await response.json()) as Schemas["ReadinessRead"];
    },
  });
}

import { useQuery } from "@tanstack/react-query";
import { api, body } from "../client";
import { keys } from "../keys";

/** Every slot of an architecture with the options that could fill it. */
export function useCatalogue(enabled = true) {
  return useQuery({
    queryKey: keys.catalogue,
    queryFn: async ({ signal }) => body(await api.GET("/api/catalogue", { signal })),
    staleTime: Infinity,
    enabled,
  });
}

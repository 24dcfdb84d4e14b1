import { useQuery } from "@tanstack/react-query";
import { api, body } from "../client";
import { keys } from "../keys";

/** Every requirement that can be stated, with what a form needs to ask for it. */
export function useFields(enabled: boolean) {
  return useQuery({
    queryKey: keys.fields,
    queryFn: async ({ signal }) => body(await api.GET("/api/constraints/fields", { signal })),
    staleTime: Infinity,
    enabled,
  });
}

import { useQuery } from "@tanstack/react-query";
import { api, body } from "../client";
import { keys } from "../keys";

/** The monthly bill of the present plan, every line with its receipt. */
export function useCost(id: string, enabled = true) {
  return useQuery({
    queryKey: keys.part(id, "cost"),
    queryFn: async ({ signal }) => body(await api.GET("/api/decision-sets/{decision_set_id}/cost", { params: { path: { decision_set_id: id } }, signal })),
    enabled,
  });
}

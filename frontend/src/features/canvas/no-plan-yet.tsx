import type { Schemas } from "@/shared/api/client";
import { EmptyState } from "@/shared/ui/states";

/** Before there is a plan: says what has to happen first. */
export function NoPlanYet({ title, design }: { title: string; design: Schemas["DecisionSetRead"] }) {
  return <EmptyState title={title}>{WITHOUT_PLAN[design.status] ?? "It comes with the plan, a few steps into the run."}</EmptyState>;
}

const WITHOUT_PLAN: Partial<Record<Schemas["DecisionSetRead"]["status"], string>> = {
  waiting: "It comes with the plan, once what is asked in the conversation is answered.",
  blocked: "No architecture keeps every constraint; the conversation says what would have to give.",
  rejected: "The design ended before it was planned.",
  failed: "The run failed before there was a plan; retrying goes on from there.",
  cancelled: "The run was stopped before there was a plan; it can go on from there.",
};

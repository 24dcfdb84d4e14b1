import { asProblem } from "@/shared/api/problem";
import { usePlan } from "@/shared/api/reading/plan";
import { usePolicy } from "@/shared/api/reading/policy";
import { ErrorState, LoadingState } from "@/shared/ui/states";
import { refusalAt } from "./answers";
import { Alternatives } from "./alternatives";
import { ChangeDesign } from "./change-design";
import { ChosenComponents } from "./chosen-components";
import { DecisionBar } from "./decision-bar";
import { FindingList } from "./finding-list";
import type { GateBodyProps } from "./gate-card";
import { KeyFigures } from "./key-figures";
import { Outcome } from "./outcome";
import { ParentChange } from "./parent-change";
import { PolicySummary } from "./policy-summary";
import { useDraft } from "./use-draft";
import { useRights } from "./use-rights";

/** The architecture as it would be approved: what, why, what it costs, what speaks against it, and what else there is. */
export function ApprovalCard(props: GateBodyProps) {
  const { design, gate, busy, closed, onDecide } = props;
  const plan = usePlan(design.id);
  const policy = usePolicy(design.id);
  const draft = useDraft(design.id, gate.id);
  // Refused while it was tried, or when it was sent: said at its control as well, which may be folded away.
  const refused = draft.error ? asProblem(draft.error) : props.problem;
  const refusal = refused ? refusalAt(refused, [...Object.keys(draft.components), ...Object.keys(draft.assumptions)]) : null;
  const { mayWaive } = useRights(gate);
  const mayEdit = gate.decisions.includes("edit") && !closed;
  // What is decided on comes as a whole: nothing moves away under the hand, and nobody approves what is not there yet.
  if (plan.isPending || policy.isPending) {
    return (
      <div className="flex min-w-0 flex-col gap-6">
        <Outcome gate={gate} designId={design.id} />
        <LoadingState label="Reading the plan" lines={24} className="p-0" />
      </div>
    );
  }
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <Outcome gate={gate} designId={design.id} />
      <KeyFigures
        shown={{ ...design.summary, ...gate.shown }}
        designId={design.id}
        budget={plan.data?.requirements.budget_usd_month ?? null}
        availabilityTarget={plan.data?.availability.target_pct ?? null}
      />
      {design.parent_id && plan.data ? <ParentChange parentId={design.parent_id} plan={plan.data} /> : null}
      {plan.error ? <ErrorState error={plan.error} onRetry={() => void plan.refetch()} /> : null}
      {plan.data ? <ChosenComponents plan={plan.data} designId={design.id} /> : null}
      {policy.error ? <ErrorState error={policy.error} onRetry={() => void policy.refetch()} /> : null}
      <PolicySummary
        shown={gate.shown}
        results={policy.data?.results ?? []}
        designId={design.id}
        busy={busy}
        onWithdraw={mayEdit && mayWaive ? (rule) => onDecide({ decision: "edit", withdrawn: [rule] }) : undefined}
      />
      <FindingList findings={policy.data?.findings ?? []} />
      {plan.data ? <Alternatives plan={plan.data} onTry={mayEdit ? draft.exchange : undefined} /> : null}
      {plan.data && mayEdit ? (
        <ChangeDesign plan={plan.data} draft={draft} busy={busy} refusal={refusal} onSend={(edits) => onDecide({ decision: "edit", edits })} />
      ) : null}
      <DecisionBar
        {...props}
        approveLabel="Approve"
        approveHint={draft.count ? "Approving takes the design as it is, without the change that you are trying." : "After that the repository is written and checked."}
      />
    </div>
  );
}

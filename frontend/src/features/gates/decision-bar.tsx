import { Check, Undo2, X } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useKept } from "@/shared/lib/use-kept";
import { Button } from "@/shared/ui/button";
import { Field, TextArea } from "@/shared/ui/field";
import { Refusal } from "@/shared/ui/refusal";
import type { GateBodyProps } from "./gate-card";
import { RejectForm } from "./reject-form";
import { keptName } from "./written";

interface DecisionBarProps extends GateBodyProps {
  /** The words on the button that approves. */
  approveLabel: string;
  /** What approving leads to, in one sentence. */
  approveHint?: string;
  /** Which decision stands out. */
  approveKind?: "primary" | "plain";
  /** Further decisions that belong to this gate, such as sending answers. */
  children?: ReactNode;
}

/** The decisions that this gate offers, and nothing else. */
export function DecisionBar({ gate, busy, closed, approved, problem, onDecide, approveLabel, approveHint, approveKind = "primary", children }: DecisionBarProps) {
  const [open, setOpen] = useState<"comment" | "reject" | null>(null);
  const [comment, setComment] = useKept(keptName(gate.id, "comment"), "");
  if (closed) return null;
  const mayApprove = gate.decisions.includes("approve") && !approved;
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-4">
      {problem ? <Refusal problem={problem} /> : null}
      {open === "comment" ? (
        <Field label="Comment" hint="It is kept with the approval.">
          {(field) => <TextArea {...field} rows={2} maxLength={4000} value={comment} onChange={(event) => setComment(event.target.value)} />}
        </Field>
      ) : null}
      {open === "reject" ? (
        <RejectForm
          gateId={gate.id}
          busy={busy}
          onCancel={() => setOpen(null)}
          onReject={(reason, revise) => onDecide({ decision: "reject", comment: reason, revise })}
        />
      ) : (
        <div className="flex flex-wrap gap-2">
          {children}
          {mayApprove ? (
            <Button kind={approveKind} busy={busy} onClick={() => onDecide({ decision: "approve", comment: comment.trim() })}>
              <Check aria-hidden />
              {approveLabel}
            </Button>
          ) : null}
          {gate.decisions.includes("reject") ? (
            <Button kind="danger" disabled={busy} onClick={() => setOpen("reject")}>
              <X aria-hidden />
              Reject…
            </Button>
          ) : null}
          {mayApprove ? (
            <Button kind="quiet" aria-expanded={open === "comment"} onClick={() => setOpen(open === "comment" ? null : "comment")}>
              {open === "comment" ? <Undo2 aria-hidden /> : null}
              {open === "comment" ? "No comment" : "Add a comment"}
            </Button>
          ) : null}
        </div>
      )}
      {gate.decisions.includes("respond") && open !== "reject" ? (
        <p className="text-xs text-ink-soft">You can also say in your own words what should be different, in the box below.</p>
      ) : null}
      {mayApprove && approveHint && open !== "reject" ? <p className="text-xs text-ink-soft">{approveHint}</p> : null}
    </div>
  );
}

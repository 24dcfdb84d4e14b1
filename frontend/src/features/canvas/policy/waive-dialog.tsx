import { useState } from "react";
import type { Schemas } from "@/shared/api/client";
import { asProblem, type Problem } from "@/shared/api/problem";
import { useDecide } from "@/shared/api/writing/decide";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { Field, Input, TextArea } from "@/shared/ui/field";
import { Refusal } from "@/shared/ui/refusal";
import { useToast } from "@/shared/ui/toasts";
import { dayFrom, LONGEST_DAYS, USUAL_DAYS } from "./waiving";

interface WaiveDialogProps {
  design: Schemas["DecisionSetRead"];
  gate: Schemas["GateRead"];
  rule: string;
  onClose: () => void;
}

type Part = "rule" | "reason" | "expires";

/** Accepts a failing rule at the gate: why, and until when. Who does it is written down by the server. */
export function WaiveDialog({ design, gate, rule, onClose }: WaiveDialogProps) {
  const deciding = useDecide(design.id);
  const say = useToast();
  const [now] = useState(() => Date.now());
  const [reason, setReason] = useState("");
  const [expires, setExpires] = useState(() => dayFrom(now, USUAL_DAYS));
  const [missing, setMissing] = useState<Partial<Record<Part, string>>>({});
  const problem = deciding.error ? asProblem(deciding.error) : null;
  const refused = problem ? refusedAt(problem) : null;
  const errorOf = (part: Part): string | undefined => missing[part] ?? (refused?.part === part ? refused.message : undefined);
  const submit = (): void => {
    const wrong = {
      ...(reason.trim() ? {} : { reason: "Say why the risk is acceptable, so that others can follow it." }),
      ...(expires ? {} : { expires: "Choose the last day on which it holds." }),
    };
    setMissing(wrong);
    if (Object.keys(wrong).length) return;
    deciding.mutate(
      { gate_id: gate.id, digest: gate.digest, decision: "edit", waivers: [{ rule, reason: reason.trim(), expires }] },
      {
        onSuccess: () => {
          onClose();
          say({ title: `${rule} is waived until ${expires}`, text: "The rules look at the design again; then it can be approved." });
        },
      },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Waive a failing rule"
      description="The design stays as it is and the rule becomes a warning, with your name, the reason and the day, wherever the rule is shown. Only an administrator may do this, and it is recorded in the audit log."
    >
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p className="text-sm">
          <code className="break-all">{rule}</code>, everywhere in this design where it fails
        </p>
        {refused?.part === "rule" ? <p role="alert" className="text-sm text-bad">{refused.message}</p> : null}
        <Field label="Reason" hint="It is shown at the gate and in the reports of the repository." error={errorOf("reason")}>
          {(field) => <TextArea {...field} required rows={3} maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
        <Field label="Holds until" hint={`The last day; at most ${LONGEST_DAYS} days from now.`} error={errorOf("expires")}>
          {(field) => (
            <Input
              {...field}
              type="date"
              required
              className="max-w-48"
              min={dayFrom(now, 0)}
              max={dayFrom(now, LONGEST_DAYS)}
              value={expires}
              onChange={(event) => setExpires(event.target.value)}
            />
          )}
        </Field>
        {problem && !refused ? <Refusal problem={problem} /> : null}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" busy={deciding.isPending}>
            Waive the rule
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The part of the form that a refusal is about; null when it is about none. */
function refusedAt({ status, facts, message }: Problem): { part: Part; message: string } | null {
  const found = status === 422 && typeof facts.field === "string" ? /^waivers\.0\.(rule|reason|expires)$/.exec(facts.field) : null;
  return found ? { part: found[1] as Part, message } : null;
}

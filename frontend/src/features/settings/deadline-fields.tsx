import { useState } from "react";
import { Button } from "@/shared/ui/button";
import { Field, Input, Select } from "@/shared/ui/field";
import { deadlineOf, formOf, isSame, repeats, secondsOf, UNITS, type Deadline, type DeadlineForm, type Outcome, type Span, type Unit } from "./deadline";

const OUTCOMES: Readonly<Record<"input" | "final", readonly [Outcome, string][]>> = {
  input: [
    ["remind", "remind"],
    ["approve", "go on with the defaults"],
    ["reject", "reject; the run ends"],
    ["escalate", "hand it to an administrator"],
  ],
  final: [
    ["remind", "remind"],
    ["approve", "approve without anybody"],
    ["reject", "reject; the run ends"],
    ["escalate", "hand it to an administrator"],
  ],
};

interface DeadlineFieldsProps {
  gate: "input" | "final";
  deadline: Deadline | null | undefined;
  busy: boolean;
  onKeep: (deadline: Deadline | null) => void;
}

/** What happens to a gate that nobody decides, and when. */
export function DeadlineFields({ gate, deadline, busy, onKeep }: DeadlineFieldsProps) {
  const [form, setForm] = useState<DeadlineForm>(() => formOf(deadline));
  const set = (change: Partial<DeadlineForm>): void => setForm({ ...form, ...change });
  const wanted = deadlineOf(form);
  const changed = wanted === undefined || !isSame(wanted, deadline);
  const label = gate === "input" ? "If nobody answers" : "If nobody approves";
  return (
    <div role="group" aria-label={gate === "input" ? "Deadline of the questions" : "Deadline of the approval"} className="flex flex-col gap-3">
      <Field
        label={label}
        hint={form.outcome === "approve" ? "What may not be approved is reminded of instead." : undefined}
      >
        {(field) => (
          <Select {...field} value={form.outcome ?? ""} onChange={(event) => set({ outcome: (event.target.value || null) as Outcome | null })}>
            <option value="">it keeps waiting</option>
            {OUTCOMES[gate].map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {form.outcome ? <SpanField label="After" span={form.after} onChange={(after) => set({ after })} /> : null}
      {repeats(form.outcome) ? <SpanField label="Then remind every" span={form.again} onChange={(again) => set({ again })} /> : null}
      {form.outcome === "escalate" ? (
        <Field label="Whom to name" hint="A role or an address; from then on an administrator has to decide.">
          {(field) => (
            <Input {...field} autoComplete="off" maxLength={200} value={form.escalateTo} onChange={(event) => set({ escalateTo: event.target.value })} />
          )}
        </Field>
      ) : null}
      {changed ? (
        <div className="flex flex-wrap gap-2">
          <Button
            kind="primary"
            busy={busy}
            disabled={wanted === undefined}
            onClick={() => {
              if (wanted !== undefined) onKeep(wanted);
            }}
          >
            {wanted === null ? "Remove the deadline" : "Keep the deadline"}
          </Button>
          <Button kind="quiet" disabled={busy} onClick={() => setForm(formOf(deadline))}>
            Leave it as it was
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function SpanField({ label, span, onChange }: { label: string; span: Span; onChange: (span: Span) => void }) {
  return (
    <Field label={label} error={secondsOf(span) === null ? "Type a number above zero." : undefined}>
      {(field) => (
        <div className="flex gap-2">
          <Input
            {...field}
            inputMode="decimal"
            autoComplete="off"
            className="max-w-24 tabular-nums"
            value={span.text}
            onChange={(event) => onChange({ ...span, text: event.target.value })}
          />
          <Select
            aria-label={`${label}: unit`}
            className="max-w-32"
            value={span.unit}
            onChange={(event) => onChange({ ...span, unit: event.target.value as Unit })}
          >
            {UNITS.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Select>
        </div>
      )}
    </Field>
  );
}

import { useEffect, useId, useRef, useState } from "react";
import { useKept } from "@/shared/lib/use-kept";
import { Button } from "@/shared/ui/button";
import { Field, TextArea } from "@/shared/ui/field";
import { keptName } from "./written";

interface RejectFormProps {
  gateId: string;
  busy: boolean;
  onReject: (reason: string, revise: boolean) => void;
  onCancel: () => void;
}

/** A rejection says why, and whether to plan again with that reason or to end. */
export function RejectForm({ gateId, busy, onReject, onCancel }: RejectFormProps) {
  const [reason, setReason] = useKept(keptName(gateId, "reason"), "");
  const [revise, setRevise] = useState(true);
  const [missing, setMissing] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const group = useId();
  useEffect(() => box.current?.focus(), []);
  const submit = (): void => {
    if (reason.trim()) return onReject(reason.trim(), revise);
    setMissing(true);
    box.current?.focus();
  };
  return (
    <form
      noValidate
      aria-label="Reject"
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field label="Reason" hint="It is kept with the decision." error={missing && !reason.trim() ? "Say why, so that others can follow it." : undefined}>
        {(field) => (
          <TextArea {...field} ref={box} required rows={3} maxLength={4000} value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 text-sm font-medium">And then</legend>
        <Choice name={group} label="Plan again with this reason" checked={revise} onChoose={() => setRevise(true)} />
        <Choice name={group} label="End here; nothing is generated" checked={!revise} onChoose={() => setRevise(false)} />
      </fieldset>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" kind="danger" busy={busy}>
          {revise ? "Reject and plan again" : "Reject and end"}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          Back
        </Button>
      </div>
    </form>
  );
}

function Choice({ name, label, checked, onChoose }: { name: string; label: string; checked: boolean; onChoose: () => void }) {
  return (
    <label className="flex min-h-8 items-center gap-2 text-sm">
      <input type="radio" name={name} checked={checked} onChange={onChoose} className="size-4 accent-accent" />
      {label}
    </label>
  );
}

import { plain, words } from "@/shared/lib/format";
import { useKept } from "@/shared/lib/use-kept";
import { Button } from "@/shared/ui/button";
import { Field, Input } from "@/shared/ui/field";
import { readNumber } from "./answers";
import type { Design } from "./gate";
import { keptName } from "./written";

interface RelaxFormProps {
  gateId: string;
  design: Design;
  fields: readonly string[];
  busy: boolean;
  refusal: { field: string; message: string } | null;
  onSend: (constraints: Record<string, unknown>) => void;
}

export interface Changed {
  text: string;
  dropped: boolean;
}

/** The requirements that cannot all hold, each to be changed or dropped. */
export function RelaxForm({ gateId, design, fields, busy, refusal, onSend }: RelaxFormProps) {
  const [changed, setChanged] = useKept<Readonly<Record<string, Changed>>>(keptName(gateId, "requirements"), {});
  const known = fields.map((field) => ({ field, value: valueOf(design, field) }));
  const constraints = Object.fromEntries(
    known.flatMap(({ field, value }) => {
      const now = changed[field];
      if (!now || (!now.dropped && now.text === asText(value))) return [];
      return [[field, now.dropped ? null : retyped(now.text, value)]];
    }),
  );
  const count = Object.keys(constraints).length;
  return (
    <div role="group" aria-label="Change the requirements" className="flex flex-col gap-4">
      {known.map(({ field, value }) => {
        const now = changed[field] ?? { text: asText(value), dropped: false };
        return (
          <div key={field} className="flex flex-wrap items-start gap-x-4 gap-y-1">
            <Field
              label={words(field)}
              hint={`Now: ${plain(value)}`}
              error={refusal?.field === field ? refusal.message : undefined}
              className="min-w-0 flex-1 basis-48"
            >
              {(props) => (
                <Input
                  {...props}
                  value={now.text}
                  disabled={now.dropped}
                  autoComplete="off"
                  onChange={(event) => setChanged({ ...changed, [field]: { ...now, text: event.target.value } })}
                />
              )}
            </Field>
            <label className="flex mt-6 min-h-9 items-center gap-2 text-sm">
              <input
                type="checkbox"
                className="size-4 accent-accent"
                checked={now.dropped}
                onChange={(event) => setChanged({ ...changed, [field]: { ...now, dropped: event.target.checked } })}
              />
              Drop it<span className="sr-only">: {words(field)}</span>
            </label>
          </div>
        );
      })}
      <Button kind="primary" className="self-start" busy={busy} disabled={!count} onClick={() => onSend(constraints)}>
        {count > 1 ? `Send ${count} changes` : "Send the change"}
      </Button>
    </div>
  );
}

function valueOf({ constraints }: Design, field: string): unknown {
  return constraints.find((constraint) => constraint.field === field)?.value ?? null;
}

const asText = (value: unknown): string => (value === null ? "" : Array.isArray(value) ? value.join(", ") : typeof value === "boolean" ? plain(value) : String(value));

/** The text as the kind of value that stood there; empty takes the requirement back. The server refuses what does not fit. */
export function retyped(text: string, before: unknown): unknown {
  const trimmed = text.trim();
  if (!trimmed) return null;
  if (Array.isArray(before)) return trimmed.split(",").map((part) => part.trim()).filter(Boolean);
  if (typeof before === "boolean") return /^(yes|no)$/i.test(trimmed) ? /^yes$/i.test(trimmed) : trimmed;
  if (typeof before === "number" || before === null) return readNumber(trimmed) ?? trimmed;
  return trimmed;
}

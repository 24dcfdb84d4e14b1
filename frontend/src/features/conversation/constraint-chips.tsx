import { useState } from "react";
import { cn } from "@/shared/lib/class-names";
import { percent, plain, words } from "@/shared/lib/format";
import { Button } from "@/shared/ui/button";
import { Input } from "@/shared/ui/field";
import { Popover } from "@/shared/ui/popover";

export interface Constraint {
  field: string;
  value: unknown;
  source: "stated" | "inferred" | "answered" | "default";
  confidence: number;
  quote: { text: string } | null;
  reason: string;
}

const SOURCES: Record<Constraint["source"], { label: string; className: string }> = {
  stated: { label: "stated", className: "border-line-strong bg-surface" },
  answered: { label: "answered", className: "border-line-strong bg-surface" },
  inferred: { label: "inferred", className: "border-dashed border-line-strong bg-surface" },
  default: { label: "assumed", className: "border-dotted border-line-strong bg-transparent text-ink-soft" },
};

interface ChipsProps {
  constraints: readonly Constraint[];
  coverage: number | null;
  /** Sends a changed value to the gate; missing while no gate waits. */
  onEdit?: (field: string, value: unknown) => void;
}

/** What the words were read as; each chip shows the words it comes from and can be changed where a gate waits. */
export function ConstraintChips({ constraints, coverage, onEdit }: ChipsProps) {
  const [assumed, setAssumed] = useState(false);
  if (!constraints.length) return null;
  const known = constraints.filter(({ source }) => source !== "default");
  const shown = assumed ? constraints : known;
  const others = constraints.length - known.length;
  return (
    <section aria-label="Read in the brief" className="flex flex-col gap-3">
      {coverage === null ? null : <Coverage score={coverage} />}
      <ul className="flex flex-wrap gap-2">
        {shown.map((constraint) => (
          <li key={constraint.field} className="max-w-full">
            <Chip constraint={constraint} onEdit={onEdit} />
          </li>
        ))}
        {others ? (
          <li>
            <Button kind="quiet" className="min-h-8 px-2 text-xs" aria-expanded={assumed} onClick={() => setAssumed(!assumed)}>
              {assumed ? "Hide what is assumed" : `${others} assumed`}
            </Button>
          </li>
        ) : null}
      </ul>
    </section>
  );
}

function Coverage({ score }: { score: number }) {
  const share = Math.round(score * 100);
  return (
    <div className="flex items-center gap-3 text-xs text-ink-soft">
      <span id="coverage-label">Brief covered</span>
      <div
        role="meter"
        aria-labelledby="coverage-label"
        aria-valuenow={share}
        aria-valuemin={0}
        aria-valuemax={100}
        className="h-1.5 max-w-60 flex-1 overflow-hidden rounded-full bg-line"
      >
        <div className="h-full rounded-full bg-accent" style={{ width: `${share}%` }} />
      </div>
      <span className="tabular-nums">{percent(score)}</span>
    </div>
  );
}

function Chip({ constraint, onEdit }: { constraint: Constraint; onEdit?: ChipsProps["onEdit"] }) {
  const { label, className } = SOURCES[constraint.source];
  return (
    <Popover
      label={words(constraint.field)}
      className="z-40 flex w-80 max-w-[calc(100vw-2rem)] flex-col gap-3 rounded-lg border border-line bg-surface p-4 text-sm shadow-card"
      trigger={
        <button
          type="button"
          className={cn("flex min-h-8 max-w-full items-center gap-1.5 rounded-full border px-3 text-xs hover:bg-sand", className)}
        >
          <span className="text-ink-soft">{words(constraint.field)}</span>
          <span className="truncate font-medium">{plain(constraint.value)}</span>
          <span className="sr-only">, {label}</span>
        </button>
      }
    >
      <p className="font-medium">
        {words(constraint.field)}: {plain(constraint.value)}
      </p>
      {constraint.quote ? <blockquote className="border-l-2 border-accent pl-3 italic">{constraint.quote.text}</blockquote> : null}
      {constraint.reason ? <p className="text-ink-soft">{constraint.reason}</p> : null}
      <p className="text-xs text-ink-soft">
        {words(label)}, {percent(constraint.confidence)} sure
      </p>
      {onEdit ? <ChangeValue constraint={constraint} onEdit={onEdit} /> : null}
    </Popover>
  );
}

function ChangeValue({ constraint, onEdit }: { constraint: Constraint; onEdit: NonNullable<ChipsProps["onEdit"]> }) {
  const [text, setText] = useState(() => asText(constraint.value));
  return (
    <form
      className="flex gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onEdit(constraint.field, typed(text, constraint.value));
      }}
    >
      <Input aria-label={`New value of ${words(constraint.field)}`} value={text} onChange={(event) => setText(event.target.value)} />
      <Button type="submit" kind="primary" disabled={text === asText(constraint.value)}>
        Change
      </Button>
    </form>
  );
}

const asText = (value: unknown): string => (Array.isArray(value) ? value.join(", ") : typeof value === "boolean" ? plain(value) : String(value ?? ""));

/** The text as the kind of value that stood there before; empty takes the constraint back. */
export function typed(text: string, before: unknown): unknown {
  const trimmed = text.trim();
  if (!trimmed) return null;
  if (Array.isArray(before)) return trimmed.split(",").map((part) => part.trim()).filter(Boolean);
  if (typeof before === "boolean") return /^(yes|true|1)$/i.test(trimmed);
  if (typeof before === "number") {
    const number = Number(trimmed.replaceAll(/[,\s$%]/g, ""));
    return Number.isFinite(number) ? number : trimmed;
  }
  return trimmed;
}

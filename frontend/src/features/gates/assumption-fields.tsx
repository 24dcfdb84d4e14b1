import { useState } from "react";
import type { Schemas } from "@/shared/api/client";
import { Button } from "@/shared/ui/button";
import { Field, Input } from "@/shared/ui/field";
import { readNumber } from "./answers";
import type { Draft } from "./use-draft";
import { precise } from "./wording";

/** More than these can be searched. */
const MANY = 8;

interface AssumptionFieldsProps {
  figures: readonly Schemas["AssumedFigure"][];
  draft: Draft;
  refusal: { field: string; message: string } | null;
}

/** The planning assumptions that this design rests on; each may be changed within its range. */
export function AssumptionFields({ figures, draft, refusal }: AssumptionFieldsProps) {
  const [wanted, setWanted] = useState("");
  if (!figures.length) return null;
  const looked = wanted.trim().toLowerCase();
  const found = figures.filter(({ name, text, unit }) => name in draft.assumptions || `${text} ${unit} ${name}`.toLowerCase().includes(looked));
  return (
    <details>
      <summary className="min-h-6">{`Planning assumptions (${figures.length})`}</summary>
      {figures.length > MANY ? (
        <Input
          type="search"
          aria-label="Find an assumption"
          placeholder="Find an assumption"
          className="mt-4 max-w-80"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      ) : null}
      <div className="grid grid-cols-[repeat(auto-fit,minmax(15rem,1fr))] gap-4 pt-4">
        {found.map((assumed) => (
          <AssumptionField
            key={assumed.name}
            assumed={assumed}
            draft={draft}
            refused={refusal?.field === assumed.name ? refusal.message : undefined}
          />
        ))}
      </div>
    </details>
  );
}

function AssumptionField({ assumed, draft, refused }: { assumed: Schemas["AssumedFigure"]; draft: Draft; refused?: string }) {
  const { name, value, usual, unit, text, low, high, source } = assumed;
  const tried = draft.assumptions[name];
  const [shown, setShown] = useState(() => asText(tried === undefined ? value : (tried ?? usual)));
  const number = readNumber(shown);
  const wrong = number === null || number < low || number > high;
  const change = (next: string): void => {
    setShown(next);
    const entered = readNumber(next);
    if (entered === null || entered < low || entered > high) draft.assume(name, undefined);
    else draft.assume(name, next.trim() === asText(value) ? undefined : entered);
  };
  return (
    <div className="flex flex-col gap-1">
      <Field
        label={`${text.replace(/\.$/, "")}${unit ? ` (${unit})` : ""}`}
        hint={`${precise(low)} to ${precise(high)}; usual: ${precise(usual)}. ${source}`}
        error={wrong ? `A number from ${precise(low)} to ${precise(high)}.` : refused}
      >
        {(field) => <Input {...field} inputMode="decimal" autoComplete="off" className="max-w-40 tabular-nums" value={shown} onChange={(event) => change(event.target.value)} />}
      </Field>
      {value !== usual && tried === undefined ? (
        <Button kind="quiet" className="min-h-8 self-start px-2 text-xs" onClick={() => {
            setShown(asText(usual));
            draft.assume(name, null);
          }}>
          Back to the usual value
        </Button>
      ) : null}
    </div>
  );
}

const asText = (value: number): string => String(Number(value.toPrecision(6)));

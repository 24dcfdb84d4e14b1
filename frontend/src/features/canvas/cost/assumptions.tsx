import { RotateCcw } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Schemas } from "@/shared/api/client";
import { useDecide } from "@/shared/api/writing/decide";
import { useTryEdits } from "@/shared/api/writing/try-edits";
import { Button, IconButton } from "@/shared/ui/button";
import { Field, Input } from "@/shared/ui/field";
import { ErrorState } from "@/shared/ui/states";
import { changesOf, mistake, type Figure, type Typed } from "./assumption-edits";
import { EffectNote } from "./effect-note";

interface AssumptionsProps {
  id: string;
  figures: readonly Figure[];
  /** The gate at which they may be changed; null: they can only be read. */
  gate: Schemas["GateRead"] | null;
}

/** How long the typing has to rest before the change is tried, in ms. */
const REST = 200;

/** Figures the design rests on; where a gate waits, another value shows at once what it would do to the bill. */
export function Assumptions({ id, figures, gate }: AssumptionsProps) {
  const [typed, setTyped] = useState<Typed>({});
  const trying = useTryEdits(id);
  const deciding = useDecide(id);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(rest.current), []);
  const change = (next: Typed): void => {
    setTyped(next);
    clearTimeout(rest.current);
    const edits = changesOf(figures, next);
    if (!edits || !Object.keys(edits).length) return trying.reset();
    rest.current = setTimeout(() => trying.mutate({ assumptions: edits }), REST);
  };
  const forget = (name: string): void => change(Object.fromEntries(Object.entries(typed).filter(([key]) => key !== name)));
  const edits = changesOf(figures, typed);
  const changed = Object.keys(edits ?? {}).length;
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-4">
        {figures.map((figure) => (
          <Assumption
            key={figure.name}
            figure={figure}
            typed={typed[figure.name]}
            closed={gate === null}
            onType={(text) => change({ ...typed, [figure.name]: text })}
            onReset={() => forget(figure.name)}
          />
        ))}
      </div>
      <div className="sticky bottom-0 flex flex-col gap-3 bg-page py-3 empty:hidden">
        {gate && Object.keys(typed).length ? (
          <>
            <div role="status">{trying.data && changed ? <EffectNote effect={trying.data} busy={trying.isPending} /> : trying.isPending ? "Working it out…" : null}</div>
            {trying.error ? <ErrorState error={trying.error} /> : null}
            {deciding.error ? <ErrorState error={deciding.error} /> : null}
            <div className="flex flex-wrap gap-2">
              <Button onClick={() => change({})}>
                <RotateCcw aria-hidden />
                Reset all
              </Button>
              <Button
                kind="primary"
                disabled={!changed}
                busy={deciding.isPending}
                onClick={() =>
                  deciding.mutate({ gate_id: gate.id, digest: gate.digest, decision: "edit", edits: { assumptions: edits ?? {} } })
                }
              >
                Plan with {changed === 1 ? "this value" : "these values"}
              </Button>
            </div>
          </>
        ) : null}
      </div>
    </div>
  );
}

interface AssumptionProps {
  figure: Figure;
  typed: string | undefined;
  closed: boolean;
  onType: (text: string) => void;
  onReset: () => void;
}

function Assumption({ figure, typed, closed, onType, onReset }: AssumptionProps) {
  const usual = figure.value === figure.usual ? "" : ` Usually ${figure.usual}.`;
  return (
    <Field
      label={`${figure.text} (${figure.unit})`}
      hint={`${figure.low} to ${figure.high}.${usual} ${figure.source}`}
      error={typed === undefined ? undefined : mistake(figure, typed) || undefined}
    >
      {(props) => (
        <div className="flex gap-1">
          <Input
            {...props}
            inputMode="decimal"
            readOnly={closed}
            value={typed ?? String(figure.value)}
            onChange={(event) => onType(event.target.value)}
          />
          {typed === undefined ? null : (
            <IconButton label={`Reset ${figure.text}`} onClick={onReset}>
              <RotateCcw aria-hidden />
            </IconButton>
          )}
        </div>
      )}
    </Field>
  );
}

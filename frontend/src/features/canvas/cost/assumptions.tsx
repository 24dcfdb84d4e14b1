import { RotateCcw } from "lucide-react";
import { useEffect, useMemo } from "react";
import type { Schemas } from "@/shared/api/client";
import { useDecide } from "@/shared/api/writing/decide";
import { useTryEdits } from "@/shared/api/writing/try-edits";
import { useDebounced } from "@/shared/lib/use-debounced";
import { useKept } from "@/shared/lib/use-kept";
import { Button, IconButton } from "@/shared/ui/button";
import { Field, Input } from "@/shared/ui/field";
import { ErrorState } from "@/shared/ui/states";
import { changesOf, mistake, type Figure, type Typed } from "./assumption-edits";
import { EffectNote } from "./effect-note";

interface AssumptionsProps {
  id: string;
  /** Which plan the figures stand in; what was typed belongs to it. */
  plan: string;
  figures: readonly Figure[];
  /** The gate at which they may be changed; null: they can only be read. */
  gate: Schemas["GateRead"] | null;
}

/** How long the typing has to rest before the change is tried, in ms. */
const REST = 200;

const NOTHING: Typed = {};

/** Figures the design rests on; where a gate waits, another value shows at once what it would do to the bill. What was
 * typed stays while the person looks at something else, until it is reset or planned with. */
export function Assumptions({ id, plan, figures, gate }: AssumptionsProps) {
  const [kept, setTyped] = useKept<Typed>(`assumptions ${id} ${plan}`, NOTHING);
  const typed = gate ? kept : NOTHING;
  const { mutate, reset, ...trying } = useTryEdits(id);
  const deciding = useDecide(id);
  const settled = useDebounced(typed, REST);
  const forget = (name: string): void => setTyped(Object.fromEntries(Object.entries(typed).filter(([key]) => key !== name)));
  const edits = useMemo(() => changesOf(figures, typed), [figures, typed]);
  const changed = Object.keys(edits ?? {}).length;
  // What can no longer be tried has no effect to show; what can is tried once the typing rests.
  useEffect(() => {
    if (!changed) reset();
    else if (settled === typed && edits) mutate({ assumptions: edits });
  }, [changed, edits, settled, typed, mutate, reset]);
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-4">
        {figures.map((figure) => (
          <Assumption
            key={figure.name}
            figure={figure}
            typed={typed[figure.name]}
            closed={gate === null}
            onType={(text) => setTyped({ ...typed, [figure.name]: text })}
            onReset={() => forget(figure.name)}
          />
        ))}
      </div>
      {deciding.error ? <ErrorState error={deciding.error} /> : null}
      <div className="sticky bottom-0 flex flex-col gap-3 bg-page py-3 empty:hidden">
        {gate && Object.keys(typed).length ? (
          <>
            <div role="status">{trying.data && changed ? <EffectNote effect={trying.data} busy={trying.isPending} /> : trying.isPending ? "Working it out…" : null}</div>
            {trying.error ? <ErrorState error={trying.error} /> : null}
            <div className="flex flex-wrap items-center gap-2">
              <p className="mr-auto text-xs text-ink-soft">{Object.keys(typed).length === 1 ? "One value" : `${Object.keys(typed).length} values`} typed here, not in the plan yet.</p>
              <Button onClick={() => setTyped(NOTHING)}>
                <RotateCcw aria-hidden />
                Reset all
              </Button>
              <Button
                kind="primary"
                disabled={!changed}
                busy={deciding.isPending}
                onClick={() =>
                  deciding.mutate(
                    { gate_id: gate.id, digest: gate.digest, decision: "edit", edits: { assumptions: edits ?? {} } },
                    { onSuccess: () => setTyped(NOTHING) },
                  )
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

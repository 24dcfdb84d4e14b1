import { useEffect, useMemo, useState } from "react";
import type { Schemas } from "@/shared/api/client";
import { useTryEdits } from "@/shared/api/writing/try-edits";
import { useDebounced } from "@/shared/lib/use-debounced";
import { useKept } from "@/shared/lib/use-kept";
import { without } from "./gate";
import { keptName } from "./written";

/** A change that is being tried: nothing of it is decided before it is sent. */
export interface Draft {
  components: Readonly<Record<string, string>>;
  assumptions: Readonly<Record<string, number | null>>;
  /** How many things it changes. */
  count: number;
  /** What it would do; null while that is being worked out or cannot be. */
  effect: Schemas["Effect"] | null;
  error: unknown;
  busy: boolean;
  exchange: (components: Readonly<Record<string, string>>) => void;
  /** Null: its usual value; undefined: as it is in the plan. */
  assume: (name: string, value: number | null | undefined) => void;
  clear: () => void;
  /** Grows whenever everything is as it was again. */
  round: number;
}

export interface Tried {
  components: Readonly<Record<string, string>>;
  assumptions: Readonly<Record<string, number | null>>;
}

const NOTHING: Tried = { components: {}, assumptions: {} };
const PAUSE = 200;

const sizeOf = ({ components, assumptions }: Tried): number => Object.keys(components).length + Object.keys(assumptions).length;

/** Holds a change and tries it as soon as it has stood still for a moment. */
export function useDraft(decisionSetId: string, gateId: string): Draft {
  const [tried, setTried] = useKept<Tried>(keptName(gateId, "tried"), NOTHING);
  const [round, setRound] = useState(0);
  const settled = useDebounced(tried, PAUSE);
  const edits = useMemo(() => ({ components: { ...settled.components }, assumptions: { ...settled.assumptions } }), [settled]);
  const { mutate, reset, data, error, isPending, variables } = useTryEdits(decisionSetId);
  const count = sizeOf(tried);
  // What was answered belongs to an earlier change until this one was asked about.
  const isAnswered = settled === tried && variables === edits && !isPending;
  useEffect(() => {
    if (sizeOf(settled)) mutate(edits);
    else reset();
  }, [settled, edits, mutate, reset]);
  const exchange = (components: Readonly<Record<string, string>>): void => setTried({ ...tried, components });
  const assume = (name: string, value: number | null | undefined): void => {
    const others = without(tried.assumptions, name);
    setTried({ ...tried, assumptions: value === undefined ? others : { ...others, [name]: value } });
  };
  const clear = (): void => {
    setTried(NOTHING);
    setRound((before) => before + 1);
  };
  return {
    ...tried,
    count,
    effect: count && isAnswered ? (data ?? null) : null,
    error: count && isAnswered ? error : null,
    busy: count > 0 && !isAnswered,
    exchange,
    assume,
    clear,
    round,
  };
}

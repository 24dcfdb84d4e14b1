import type { Slot } from "../slots";

/** Where data, models and answers go next; the compiler sees that every slot has its line. */
const FLOWS: Record<Slot, readonly Slot[]> = {
  ingest: ["store"],
  store: ["process"],
  process: ["features", "embeddings"],
  features: ["train", "serve"],
  orchestrate: ["process", "train"],
  train: ["registry"],
  registry: ["serve"],
  embeddings: ["vector_store"],
  vector_store: ["llm"],
  llm: ["guardrails", "evaluation"],
  guardrails: ["serve"],
  evaluation: ["observe"],
  serve: ["observe"],
  observe: [],
  cicd: [],
  network: [],
  security: [],
};

export interface Part {
  id: string;
  slot: Slot;
}

export interface Flow {
  from: string;
  to: string;
}

/** The flows among the parts a design has. Where a slot is missing, what would pass through it goes straight on, unless
 * it gets there by another way too. */
export function flowsOf(parts: readonly Part[]): Flow[] {
  const present = new Map<Slot, string[]>();
  for (const { slot, id } of parts) present.set(slot, [...(present.get(slot) ?? []), id]);
  const slots = [...present.keys()];
  const ways = new Map(slots.map((slot) => [slot, next(slot, present)]));
  return slots.flatMap((slot) =>
    (ways.get(slot) ?? [])
      .filter((to) => FLOWS[slot].includes(to) || !(ways.get(slot) ?? []).some((by) => by !== to && leads(by, to, ways)))
      .flatMap((to) => pairs(present.get(slot), present.get(to))),
  );
}

const pairs = (sources: readonly string[] = [], targets: readonly string[] = []): Flow[] =>
  sources.flatMap((from) => targets.map((to) => ({ from, to })));

/** The nearest slots behind a slot that the design has. */
function next(slot: Slot, present: ReadonlyMap<Slot, unknown>): Slot[] {
  const found = (FLOWS[slot] ?? []).flatMap((to) => (present.has(to) ? [to] : next(to, present)));
  return [...new Set(found)];
}

function leads(from: Slot, to: Slot, ways: ReadonlyMap<Slot, readonly Slot[]>): boolean {
  return (ways.get(from) ?? []).some((each) => each === to || leads(each, to, ways));
}

import type { Schemas } from "@/shared/api/client";

type Plan = Schemas["Plan"];

export interface Exchanged {
  slot: string;
  /** Null: the slot is new. */
  before: string | null;
  /** Null: the slot is gone. */
  after: string | null;
}

/** The slots that are filled in another way than before. */
export function exchanged(before: readonly Schemas["Component"][], after: readonly Schemas["Component"][]): Exchanged[] {
  const old = new Map(before.map((component) => [component.slot, component]));
  const now = new Map(after.map((component) => [component.slot, component]));
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((slot) => old.get(slot)?.option !== now.get(slot)?.option)
    .map((slot) => ({ slot, before: old.get(slot)?.title ?? null, after: now.get(slot)?.title ?? null }));
}

/** Slot → option of everything that an alternative fills in another way. */
export function optionsOf(plan: Plan, alternative: Schemas["Alternative"]): Record<string, string> {
  const present = new Map(plan.components.map(({ slot, option }) => [slot, option]));
  return Object.fromEntries(
    alternative.components.filter(({ slot, option }) => present.get(slot) !== option).map(({ slot, option }) => [slot, option]),
  );
}

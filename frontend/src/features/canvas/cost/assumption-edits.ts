import type { Schemas } from "@/shared/api/client";

export type Figure = Schemas["AssumedFigure"];

/** What was typed for each assumption that differs from the plan. */
export type Typed = Readonly<Record<string, string>>;

/** Why a typed value cannot be tried; empty when it can. */
export function mistake(figure: Figure, typed: string): string {
  const value = Number(typed);
  if (!typed.trim() || !Number.isFinite(value)) return "Type a number.";
  if (value < figure.low || value > figure.high) return `From ${figure.low} to ${figure.high}.`;
  return "";
}

/** The changes to try; null while one of them is no value. */
export function changesOf(figures: readonly Figure[], typed: Typed): Record<string, number> | null {
  const changed = figures.filter(({ name }) => typed[name] !== undefined);
  if (changed.some((figure) => mistake(figure, typed[figure.name] as string))) return null;
  return Object.fromEntries(
    changed.filter(({ name, value }) => Number(typed[name]) !== value).map(({ name }) => [name, Number(typed[name])]),
  );
}

/** A gate's deadline as it stands in the form, and back. */

import type { Schemas } from "@/shared/api/client";

export type Deadline = Schemas["Deadline"];
export type Outcome = Deadline["outcome"];

export const UNITS = [
  { name: "minutes", seconds: 60 },
  { name: "hours", seconds: 3600 },
  { name: "days", seconds: 86_400 },
] as const;

export type Unit = (typeof UNITS)[number]["name"];

export interface Span {
  text: string;
  unit: Unit;
}

export interface DeadlineForm {
  /** Null: nobody is hurried. */
  outcome: Outcome | null;
  after: Span;
  again: Span;
  escalateTo: string;
}

const DAY = 86_400;

/** In the largest unit in which it is a whole number; in minutes where it is in none. */
export function spanOf(seconds: number): Span {
  const unit = UNITS.findLast(({ seconds: size }) => seconds % size === 0) ?? UNITS[0];
  return { text: String(seconds / unit.seconds), unit: unit.name };
}

/** Seconds; null where the text is no number above zero. */
export function secondsOf({ text, unit }: Span): number | null {
  const count = Number(text.trim());
  const size = UNITS.find(({ name }) => name === unit)?.seconds ?? 1;
  return text.trim() && Number.isFinite(count) && count > 0 ? count * size : null;
}

export const repeats = (outcome: Outcome | null): boolean => outcome === "remind" || outcome === "escalate";

export function formOf(deadline: Deadline | null | undefined): DeadlineForm {
  return {
    outcome: deadline?.outcome ?? null,
    after: spanOf(deadline?.seconds ?? 2 * DAY),
    again: spanOf(deadline?.remind_every_s ?? DAY),
    escalateTo: deadline?.escalate_to ?? "",
  };
}

/** What is sent: null for no deadline; undefined while something in the form is no value yet. */
export function deadlineOf({ outcome, after, again, escalateTo }: DeadlineForm): Deadline | null | undefined {
  if (outcome === null) return null;
  const seconds = secondsOf(after);
  const every = repeats(outcome) ? secondsOf(again) : DAY;
  if (seconds === null || every === null) return undefined;
  return { seconds, outcome, remind_every_s: every, escalate_to: outcome === "escalate" ? escalateTo.trim() : "" };
}

/** Whether both say the same, with what is left out filled in. */
export const isSame = (one: Deadline | null | undefined, other: Deadline | null | undefined): boolean =>
  JSON.stringify(deadlineOf(formOf(one))) === JSON.stringify(deadlineOf(formOf(other)));

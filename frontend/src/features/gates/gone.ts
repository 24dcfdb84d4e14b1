/** What became of a gate that went, from what the server answered and what the story tells. */

import type { GateDecided } from "@/features/story/events";
import type { Problem } from "@/shared/api/problem";
import { words } from "@/shared/lib/format";
import { decided, nameOf } from "./wording";

/** Somebody was first, or what the gate shows is another thing by now. */
export const isStale = ({ status }: Problem): boolean => status === 409 || status === 412;

export interface GateOutcome {
  decision: string;
  actor: unknown;
  at: string;
  comment: string;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** Who decided what, when and why; null when that is not known. */
export function outcomeOf(problem: Problem | null, told: GateDecided | null): GateOutcome | null {
  const { decision, decided_by: actor, decided_at: at, comment } = problem?.facts ?? {};
  if (typeof decision === "string") return { decision, actor, at: textOf(at), comment: textOf(comment) };
  return told ? { decision: told.decision, actor: told.actor, at: told.at, comment: told.comment } : null;
}

/** Who decided what, or what changed, in one sentence. */
export function goneTitle(problem: Problem | null, outcome: GateOutcome | null): string {
  if (problem?.status === 412) return "changed" in problem.facts ? `What you read has changed: ${words(String(problem.facts.changed))}.` : problem.message;
  if (!outcome) return problem?.message ?? "This waits no longer.";
  if (outcome.decision === "cancelled") return "The run was stopped before you decided.";
  if (outcome.actor === "user:local-owner") return `This was ${decided(outcome.decision)} ${problem ? "before, in another window" : "meanwhile"}.`;
  return `${nameOf(outcome.actor)} ${decided(outcome.decision)} this before you.`;
}

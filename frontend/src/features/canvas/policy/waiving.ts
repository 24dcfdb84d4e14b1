import type { Schemas } from "@/shared/api/client";
import { isSharedView } from "@/shared/api/fetching";

type Design = Schemas["DecisionSetRead"];

const DAY_MS = 86_400_000;
/** How far ahead a waiver may expire, and what is offered first. */
export const LONGEST_DAYS = 365;
export const USUAL_DAYS = 90;

/** The rules that may be waived at the gate that waits; none where one may only look. */
export function waivableRules(design: Design): readonly string[] {
  const { gate } = design;
  if (gate?.kind !== "final" || !gate.decisions.includes("edit") || isSharedView()) return [];
  const failing: unknown = gate.shown.failing_rules;
  return Array.isArray(failing) ? failing.filter((rule): rule is string => typeof rule === "string") : [];
}

/** The rules that were waived at a gate of this design, as the gate that waits tells. */
export function waivedRules({ gate }: Design): readonly string[] {
  const waivers: unknown = gate?.shown.waivers;
  return Array.isArray(waivers) ? waivers.map((waiver: { rule?: unknown } | null) => waiver?.rule).filter((rule): rule is string => typeof rule === "string") : [];
}

/** The day, as the server counts days, so many days from this moment. */
export const dayFrom = (now: number, days: number): string => new Date(now + days * DAY_MS).toISOString().slice(0, 10);

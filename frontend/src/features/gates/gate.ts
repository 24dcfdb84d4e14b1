/** What a gate holds, read from the loose JSON that carries it. */

import type { Schemas } from "@/shared/api/client";

export type Gate = Schemas["GateRead"];
export type Design = Schemas["DecisionSetRead"];
export type Decision = Omit<Schemas["DecisionCreate"], "gate_id" | "digest">;
export type Slot = Schemas["Component"]["slot"];

export interface Question {
  field: string;
  text: string;
  kind: string;
  options: readonly string[];
  unit: string;
  minimum: number | null;
  maximum: number | null;
  default: unknown;
  default_reason: string;
  /** In words: what the answers change. */
  swing: string;
  why: string;
}

export interface Conflict {
  code: string;
  fields: readonly string[];
  message: string;
  quotes: readonly { text: string }[];
  blocking: boolean;
}

/** A question before anything is known of it. */
export const BLANK_QUESTION: Question = {
  field: "",
  text: "",
  kind: "text",
  options: [],
  unit: "",
  minimum: null,
  maximum: null,
  default: null,
  default_reason: "",
  swing: "",
  why: "",
};

export const questionsOf = (gate: Gate): Question[] => gate.questions.map((question) => ({ ...BLANK_QUESTION, ...question }));

export const conflictsOf = (gate: Gate): Conflict[] =>
  objects(gate.shown.conflicts).map((conflict) => ({
    code: String(conflict.code ?? ""),
    fields: strings(conflict.fields),
    message: String(conflict.message ?? ""),
    quotes: objects(conflict.quotes).map(({ text }) => ({ text: String(text ?? "") })),
    blocking: conflict.blocking === true,
  }));

/** What would have to give, the cheapest first. */
export const relaxationsOf = (gate: Gate): string[] => strings(gate.shown.relaxations);

/** Fields that cannot all hold. */
export const conflictingOf = (gate: Gate): string[] => strings(gate.shown.conflicting);

/** Every field that a contradiction is about: those that cannot all hold first. */
export const contradictingOf = (gate: Gate): string[] => [
  ...new Set([...conflictingOf(gate), ...conflictsOf(gate).flatMap(({ fields }) => fields)]),
];

/** Rules that an administrator may waive here. */
export const failingRulesOf = (gate: Gate): string[] => strings(gate.shown.failing_rules);

/** Failing rules that somebody accepted at a gate of this design. */
export const waiversOf = (shown: Record<string, unknown>): { rule: string; owner: string; reason: string; expires: string }[] =>
  objects(shown.waivers).map(({ rule, owner, reason, expires }) => ({
    rule: String(rule ?? ""),
    owner: String(owner ?? ""),
    reason: String(reason ?? ""),
    expires: String(expires ?? ""),
  }));

/** One attempt to write the repository: what was red, and the gravest places of it. */
export interface Attempt {
  red: readonly string[];
  findings: readonly { check: string; place: string; message: string }[];
}

/** What was tried before a person was asked, the first attempt first. */
export const attemptsOf = (gate: Gate): Attempt[] =>
  objects(gate.shown.attempts).map(({ red, findings }) => ({
    red: strings(red),
    findings: objects(findings).map(({ check, path, line, message }) => ({
      check: String(check ?? ""),
      place: [path, line].filter((each) => each !== null && each !== undefined && each !== "").join(":"),
      message: String(message ?? ""),
    })),
  }));

/** A figure that is shown, or null where there is none. */
export function numberIn(from: Record<string, unknown>, name: string): number | null {
  const value = from[name];
  return typeof value === "number" ? value : null;
}

/** `policy:` in `policy:pci_dss.own_keys`: the parts behind it, each once. */
export const tripsOf = (gate: Gate, kind: string): string[] => [
  ...new Set(gate.trips.filter((trip) => trip.startsWith(`${kind}:`)).map((trip) => trip.slice(kind.length + 1))),
];

/** The record without one of its entries. */
export const without = <T>(record: Readonly<Record<string, T>>, name: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([each]) => each !== name));

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
}

function objects(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((each): each is Record<string, unknown> => typeof each === "object" && each !== null) : [];
}

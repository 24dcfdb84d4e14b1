/** Turns what stands in a form into typed answers. Pure; the server has the last word on every value. */

import type { Problem } from "@/shared/api/problem";
import type { Question } from "./gate";
import { precise } from "./wording";

/** What stands in the controls: one text, or several chosen words. */
export type Raw = string | readonly string[];

export type Typed = { value: unknown } | { error: string };

/** One question as it stands in the form. */
export interface Entry {
  raw: Raw;
  /** Whether a person said it; otherwise it is the default that stands there. */
  given: boolean;
}

export type Entries = Readonly<Record<string, Entry>>;

/** The default as it stands in the control. */
export function prefilled(question: Question): Raw {
  const { default: value, kind } = question;
  if (kind === "multi_choice") return Array.isArray(value) ? value.map(String) : [];
  if (Array.isArray(value)) return String(value[0] ?? "");
  if (typeof value === "boolean") return value ? "yes" : "no";
  return value === null || value === undefined ? "" : String(value);
}

export const untouched = (questions: readonly Question[]): Entries =>
  Object.fromEntries(questions.map((question) => [question.field, { raw: prefilled(question), given: false }]));

/** The answer as the field takes it, or why it takes none. */
export function typed(question: Question, raw: Raw): Typed {
  if (typeof raw !== "string") return listed(question, raw);
  const text = raw.trim();
  if (!text) return { error: "There is no answer yet." };
  switch (question.kind) {
    case "number":
      return number(question, text);
    case "boolean":
      return text === "yes" || text === "no" ? { value: text === "yes" } : { error: "Answer yes or no." };
    case "choice":
      return question.options.includes(text) ? { value: text } : { error: "Choose one of the options." };
    case "multi_choice":
      return listed(question, [text]);
    case "region":
      return { value: [text] };
    default:
      return { value: text };
  }
}

/** The answers that were given, each in its type, and what is wrong with the others. */
export function answersOf(questions: readonly Question[], entries: Entries): { answers: Record<string, unknown>; errors: Record<string, string> } {
  const answers: Record<string, unknown> = {};
  const errors: Record<string, string> = {};
  for (const question of questions) {
    const entry = entries[question.field];
    if (!entry?.given) continue;
    const answer = typed(question, entry.raw);
    if ("error" in answer) errors[question.field] = answer.error;
    else answers[question.field] = answer.value;
  }
  return { answers, errors };
}

/** The field that a refusal is about, with what is wrong there; null when it is about none of these. */
export function refusalAt(problem: Problem, fields: readonly string[]): { field: string; message: string } | null {
  if (problem.status !== 422) return null;
  const named = typeof problem.facts.field === "string" ? problem.facts.field : "";
  const field = fields.find((each) => each === named || problem.message.startsWith(`${each}: `));
  if (field === undefined) return null;
  const prefix = `${field}: `;
  return { field, message: problem.message.startsWith(prefix) ? problem.message.slice(prefix.length) : problem.message };
}

/** A number as people write it: `10,000`, `10 000`, `99.9 %`, `$800`. */
export function readNumber(text: string): number | null {
  const bare = text.trim().replace(/^\$/, "").replace(/%$/, "").replaceAll(/[\s_']/g, "");
  const plain = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare) ? bare.replaceAll(",", "") : bare;
  return /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : null;
}

function number({ minimum, maximum, unit }: Question, text: string): Typed {
  const value = readNumber(text);
  if (value === null) return { error: "Write one number, with a point before decimals." };
  const low = minimum !== null && value < minimum;
  const high = maximum !== null && value > maximum;
  if (!low && !high) return { value };
  if (minimum !== null && maximum !== null) return { error: `It takes ${precise(minimum)} to ${precise(maximum)} ${unit}`.trim() + "." };
  return { error: (low ? `It takes ${precise(minimum)} ${unit}`.trim() + " or more." : `It takes at most ${precise(maximum ?? 0)} ${unit}`.trim() + ".") };
}

function listed(question: Question, words: readonly string[]): Typed {
  const strange = words.find((word) => question.options.length > 0 && !question.options.includes(word));
  return strange === undefined ? { value: [...words] } : { error: `${strange} is not one of the options.` };
}

import { aboutRules } from "@/features/story/about-rules";
import type { RunEvent } from "@/features/story/events";
import { counted, duration, plain, sentence, usd, words } from "@/shared/lib/format";

type Told = Record<string, unknown>;

const text = (value: unknown): string => (typeof value === "string" ? value : "");

const files = (value: unknown): string => (typeof value === "number" ? counted(value, "file") : `${plain(value)} files`);

/** What an event says in one line beside its name; empty where the name says it all. */
const TEXTS: Partial<Record<RunEvent["type"], (data: Told) => string>> = {
  "node-complete": ({ seconds }) => (typeof seconds === "number" ? `after ${duration(seconds)}` : ""),
  "node-skipped": ({ reason }) => text(reason),
  "node-error": ({ message }) => text(message),
  "run-error": ({ message }) => text(message),
  "reason-card": ({ choice }) => text(choice),
  "gate-decided": (data) => `${sentence(aboutRules(data) || words(text(data.decision)))}${data.actor ? ` by ${text(data.actor)}` : ""}`,
  "cost-update": ({ monthly_usd: monthly }) => (typeof monthly === "number" ? `${usd(monthly)} a month` : ""),
  "check-result": ({ check, status, reason }) => `${text(check)}: ${text(status)}${reason ? `, ${text(reason)}` : ""}`,
  "diff-update": ({ added, removed, changed }) => `${files(added)} added, ${plain(changed)} changed, ${plain(removed)} removed`,
  "run-retried": ({ by }) => (by ? `by ${text(by)}` : ""),
  "run-complete": ({ status }) => words(text(status)),
  "training-log": ({ message }) => text(message),
};

export const eventText = ({ type, data }: RunEvent): string => TEXTS[type]?.(data) ?? "";

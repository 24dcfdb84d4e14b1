import { words } from "@/shared/lib/format";

const DECIDED: Record<string, string> = {
  approve: "approved",
  respond: "answered",
  edit: "changed",
  reject: "rejected",
};

/** `approve` → `approved`. */
export const decided = (decision: string): string => DECIDED[decision] ?? decision;

/** `user:ana` → `Ana`; what decides by itself is called so. */
export function nameOf(actor: unknown): string {
  if (typeof actor !== "string" || !actor) return "Somebody";
  if (actor === "policy:deadline") return "The deadline";
  const [kind, name] = actor.split(":");
  return kind === "policy" ? "The project's policy" : words(name || actor);
}

const AT_DEADLINE: Record<string, string> = {
  approve: "it is approved without you",
  reject: "it is rejected and the run ends",
  remind: "a reminder is sent; it goes on waiting",
  escalate: "it goes to an administrator",
};

/** What happens at the deadline if nobody decides. */
export const atDeadline = (outcome: string | null): string => AT_DEADLINE[outcome ?? ""] ?? "a reminder is sent";

/** A place in the design in a word or two. */
export const slotName = words;

const PRECISE = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6 });

/** A figure with the digits that count, however small it is. */
export const precise = (value: number): string => PRECISE.format(value);

const SHARE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 4 });

/** A share in percent with every nine that counts. */
export const share = (percentage: number): string => `${SHARE.format(percentage)} %`;

/** A change with its sign. */
export const signed = (value: number): string => `${value > 0 ? "+" : value < 0 ? "−" : "±"}${SHARE.format(Math.abs(value))}`;

/** `3 h 20 min`, the two largest units that say something. */
export function timeLeft(ms: number): string {
  if (ms <= 0) return "none";
  const minutes = Math.ceil(ms / 60_000);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  if (days) return hours ? `${days} d ${hours} h` : `${days} d`;
  if (hours) return rest ? `${hours} h ${rest} min` : `${hours} h`;
  return `${rest} min`;
}

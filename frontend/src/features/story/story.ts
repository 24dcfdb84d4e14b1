/** The story of a run as the page shows it: events in, a value out. Pure, so that every tab that read the same events
 * shows the same. */

import type { CheckResult, Ending, Gate, GateDecided, ReasonCard, RunEvent } from "./events";

export type StepState = "waiting" | "running" | "asking" | "done" | "skipped" | "failed";

export interface Step {
  state: StepState;
  /** When the visit that counts began; null before the first one. */
  startedAt: string | null;
  /** Seconds of the last finished visit. */
  seconds: number | null;
  /** How often the step was begun. */
  visits: number;
  /** Why it was not needed, or what failed. */
  note: string;
}

export type Entry =
  | { kind: "card"; seq: number; at: string; card: ReasonCard }
  | { kind: "decision"; seq: number; at: string; decision: GateDecided }
  | { kind: "error"; seq: number; at: string; node: string | null; message: string; attempt: number | null }
  | { kind: "reminder"; seq: number; at: string }
  | { kind: "retry"; seq: number; at: string; by: string }
  | { kind: "end"; seq: number; at: string; ending: Ending };

export interface Story {
  lastSeq: number;
  startedAt: string | null;
  steps: Readonly<Record<string, Step>>;
  entries: readonly Entry[];
  checks: readonly CheckResult[];
  /** The gate that waits, as the stream told it. */
  gate: Gate | null;
  ending: Ending | null;
  endedAt: string | null;
}

/** What the data of an event may hold, beside what is taken whole. */
interface Told {
  seconds?: number;
  reason?: string;
  message?: string;
  attempt?: number;
  gate?: Gate;
  by?: string;
}

export const UNTOUCHED: Step = { state: "waiting", startedAt: null, seconds: null, visits: 0, note: "" };

export const emptyStory: Story = {
  lastSeq: 0,
  startedAt: null,
  steps: {},
  entries: [],
  checks: [],
  gate: null,
  ending: null,
  endedAt: null,
};

/** The story with further events; those it knows already change nothing. */
export function tell(story: Story, events: readonly RunEvent[]): Story {
  return events.reduce((told, event) => (event.seq <= told.lastSeq ? told : one(told, event)), story);
}

function one(story: Story, event: RunEvent): Story {
  const next: Story = { ...story, lastSeq: event.seq, startedAt: story.startedAt ?? event.at };
  const { seq, at, node } = event;
  const data = event.data as Told;
  switch (event.type) {
    case "node-start":
      return {
        ...step(next, node, (before) => ({ state: "running", startedAt: at, visits: before.visits + 1, note: "" })),
        checks: node === "validators" ? [] : next.checks,
      };
    case "node-complete":
      return step(next, node, () => ({ state: "done", seconds: data.seconds ?? null }));
    case "node-skipped":
      return step(next, node, () => ({ state: "skipped", note: data.reason ?? "" }));
    case "node-error": {
      const message = data.message ?? "The step failed.";
      const entry: Entry = { kind: "error", seq, at, node: node ?? null, message, attempt: data.attempt ?? null };
      return add(step(next, node, () => ({ state: "failed", note: message })), entry);
    }
    case "reason-card":
      return add(next, { kind: "card", seq, at, card: event.data as unknown as ReasonCard });
    case "gate-waiting":
      return { ...step(next, node, () => ({ state: "asking" })), gate: data.gate ?? null };
    case "gate-decided":
      return {
        ...add(next, { kind: "decision", seq, at, decision: event.data as unknown as GateDecided }),
        gate: null,
      };
    case "gate-reminder":
      return add(next, { kind: "reminder", seq, at });
    case "check-result":
      return { ...next, checks: [...next.checks, event.data as unknown as CheckResult] };
    case "run-retried":
      return { ...add(next, { kind: "retry", seq, at, by: data.by ?? "" }), ending: null, endedAt: null };
    case "run-complete": {
      const ending = event.data as unknown as Ending;
      return { ...add(settled(next), { kind: "end", seq, at, ending }), ending, endedAt: at, gate: null };
    }
    case "questions-presented":
    case "policy-update":
    case "cost-update":
    case "diff-update":
    case "training-progress":
    case "training-trial":
    case "training-metric":
    case "training-log":
    case "run-error":
      return next;
    default:
      return unknown(event.type, next);
  }
}

function add(story: Story, entry: Entry): Story {
  return { ...story, entries: [...story.entries, entry] };
}

function step(story: Story, node: string | null | undefined, change: (before: Step) => Partial<Step>): Story {
  if (!node) return story;
  const before = story.steps[node] ?? UNTOUCHED;
  return { ...story, steps: { ...story.steps, [node]: { ...before, ...change(before) } } };
}

/** After the end nothing works or waits any more. */
function settled(story: Story): Story {
  const steps = Object.entries(story.steps).map(([name, each]) => {
    const open = each.state === "running" || each.state === "asking";
    return [name, open ? { ...each, state: each.state === "asking" ? "done" : "failed" } : each] as [string, Step];
  });
  return { ...story, steps: Object.fromEntries(steps) };
}

/** A newer server may tell what this page does not know; the compiler sees that every known type has its line. */
function unknown(_: never, story: Story): Story {
  return story;
}

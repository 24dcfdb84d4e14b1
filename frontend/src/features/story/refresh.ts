import type { Query, QueryClient } from "@tanstack/react-query";
import { keys } from "@/shared/api/keys";
import { byServerClock, serverNow } from "@/shared/lib/server-clock";
import type { RunEvent } from "./events";

type Touched = "decision-set" | "plan" | "files" | "inbox" | "list";

/** What an event makes old, so that it is read again; an event that is not named here changes nothing but the story. */
const TOUCHES: Partial<Record<RunEvent["type"], readonly Touched[]>> = {
  "gate-waiting": ["decision-set", "plan", "inbox", "list"],
  "gate-decided": ["decision-set", "inbox", "list"],
  "cost-update": ["plan"],
  "policy-update": ["plan"],
  "diff-update": ["files"],
  "run-retried": ["decision-set", "list"],
  "run-complete": ["decision-set", "plan", "files", "inbox", "list"],
};

/** Steps whose end changes what the decision set shows. */
const NODES: Record<string, readonly Touched[]> = {
  intake_extract: ["decision-set"],
  planner: ["decision-set", "plan"],
  codegen: ["files"],
  validators: ["files"],
  rationale_compile: ["files"],
  diff_and_persist: ["files"],
};

const keysOf = (id: string): Record<Touched, readonly (readonly unknown[])[]> => ({
  "decision-set": [keys.decisionSet(id)],
  plan: ["plan", "cost", "policy"].map((part) => keys.part(id, part)),
  files: ["files", "artifacts", "diff"].map((part) => keys.part(id, part)),
  inbox: [keys.inbox],
  list: [keys.decisionSets],
});

/** How much later than an event an answer must have come to have been made after it, in ms. */
const SURELY_LATER = 5000;

/** A reading that began before an event has come by so much later, in ms. */
const LONGEST_READING = 30_000;

/** Reads again what the events made old. What was read well after they happened is left alone: a story that is caught up
 * with tells of changes that the page has shown all along. */
export function refresh(client: QueryClient, id: string, events: readonly RunEvent[]): void {
  const last = new Map<Touched, number>();
  for (const event of events) {
    const touched = [
      ...(TOUCHES[event.type] ?? []),
      ...(event.type === "node-complete" && event.node ? (NODES[event.node] ?? []) : []),
    ];
    for (const each of touched) last.set(each, Math.max(last.get(each) ?? 0, Date.parse(event.at)));
  }
  for (const [touched, happened] of last) {
    for (const queryKey of keysOf(id)[touched]) {
      const exact = touched === "decision-set";
      void client.invalidateQueries({
        queryKey,
        exact,
        predicate: ({ state }) => byServerClock(state.dataUpdatedAt) < happened + SURELY_LATER,
      });
      if (happened + LONGEST_READING < serverNow()) continue;
      // A first reading that is on its way may have been answered before the event, and invalidating only joins it.
      const unread = { queryKey, exact, predicate: ({ state }: Query) => state.data === undefined };
      void client.cancelQueries({ ...unread, fetchStatus: "fetching" }).then(() => client.invalidateQueries(unread));
    }
  }
}

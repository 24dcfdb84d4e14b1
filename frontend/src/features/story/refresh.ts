import type { QueryClient } from "@tanstack/react-query";
import { keys } from "@/shared/api/keys";
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

export function refresh(client: QueryClient, id: string, events: readonly RunEvent[]): void {
  const touched = new Set(
    events.flatMap((event) => [
      ...(TOUCHES[event.type] ?? []),
      ...(event.type === "node-complete" && event.node ? (NODES[event.node] ?? []) : []),
    ]),
  );
  const invalidate = (queryKey: readonly unknown[], exact = false): void => void client.invalidateQueries({ queryKey, exact });
  if (touched.has("decision-set")) invalidate(keys.decisionSet(id), true);
  if (touched.has("plan")) for (const part of ["plan", "cost", "policy"]) invalidate(keys.part(id, part));
  if (touched.has("files")) for (const part of ["files", "artifacts", "diff"]) invalidate(keys.part(id, part));
  if (touched.has("inbox")) invalidate(keys.inbox);
  if (touched.has("list")) invalidate(keys.decisionSets);
}

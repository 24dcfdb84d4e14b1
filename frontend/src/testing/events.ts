import type { RunEvent } from "@/features/story/events";

/** One event of a run, with what the test does not care about filled in. */
export function event(seq: number, type: RunEvent["type"], more: Partial<RunEvent> = {}): RunEvent {
  return {
    seq,
    type,
    run_id: "run_1",
    decision_set_id: "ds_1",
    node: null,
    at: new Date(Date.UTC(2026, 10, 22, 12, 0, seq)).toISOString(),
    data: {},
    ...more,
  };
}

/** A server-sent event as it travels. */
export const wire = (one: RunEvent): string => `id: ${one.seq}\nevent: ${one.type}\ndata: ${JSON.stringify(one)}\n\n`;

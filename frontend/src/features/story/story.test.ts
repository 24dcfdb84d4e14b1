import { describe, expect, it } from "vitest";
import { event } from "@/testing/events";
import { emptyStory, tell } from "./story";

const STARTED = event(1, "node-start", { node: "planner" });
const FINISHED = event(2, "node-complete", { node: "planner", data: { seconds: 1.5 } });

describe("tell", () => {
  it("follows a step from its start to its end", () => {
    const story = tell(emptyStory, [STARTED, FINISHED]);

    expect(story.steps.planner).toMatchObject({ state: "done", seconds: 1.5, visits: 1 });
    expect(story.startedAt).toBe(STARTED.at);
  });

  it("counts the visits of a step that is gone through again", () => {
    const story = tell(emptyStory, [STARTED, FINISHED, event(3, "node-start", { node: "planner" })]);

    expect(story.steps.planner).toMatchObject({ state: "running", visits: 2 });
  });

  it("drops what it knows already", () => {
    const told = tell(emptyStory, [STARTED, FINISHED]);

    expect(tell(told, [STARTED, FINISHED])).toEqual(told);
  });

  it("is the same however the events were cut into pieces", () => {
    const events = [STARTED, FINISHED, event(3, "gate-waiting", { node: "hitl_gate_final", data: { gate: { id: "g" } } })];

    expect(events.reduce((story, each) => tell(story, [each]), emptyStory)).toEqual(tell(emptyStory, events));
  });

  it("has a gate from its question to its decision", () => {
    const asked = tell(emptyStory, [event(1, "gate-waiting", { node: "hitl_gate_final", data: { gate: { id: "g" } } })]);
    const decided = tell(asked, [event(2, "gate-decided", { data: { decision: "approve", actor: "user:a" } })]);

    expect(asked.gate?.id).toBe("g");
    expect(asked.steps.hitl_gate_final?.state).toBe("asking");
    expect(decided.gate).toBeNull();
    expect(decided.entries.at(-1)).toMatchObject({ kind: "decision" });
  });

  it("leaves nothing at work after the end, and goes on after a retry", () => {
    const failed = tell(emptyStory, [
      STARTED,
      event(2, "node-error", { node: "planner", data: { message: "No prices.", attempt: 3 } }),
      event(3, "run-complete", { data: { status: "failed", outcome: "failed", problem: null } }),
    ]);
    const again = tell(failed, [event(4, "run-retried", { data: { by: "user:a", attempt: 2 } }), event(5, "node-start", { node: "planner" })]);

    expect(failed.ending?.status).toBe("failed");
    expect(failed.steps.planner).toMatchObject({ state: "failed", note: "No prices." });
    expect(again.ending).toBeNull();
    expect(again.steps.planner).toMatchObject({ state: "running", visits: 2 });
  });

  it("forgets the checks of the round before", () => {
    const story = tell(emptyStory, [
      event(1, "node-start", { node: "validators" }),
      event(2, "check-result", { data: { check: "ruff", status: "fail" } }),
      event(3, "node-start", { node: "validators" }),
      event(4, "check-result", { data: { check: "ruff", status: "pass" } }),
    ]);

    expect(story.checks).toEqual([{ check: "ruff", status: "pass" }]);
  });
});

import { show } from "../testing";
import { screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { emptyStory, tell } from "@/features/story/story";
import type { RunEvent } from "@/features/story/events";
import { designOf } from "@/testing/designs";
import { eventText } from "./event-text";
import { TimelineTab } from "./timeline-tab";

afterEach(() => vi.unstubAllGlobals());

const event = (seq: number, type: RunEvent["type"], data: object = {}): RunEvent => ({
  seq,
  type,
  run_id: "run_1",
  decision_set_id: "ds_1",
  node: "planner",
  at: "2026-11-22T10:00:00Z",
  data: data as RunEvent["data"],
});
const DECIDED = { actor: "user:ada", comment: "", gate_id: "gate_1" };
const EVENTS = [event(1, "node-start"), event(2, "cost-update", { monthly_usd: 1719 }), event(3, "node-complete", { seconds: 4.2 })];

describe("timeline", () => {
  it("shows durations, agents and events, and reads on where the run has told more", async () => {
    let asked = 0;
    const events = () => ({ items: asked++ ? EVENTS.slice(2) : EVENTS.slice(0, 2), next_cursor: null });
    show(<TimelineTab design={designOf()} story={tell(emptyStory, EVENTS)} />, {
      "/events": events,
      "/workflow/plan": { nodes: [{ name: "planner", agent: "Planner" }, { name: "codegen", agent: "Repository writer" }] },
      "/agent-runs": { items: [{ run_id: "run_1", visit: "1", node: "planner", provider: "openai", model: "gpt", input_tokens: 1200, output_tokens: 30, cost_usd: null, seconds: 4.2, finished_at: "2026-11-22T10:00:04Z" }] },
    });
    const list = await screen.findByRole("list", { name: "Events" });
    expect(await within(list).findByText("after 4.2 s")).toBeVisible();
    expect(within(list).getAllByRole("listitem")).toHaveLength(3);
    expect(within(list).getByText("$1,719 a month")).toBeVisible();
    expect(asked).toBe(2);
    expect(eventText(event(1, "gate-decided", { ...DECIDED, decision: "edit", waived: ["pci.keys"] }))).toBe("Waived pci.keys by user:ada");
    expect(eventText(event(1, "gate-decided", { ...DECIDED, decision: "edit", withdrawn: ["pci.keys"] }))).toBe("Withdrew the waiver of pci.keys by user:ada");
    expect(eventText(event(1, "gate-decided", { ...DECIDED, decision: "approve" }))).toBe("Approve by user:ada");
    expect(eventText(event(1, "diff-update", { added: 1, changed: 0, removed: 2 }))).toBe("1 file added, 0 changed, 2 removed");
    expect(eventText(event(1, "diff-update", { added: 1204, changed: 1, removed: 0 }))).toBe("1,204 files added, 1 changed, 0 removed");
    const steps = screen.getByRole("list", { name: "Duration of each step" });
    expect(await within(steps).findByText("4.2 s")).toBeVisible();
    expect(within(steps).getByText("not begun")).toBeVisible();
    const run = screen.getByRole("row", { name: /openai/ });
    expect(run).toHaveTextContent("1,200");
    expect(run).toHaveTextContent("unknown");
  });
});

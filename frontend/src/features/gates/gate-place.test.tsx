import { gateOf, showGate } from "./testing";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { emptyStory, tell } from "@/features/story/story";
import { dateTime } from "@/shared/lib/format";
import { waitingAt } from "@/testing/designs";
import { event } from "@/testing/events";
import { BLANK_QUESTION, type Gate } from "./gate";
import { approving, READS } from "./testing-approval";

afterEach(() => vi.unstubAllGlobals());

const AT = "2026-11-22T11:00:00Z";
const LATE = { detail: "user:ana decided this gate before: reject.", decided_by: "user:ana", decided_at: AT, decision: "reject", comment: "Too dear" };
const GPU = { ...BLANK_QUESTION, field: "gpu_needed", text: "Is a GPU needed?", kind: "boolean", default: false };

const asking = () => gateOf({ questions: [GPU] });
const decided = (gate: Gate, actor: string) => tell(emptyStory, [event(1, "gate-decided", { data: { gate_id: gate.id, decision: "approve", actor, comment: "", at: AT } })]);

/** A server on which the gate waits until somebody else decides it; then the next one does, or none. */
function contested(gate: Gate, next: Gate | null = null) {
  const state = { waiting: gate as Gate | null };
  const answers = {
    ...READS,
    "GET ds_1": () => [200, waitingAt(state.waiting)] as [number, unknown],
    "POST approve": () => {
      state.waiting = next;
      return [409, LATE] as [number, unknown];
    },
  };
  return { answers, goes: () => (state.waiting = next) };
}

describe("the place of a gate that somebody else decided", () => {
  it("says who decided what, when and why, and keeps what was written", async () => {
    const user = userEvent.setup();
    const write = vi.spyOn(navigator.clipboard, "writeText");
    const gate = asking();
    showGate(gate, contested(gate).answers);
    await user.click(await screen.findByRole("radio", { name: "yes" }));
    await user.click(screen.getByRole("button", { name: "Add a comment" }));
    await user.type(screen.getByLabelText("Comment"), "As agreed");
    await user.click(screen.getByRole("button", { name: "Accept the defaults" }));
    const card = await screen.findByRole("region", { name: "Ana rejected this before you." });
    expect(card).toHaveTextContent(dateTime(AT));
    expect(within(card).getByText("Too dear")).toBeVisible();
    expect(within(card).getByText("What you sent was not taken.")).toBeVisible();
    expect(within(card).getByText("The run goes on; nothing waits at the moment.")).toBeVisible();
    expect(within(card).getAllByRole("definition").map((each) => each.textContent)).toEqual(["yes", "As agreed"]);
    await user.click(within(card).getByRole("button", { name: "Copy it" }));
    expect(await within(card).findByText("Copied.")).toBeVisible();
    expect(write).toHaveBeenCalledWith("Is a GPU needed?: yes\nComment: As agreed");
    expect(within(card).getAllByRole("button").map((button) => button.textContent)).toEqual(["Copy it", "Close; what I wrote can go"]);
    await user.click(within(card).getByRole("button", { name: /^Close/ }));
    expect(screen.queryByText("Ana rejected this before you.")).toBeNull();
    expect(screen.getByText("Nothing waits.")).toBeVisible();
  });

  it("leads to what waits instead, and says which figures are others", async () => {
    const user = userEvent.setup();
    const gate = approving();
    const next = approving({ title: "Approve the changed architecture", shown: { ...gate.shown, monthly_usd: 1500 } });
    const { sent } = showGate(gate, contested(gate, next).answers);
    await user.click(await screen.findByRole("button", { name: "Approve" }));
    const card = await screen.findByRole("region", { name: "Ana rejected this before you." });
    expect(within(card).getByText("A month: $1,500 instead of $1,700")).toBeVisible();
    await user.click(within(card).getByRole("link", { name: "Approve the changed architecture" }));
    expect(screen.getByRole("heading", { name: "Approve the changed architecture" })).toHaveFocus();
    expect(sent).toHaveLength(1);
  });

  it("appears when the gate goes while somebody writes", async () => {
    const user = userEvent.setup();
    const gate = approving();
    const server = contested(gate);
    const { readAgain } = showGate(gate, server.answers, {}, decided(gate, "user:ben"));
    await user.click(await screen.findByRole("button", { name: "Reject…" }));
    await user.type(screen.getByLabelText("Reason"), "The bill is too high");
    server.goes();
    await readAgain();
    const card = await screen.findByRole("region", { name: "Ben approved this before you." });
    expect(within(card).getByText("The bill is too high")).toBeVisible();
  });

  it("is empty when nothing was written, and when the decision was one's own", async () => {
    const user = userEvent.setup();
    const [gate, next] = [asking(), gateOf({ title: "One more question", questions: [GPU] })];
    let waiting: Gate | null = gate;
    const { readAgain } = showGate(gate, {
      "GET ds_1": () => [200, waitingAt(waiting)],
      "POST approve": () => {
        waiting = null;
        return [202, { ...next, status: "decided" }];
      },
    });
    await screen.findByRole("radio", { name: "yes" });
    waiting = next;
    await readAgain();
    await screen.findByRole("heading", { name: "One more question" });
    await user.click(screen.getByRole("radio", { name: "yes" }));
    expect(screen.queryByRole("alert")).toBeNull();
    await user.click(screen.getByRole("button", { name: "Send 1 answer" }));
    expect(await screen.findByText("Nothing waits.")).toBeVisible();
    expect(screen.queryByText(/What you had written/)).toBeNull();
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

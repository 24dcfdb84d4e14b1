import { gateOf, showGate } from "./testing";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { BLANK_QUESTION } from "./gate";

afterEach(() => vi.unstubAllGlobals());

const GPU = { ...BLANK_QUESTION, field: "gpu_needed", text: "Is a GPU needed?", kind: "boolean", default: false, swing: "adds up to about $3,752 a month", why: "Training moves." };
const VOLUME = { ...BLANK_QUESTION, field: "data_volume_gb", text: "How many gigabytes?", kind: "number", unit: "GB", minimum: 0.001, maximum: 1000, default: 10, swing: "adds up to about $3 a month" };
const REGIMES = { ...BLANK_QUESTION, field: "compliance", text: "Which regimes apply?", kind: "multi_choice", options: ["GDPR", "HIPAA"] };

const asking = () => gateOf({ questions: [GPU, VOLUME, REGIMES] });

describe("questions", () => {
  it("show the default as the default and what the answers change", async () => {
    showGate(asking());
    expect(await screen.findByRole("radio", { name: "no" })).toBeChecked();
    expect(screen.getByLabelText("How many gigabytes?")).toHaveValue("10");
    expect(screen.getByText("Default: 10 GB")).toBeVisible();
    expect(screen.getByText("adds up to about $3,752 a month")).toBeVisible();
    expect(screen.getByRole("button", { name: "Send answers" })).toBeDisabled();
  });

  it("send only the answers that were given, each in its type", async () => {
    const user = userEvent.setup();
    const gate = asking();
    const { sent } = showGate(gate, { "POST approve": [202, { ...gate, status: "decided" }] });
    await user.click(await screen.findByRole("radio", { name: "yes" }));
    await user.click(screen.getByRole("checkbox", { name: "GDPR" }));
    await user.click(screen.getByRole("button", { name: "Send 2 answers" }));
    expect(sent).toEqual([
      { name: "POST approve", body: { gate_id: gate.id, digest: gate.digest, decision: "respond", answers: { gpu_needed: true, compliance: ["GDPR"] } } },
    ]);
  });

  it("may be answered with the default itself", async () => {
    const user = userEvent.setup();
    const { sent } = showGate(asking(), { "POST approve": (body) => [202, body] });
    await user.click(await screen.findByRole("button", { name: "This is right: How many gigabytes?" }));
    await user.click(screen.getByRole("button", { name: "Send 1 answer" }));
    expect(sent[0]?.body).toMatchObject({ answers: { data_volume_gb: 10 } });
  });

  it("refuse a number out of its range before anything is sent", async () => {
    const user = userEvent.setup();
    const { sent } = showGate(asking());
    const volume = await screen.findByLabelText("How many gigabytes?");
    await user.clear(volume);
    await user.type(volume, "5000");
    await user.click(screen.getByRole("button", { name: "Send 1 answer" }));
    expect(screen.getByRole("alert")).toHaveTextContent("It takes 0.001 to 1,000 GB.");
    expect(volume).toBeInvalid();
    expect(volume).toHaveFocus();
    expect(sent).toEqual([]);
  });

  it("accept the defaults as an approval", async () => {
    const user = userEvent.setup();
    const gate = asking();
    const { sent } = showGate(gate, { "POST approve": [202, { ...gate, status: "decided" }] });
    await user.click(await screen.findByRole("button", { name: "Accept the defaults" }));
    expect(sent[0]?.body).toMatchObject({ gate_id: gate.id, decision: "approve" });
    expect(sent[0]?.body).not.toHaveProperty("answers");
  });

  it("show what the server refuses at the answer concerned", async () => {
    const user = userEvent.setup();
    const refusal = { detail: "data_volume_gb: it takes a finite number.", code: "runs.decision_invalid" };
    showGate(asking(), { "POST approve": [422, refusal] });
    const volume = await screen.findByLabelText("How many gigabytes?");
    await user.clear(volume);
    await user.type(volume, "20");
    await user.click(screen.getByRole("button", { name: "Send 1 answer" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("it takes a finite number.");
    expect(volume).toBeInvalid();
    await user.type(volume, "0");
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

describe("a brief that nothing can meet", () => {
  const stuck = () =>
    gateOf({
      outcome: "infeasible",
      decisions: ["respond", "edit", "reject"],
      message: "The latency target cannot be kept.",
      shown: {
        conflicts: [{ code: "planning.cannot_all_hold", fields: ["latency_ms_p95"], message: "5 ms cannot be kept.", quotes: [{ text: "under 5 ms", start: 0, end: 10 }], blocking: true }],
        relaxations: ["the latency target at 40 ms"],
        conflicting: ["latency_ms_p95", "budget_usd_month"],
      },
    });
  const constraints = [
    { field: "latency_ms_p95", value: 5 },
    { field: "budget_usd_month", value: 50 },
  ];

  it("names the contradiction with its words and what may give, and offers no approval", async () => {
    showGate(stuck(), {}, { constraints });
    const told = await screen.findByRole("region", { name: "Contradictions" });
    expect(within(told).getByText("“under 5 ms”")).toBeVisible();
    expect(within(told).getByText("the latency target at 40 ms")).toBeVisible();
    expect(within(told).getByText("Has to be decided")).toBeVisible();
    expect(screen.queryByRole("button", { name: /accept|go on|approve/i })).toBeNull();
  });

  it("takes a changed or dropped requirement", async () => {
    const user = userEvent.setup();
    const { sent } = showGate(stuck(), { "POST approve": (body) => [202, body] }, { constraints });
    const latency = await screen.findByLabelText("Latency ms p95");
    await user.clear(latency);
    await user.type(latency, "40");
    await user.click(screen.getByRole("checkbox", { name: "Drop it: Budget USD a month" }));
    await user.click(screen.getByRole("button", { name: "Send 2 changes" }));
    expect(sent[0]?.body).toMatchObject({ decision: "edit", edits: { constraints: { latency_ms_p95: 40, budget_usd_month: null } } });
  });
});

it("a text that is no brief asks for one and can only be ended here", async () => {
  showGate(gateOf({ outcome: "not_a_brief", decisions: ["respond", "reject"], message: "That is a recipe." }));
  expect(await screen.findByText("The text describes no machine-learning system.")).toBeVisible();
  expect(screen.getByText("That is a recipe.")).toBeVisible();
  expect(screen.getAllByRole("button").map((button) => button.textContent)).toEqual(["Reject…"]);
});

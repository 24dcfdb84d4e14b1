import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Schemas } from "@/shared/api/client";
import { deadlineOf, formOf, spanOf } from "./deadline";
import { ProjectSettings } from "./project-settings";

afterEach(() => vi.unstubAllGlobals());

const POLICY: Schemas["GatePolicy"] = { input: "trips", final: "always", needs: 2, approver_role: "approver", input_deadline: null, final_deadline: null, cost_trip_usd_month: 900 };

/** A server with one project, which keeps what it is sent. */
function show(first: Partial<Schemas["GatePolicy"]> = {}): Schemas["GatePolicy"][] {
  const kept: Schemas["GatePolicy"][] = [];
  let policy = { ...POLICY, ...first };
  const project = () => ({ id: "prj_1", name: "Churn", archived: false, pinned: false, created_at: "2026-11-22T10:00:00Z", gate_policy: policy });
  vi.stubGlobal("fetch", async (request: Request) => {
    if (request.method !== "PATCH") return Response.json({ items: [project()], next_cursor: null });
    policy = ((await request.json()) as { gate_policy: Schemas["GatePolicy"] }).gate_policy;
    kept.push(policy);
    return Response.json(project());
  });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <ProjectSettings />
    </QueryClientProvider>,
  );
  return kept;
}

const approval = () => screen.findByRole("group", { name: "Deadline of the approval" });

describe("the deadline of a gate", () => {
  it("is kept with what happens then, and the rest of the policy stays", async () => {
    const user = userEvent.setup();
    const kept = show();
    const group = await approval();
    expect(within(group).queryByRole("button")).toBeNull();
    await user.selectOptions(within(group).getByLabelText("If nobody approves"), "escalate");
    const after = within(group).getByLabelText("After");
    await user.clear(after);
    expect(within(group).getByRole("button", { name: "Keep the deadline" })).toBeDisabled();
    expect(after).toHaveAccessibleDescription("Type a number above zero.");
    await user.type(after, "36");
    await user.selectOptions(within(group).getByLabelText("After: unit"), "hours");
    await user.type(within(group).getByLabelText("Whom to name"), "platform team");
    await user.click(within(group).getByRole("button", { name: "Keep the deadline" }));
    const deadline = { seconds: 129_600, outcome: "escalate", remind_every_s: 86_400, escalate_to: "platform team" };
    await waitFor(() => expect(kept).toEqual([{ ...POLICY, final_deadline: deadline }]));
    await waitFor(() => expect(screen.queryByRole("button", { name: "Keep the deadline" })).toBeNull());
    expect(within(await approval()).getByLabelText("After")).toHaveValue("36");
  });

  it("can be removed, and left as it was", async () => {
    const user = userEvent.setup();
    const kept = show({ final_deadline: { seconds: 7200, outcome: "reject" } });
    const choice = () => screen.findByLabelText("If nobody approves");
    await user.selectOptions(await choice(), "it keeps waiting");
    await user.click(screen.getByRole("button", { name: "Leave it as it was" }));
    expect(await choice()).toHaveValue("reject");
    await user.selectOptions(await choice(), "it keeps waiting");
    await user.click(screen.getByRole("button", { name: "Remove the deadline" }));
    await waitFor(() => expect(kept).toEqual([POLICY]));
  });
});

it.each([
  [172_800, { text: "2", unit: "days" }],
  [5400, { text: "90", unit: "minutes" }],
  [7200, { text: "2", unit: "hours" }],
  [90, { text: "1.5", unit: "minutes" }],
])("%d seconds are shown in the unit that fits", (seconds, span) => expect(spanOf(seconds)).toEqual(span));

it("goes through the form unchanged", () => {
  const deadline = { seconds: 90, outcome: "remind", remind_every_s: 3600, escalate_to: "" } as const;
  expect(deadlineOf(formOf(deadline))).toEqual(deadline);
  expect(deadlineOf({ ...formOf(deadline), again: { text: "0", unit: "days" } })).toBeUndefined();
});

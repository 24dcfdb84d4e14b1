import { showGate } from "./testing";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { waitingAt } from "@/testing/designs";
import { approving, part, PLAN, READS } from "./testing-approval";

afterEach(() => vi.unstubAllGlobals());

describe("what is shown", () => {
  it("is all that one needs to decide", async () => {
    showGate(approving({ deadline: new Date(Date.now() + 7_200_000).toISOString(), on_deadline: "reject" }), READS);
    expect(await screen.findByText("$1,000 to $2,600")).toBeVisible();
    // As the figure of the whole, and among the alternatives.
    expect(screen.getAllByText("$1,700")[0]).toBeVisible();
    expect(screen.getByText("Target 100 ms")).toBeVisible();
    expect(await screen.findByText("Own keys are missing.")).toBeVisible();
    expect(screen.getByText("1 fail")).toBeVisible();
    expect(screen.getByText(/^2 components/)).toBeVisible();
    expect(screen.getByText(/2 people have to approve, 1 did so far \(Ana\)/)).toBeVisible();
    expect(screen.getByText(/2 h left/)).toHaveTextContent("it is rejected and the run ends");
    expect(screen.getByRole("img", { name: /p95 in ms/ })).toHaveAccessibleName(/B fastest: 2,100 USD a month/);
    expect(within(screen.getByRole("region", { name: "Table of alternatives" })).getByRole("row", { name: /fastest/ })).toHaveTextContent("+$400");
  });

  it("compares with the version before", async () => {
    const before = { ...PLAN, cost: { ...PLAN.cost, expected_usd: 1500 }, components: [part("serve", "lambda", "AWS Lambda"), PLAN.components[1]] };
    const answers = [PLAN, before];
    showGate(approving(), { ...READS, "GET plan": () => [200, answers.shift()] }, { parent_id: "ds_0" });
    const changes = await screen.findByRole("region", { name: "Changes to the version before" });
    expect(await within(changes).findByText("+$200 a month")).toBeVisible();
    expect(within(changes).getByText("AWS Lambda")).toBeVisible();
  });
});

describe("a change", () => {
  it("is tried at once and sent only when wanted", async () => {
    const user = userEvent.setup();
    const { sent } = showGate(approving(), { ...READS, "POST approve": (body) => [202, body] });
    await user.click(await screen.findByText("Change something"));
    await user.selectOptions(await screen.findByLabelText("Exchange a component"), "serve");
    await user.selectOptions(screen.getByLabelText("Filled by"), "eks");
    expect(await screen.findByText("+$400", { selector: "dd span" })).toBeVisible();
    expect(screen.getByText("−18 ms")).toBeVisible();
    expect(screen.getByText("The bill is $2,100.")).toBeVisible();
    expect(sent).toEqual([{ name: "POST what-if", body: { edits: { components: { serve: "eks" }, assumptions: {} } } }]);
    await user.click(screen.getByRole("button", { name: "Send the change" }));
    expect(sent.at(-1)).toMatchObject({ name: "POST approve", body: { decision: "edit", edits: { components: { serve: "eks" } } } });
  });

  it("may be an assumption, or a whole alternative", async () => {
    const user = userEvent.setup();
    const { sent } = showGate(approving(), READS);
    await user.click(await screen.findByRole("button", { name: "Try fastest" }));
    await screen.findByText("+$400", { selector: "dd span" });
    const rate = screen.getByLabelText("An hour of operation (USD)");
    await user.clear(rate);
    await user.type(rate, "120");
    await vi.waitFor(() => expect(sent.at(-1)?.body).toEqual({ edits: { components: { serve: "eks" }, assumptions: { hour_rate: 120 } } }));
    await user.click(screen.getByRole("button", { name: "Leave it as it was" }));
    expect(screen.queryByText("With this change")).toBeNull();
    expect(screen.getByLabelText("An hour of operation (USD)")).toHaveValue("80");
  });

  it("that the server refuses says so at its control", async () => {
    const user = userEvent.setup();
    const refused = { status: 422, detail: "hour_rate: it is too much for this team.", field: "hour_rate", advice: "Nothing was decided." };
    showGate(approving(), { ...READS, "POST approve": [422, refused] });
    await user.click(await screen.findByText("Change something"));
    await user.click(screen.getByText(/^Planning assumptions/));
    const rate = screen.getByLabelText("An hour of operation (USD)");
    await user.clear(rate);
    await user.type(rate, "120");
    await screen.findByText("+$400", { selector: "dd span" });
    await user.click(screen.getByRole("button", { name: "Send the change" }));
    await vi.waitFor(() => expect(rate).toHaveAccessibleDescription("it is too much for this team."));
    expect(rate).toBeInvalid();
  });

  it("that cannot be generated is tried, not sent", async () => {
    const user = userEvent.setup();
    showGate(approving(), READS);
    await user.click(await screen.findByText("Change something"));
    await user.selectOptions(await screen.findByLabelText("Exchange a component"), "serve");
    await user.selectOptions(screen.getByLabelText("Filled by"), "gke");
    await screen.findByText("+$400", { selector: "dd span" });
    expect(screen.getByRole("button", { name: "Send the change" })).toBeDisabled();
  });
});

describe("a waiver", () => {
  const waived = { rule: "house.tf_tags", owner: "user:ada", reason: "Moves in May.", expires: "2027-02-20", resource: "" };

  it("is shown with who, why and until when, also of a rule that only files can break", async () => {
    showGate(approving({ shown: { ...approving().shown, waivers: [waived] } }), READS);
    expect(await screen.findByText("house.tf_tags")).toBeVisible();
    expect(screen.getByText(/Ada accepts it until/)).toHaveTextContent("2027-02-20: Moves in May.");
  });

  it("is withdrawn by an administrator", async () => {
    const user = userEvent.setup();
    const gate = approving({ shown: { ...approving().shown, waivers: [waived] } });
    const { sent } = showGate(gate, { ...READS, "GET me": [200, { actor: "user:ana", roles: ["approver", "editor", "admin"] }], "POST approve": [202, { ...gate, status: "decided" }] });
    await user.click(await screen.findByRole("button", { name: "Withdraw the waiver of house.tf_tags" }));
    expect(sent[0]?.body).toEqual({ gate_id: gate.id, digest: gate.digest, decision: "edit", withdrawn: ["house.tf_tags"] });
    expect(await screen.findByText("Your decision was taken; the run goes on.")).toBeVisible();
  });

  it("is only shown to whoever is no administrator", async () => {
    const gate = approving({ shown: { ...approving().shown, waivers: [waived] } });
    showGate(gate, { ...READS, "GET me": [200, { actor: "user:ana", roles: ["approver", "editor"] }] });
    expect(await screen.findByText("house.tf_tags")).toBeVisible();
    await vi.waitFor(() => expect(screen.queryByRole("button", { name: /Withdraw/ })).toBeNull());
  });

  it("is pointed to where a failing rule stops the design", async () => {
    showGate(approving({ decisions: ["edit", "reject"], outcome: "blocked_by_policy", shown: { ...approving().shown, failing_rules: ["pci.own_keys"] } }), READS);
    expect(await screen.findByText(/An administrator can accept a failing rule/)).toBeVisible();
    expect(screen.getByRole("link", { name: "Policy" })).toHaveAttribute("href", expect.stringContaining("tab=policy"));
  });
});

describe("a decision", () => {
  it("approves with a comment", async () => {
    const user = userEvent.setup();
    const gate = approving();
    const { sent } = showGate(gate, { ...READS, "POST approve": [202, { ...gate, status: "decided" }] });
    await user.click(await screen.findByRole("button", { name: "Add a comment" }));
    await user.type(screen.getByLabelText("Comment"), "Fine");
    await user.click(screen.getByRole("button", { name: "Approve" }));
    expect(sent[0]?.body).toEqual({ gate_id: gate.id, digest: gate.digest, decision: "approve", comment: "Fine" });
    expect(await screen.findByText("Your decision was taken; the run goes on.")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Approve" })).toBeNull();
  });

  it("to reject needs a reason and says what follows", async () => {
    const user = userEvent.setup();
    const { sent } = showGate(approving(), { ...READS, "POST approve": (body) => [202, body] });
    await user.click(await screen.findByRole("button", { name: "Reject…" }));
    expect(screen.getByLabelText("Reason")).toHaveFocus();
    await user.click(screen.getByRole("button", { name: "Reject and plan again" }));
    expect(screen.getByText("Say why, so that others can follow it.")).toBeVisible();
    expect(sent).toEqual([]);
    await user.type(screen.getByLabelText("Reason"), "Too dear");
    await user.click(screen.getByRole("radio", { name: "End here; nothing is generated" }));
    await user.click(screen.getByRole("button", { name: "Reject and end" }));
    expect(sent[0]?.body).toMatchObject({ decision: "reject", comment: "Too dear", revise: false });
  });

  it("that is not offered is absent", async () => {
    showGate(approving({ outcome: "blocked_by_policy", decisions: ["respond", "reject"], trips: ["policy:pci.own_keys"] }), READS);
    expect(await screen.findByText(/A policy forbids this design/)).toBeVisible();
    await screen.findByText(/^2 components/);
    expect(screen.queryByRole("button", { name: "Approve" })).toBeNull();
    expect(screen.queryByText("Change something")).toBeNull();
    expect(screen.queryByRole("button", { name: /^Try / })).toBeNull();
  });

  it("on what has changed since is not taken; the present state is shown first", async () => {
    const user = userEvent.setup();
    const { sent } = showGate(approving(), { ...READS, "POST approve": [412, { detail: "What this gate shows changed since you read it (plan).", changed: "plan", advice: "Nothing was decided." }] });
    await user.click(await screen.findByRole("button", { name: "Approve" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("What you read has changed: Plan.");
    expect(screen.queryByRole("button", { name: "Approve" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Reject…" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Show the present state" }));
    expect(await screen.findByRole("button", { name: "Approve" })).toBeVisible();
    expect(screen.getByRole("heading", { name: "Approve the architecture" })).toHaveFocus();
    expect(sent).toHaveLength(1);
  });

  it("of one who has approved already waits for somebody else's", async () => {
    const needs = { role: "approver" as const, approvals: 2, votes: 1, voters: ["user:ana"] };
    showGate(approving({ needs }), { ...READS, "GET me": [200, { actor: "user:ana", roles: ["viewer", "editor", "approver"] }] });
    expect(await screen.findByText("Your approval is counted; it takes 1 more, from somebody else.")).toBeVisible();
    expect(screen.getByText(/2 people have to approve, 1 did so far \(you\)/)).toBeVisible();
    expect(await screen.findByRole("button", { name: "Reject…" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Approve" })).toBeNull();
  });

  it("that is one of several is counted, and the gate stays where the reader is", async () => {
    const user = userEvent.setup();
    const gate = approving({ needs: { role: "approver" as const, approvals: 2, votes: 0, voters: [] } });
    const voted = { ...gate, needs: { role: "approver" as const, approvals: 2, votes: 1, voters: ["user:ben"] } };
    showGate(gate, { ...READS, "POST approve": [202, voted], "GET me": [200, { actor: "user:ben", roles: ["approver"] }] });
    await user.click(await screen.findByRole("button", { name: "Approve" }));
    expect(await screen.findByText(/Your approval is counted/)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Approve" })).toBeNull();
    expect(screen.getByRole("heading", { name: "Approve the architecture" })).toHaveFocus();
  });

  it("is not offered to those who may only read", async () => {
    showGate(approving(), { ...READS, "GET me": [200, { actor: "user:eve", roles: ["viewer", "editor"] }] });
    expect(await screen.findByText(/somebody with the role approver decides it/)).toBeVisible();
    await screen.findByText(/^2 components/);
    for (const name of ["Approve", "Reject…"]) expect(screen.queryByRole("button", { name })).toBeNull();
    expect(screen.queryByText("Change something")).toBeNull();
  });

  it("without the right says which role has it", async () => {
    const user = userEvent.setup();
    showGate(approving(), { ...READS, "POST approve": [403, { detail: "This needs the role 'approver'.", advice: "Ask an administrator.", role: "approver" }] });
    await user.click(await screen.findByRole("button", { name: "Approve" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("This needs the role 'approver'.");
    expect(screen.getByText(/Somebody with the role/)).toHaveTextContent("approver");
  });
});

describe("the focus", () => {
  it("goes to the heading of a gate that appears", async () => {
    showGate(approving(), READS);
    expect(await screen.findByRole("heading", { name: "Approve the architecture" })).toHaveFocus();
  });

  it("stays with somebody who types", async () => {
    let appear = (): void => undefined;
    const gate = approving();
    const appearing = new Promise<void>((resolve) => (appear = resolve));
    showGate(gate, { ...READS, "GET ds_1": async () => (await appearing, [200, waitingAt(gate)]) });
    const user = userEvent.setup();
    await user.type(screen.getByLabelText("Message"), "I was just");
    appear();
    await screen.findByRole("heading", { name: "Approve the architecture" });
    expect(screen.getByLabelText("Message")).toHaveFocus();
    expect(screen.getAllByRole("status").map((each) => each.textContent)).toContain("Waiting for you: Approve the architecture");
  });
});

describe("red checks", () => {
  const attempts = [
    { payload_sha256: "a", red: ["ruff", "terraform_validate"], findings: [{ check: "ruff", check_id: "F401", severity: "high", path: "src/a.py", line: 3, message: "`os` is not used." }] },
    { payload_sha256: "b", red: ["links"], findings: [] },
  ];

  it("come with what was tried", async () => {
    const user = userEvent.setup();
    showGate(approving({ decisions: ["edit", "reject"], outcome: "blocked_by_checks", trips: ["check:links"], shown: { ...approving().shown, attempts } }), READS);
    const tried = within(await screen.findByRole("region", { name: "What was tried" }));
    expect(tried.getByText("Attempt 2 of 2, red: Links")).toBeVisible();
    expect(tried.getByText("No place in a file was named.")).toBeVisible();
    expect(tried.getByText("src/a.py:3")).not.toBeVisible();
    await user.click(tried.getByText("Attempt 1 of 2, red: Ruff, Terraform validate"));
    expect(tried.getByText("src/a.py:3")).toBeVisible();
    expect(tried.getByText("`os` is not used.")).toBeVisible();
  });
});

import { show, stored } from "../testing";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { speakWithShareToken } from "@/shared/api/fetching";
import { Toasts } from "@/shared/ui/toasts";
import { designOf } from "@/testing/designs";
import { PolicyTab } from "./policy-tab";

vi.mock("next/navigation", async () => (await import("@/testing/address-bar")).navigation);
beforeEach(() => window.history.replaceState(null, "", "/runs/?id=ds_1"));
afterEach(() => vi.unstubAllGlobals());

const result = (rule: string, outcome: string, given: object = {}) => ({ rule, pack: "pci_dss", outcome, control: "PCI 3.5", message: `${rule} says.`, evidence: "seen", ...given });
const POLICY = {
  results: [
    result("pci.keys", "fail", { fix: "Use own keys.", resource: "aws_s3_bucket.this", file: "infra/main.tf", line: 7 }),
    result("pci.logs", "warn", { waiver: { owner: "Ada", reason: "replaced soon", expires: "2027-01-01" } }),
    result("pci.fine", "pass"),
  ],
  findings: [{ code: "cost.over", severity: "error", message: "Over the budget.", evidence: "", fix: "Fewer logs.", blocking: true }],
};

describe("policy", () => {
  it("shows what fails with its place, its waiver and what the critics say", async () => {
    const user = userEvent.setup();
    show(<PolicyTab design={designOf()} />, { "/policy": POLICY });
    expect(await screen.findByText("pci.keys says.")).toBeVisible();
    expect(screen.getByText("Use own keys.")).toBeVisible();
    expect(screen.getByText(/Ada accepts it until/)).toHaveTextContent("2027-01-01: replaced soon");
    expect(screen.getByText("Over the budget.")).toBeVisible();
    expect(screen.queryByText("pci.fine says.")).toBeNull();
    await user.click(screen.getByRole("button", { name: "Show 1 that passes or does not apply" }));
    expect(screen.getByText("pci.fine says.")).toBeVisible();
    await user.click(screen.getByRole("link", { name: "infra/main.tf:7" }));
    expect(window.location.search).toBe("?id=ds_1&tab=repository&file=infra%2Fmain.tf&line=7");
  });

  it("waits for the rules where there is a plan already", async () => {
    show(<PolicyTab design={designOf()} />);
    expect(await screen.findByText("No policy results yet")).toBeVisible();
  });
});

const gate = (given: object = {}) => ({
  id: "gate_1",
  kind: "final" as const,
  status: "waiting",
  digest: "d1",
  title: "Approve",
  message: "",
  decisions: ["edit" as const, "reject" as const],
  questions: [],
  trips: [],
  deadline: null,
  on_deadline: null,
  needs: { role: "approver" as const, approvals: 1, votes: 0 },
  shown: { failing_rules: ["pci.keys"] },
  outcome: "blocked_by_policy",
  waiting_since: "2026-11-22T10:00:00Z",
  ...given,
});

const waiting = (given: object = {}) => designOf({ status: "waiting", gate: gate(given) });
const refuse = (status: number, facts: object) => () => new Response(JSON.stringify({ detail: "Refused.", ...facts }), { status, headers: { "content-type": "application/problem+json" } });
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function opened(answers: Record<string, unknown> = {}, given: object = {}) {
  const user = userEvent.setup();
  const { asked } = show(<Toasts><PolicyTab design={waiting(given)} /></Toasts>, { "/policy": POLICY, ...answers });
  await user.click(await screen.findByRole("button", { name: "Waive… pci.keys" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Waive a failing rule" }));
  return { user, dialog, sent: () => asked.filter(({ address }) => address.startsWith("POST")) };
}

describe("waiving a failing rule", () => {
  afterEach(() => speakWithShareToken(null));

  it("takes a reason and a day, ninety days ahead unless said otherwise", async () => {
    const { user, dialog, sent } = await opened({ "/approve": gate({ status: "decided" }) });
    expect(dialog.getByLabelText("Holds until")).toHaveValue(inDays(90));
    await user.click(dialog.getByRole("button", { name: "Waive the rule" }));
    expect(dialog.getByLabelText("Reason")).toBeInvalid();
    expect(sent()).toEqual([]);
    await user.type(dialog.getByLabelText("Reason"), " Moves in May. ");
    await user.click(dialog.getByRole("button", { name: "Waive the rule" }));
    expect(await screen.findByText(/pci.keys is waived until/)).toBeVisible();
    expect(sent()).toEqual([
      {
        address: "POST /api/decision-sets/ds_1/approve",
        body: { gate_id: "gate_1", digest: "d1", decision: "edit", waivers: [{ rule: "pci.keys", reason: "Moves in May.", expires: inDays(90) }] },
      },
    ]);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("shows at its control what the server refuses", async () => {
    const { user, dialog } = await opened({ "/approve": refuse(422, { detail: "The last day is near.", field: "waivers.0.expires" }) });
    await user.type(dialog.getByLabelText("Reason"), "r");
    await user.click(dialog.getByRole("button", { name: "Waive the rule" }));
    expect(await dialog.findByText("The last day is near.")).toBeVisible();
    expect(dialog.getByLabelText("Holds until")).toHaveAccessibleDescription("The last day is near.");
  });

  it("says which role it takes to whoever may not", async () => {
    const { user, dialog } = await opened({ "/approve": refuse(403, { detail: "Only somebody with the role 'admin' may waive a failing rule.", role: "admin" }) });
    await user.type(dialog.getByLabelText("Reason"), "r");
    await user.click(dialog.getByRole("button", { name: "Waive the rule" }));
    expect(await dialog.findByText(/Only somebody with the role 'admin' may/)).toBeVisible();
    expect(dialog.getByText("admin", { selector: "strong" })).toBeVisible();
  });

  it.each([
    ["while nothing waits", () => designOf()],
    ["for rules that do not fail at the gate", () => waiting({ shown: { failing_rules: [] } })],
    ["where the gate takes no edit", () => waiting({ decisions: ["reject"] })],
  ])("is not offered %s", async (_when, design) => {
    show(<PolicyTab design={design()} />, { "/policy": POLICY });
    expect(await screen.findByText("pci.keys says.")).toBeVisible();
    expect(screen.queryByRole("button", { name: /Waive/ })).toBeNull();
  });

  it("is not offered to those who are no administrators", async () => {
    show(<PolicyTab design={waiting()} />, { "/policy": POLICY, "/me": { actor: "user:ana", roles: ["viewer", "editor", "approver"] } });
    expect(await screen.findByText("pci.keys says.")).toBeVisible();
    await waitFor(() => expect(screen.queryByRole("button", { name: /Waive/ })).toBeNull());
  });

  it("is not offered to those who only look", async () => {
    speakWithShareToken("share_1");
    show(<PolicyTab design={waiting()} />, { "/policy": POLICY });
    expect(await screen.findByText("pci.keys says.")).toBeVisible();
    expect(screen.queryByRole("button", { name: /Waive/ })).toBeNull();
  });
});

describe("rules on the generated files", () => {
  const finding = (given: object) => ({ check_id: "pci.keys", severity: "high", path: "infra/main.tf", line: 7, message: "No own key.", suppressed: false, reason: "", ...given });
  const checks = [{ check: "policy", status: "fail", reason: "", findings: [finding({ path: "infra/kept.tf", suppressed: true, reason: "Ada accepts it until 2027-01-01: soon" }), finding({})] }];

  it("lead to the exact line, say who accepts what, and can be waived", async () => {
    const user = userEvent.setup();
    show(<PolicyTab design={waiting()} />, { "/policy": { results: [], findings: [] }, ...stored({ "checks.json": checks }) });
    const part = within(await screen.findByRole("region", { name: "In the generated files" }));
    expect(part.getByText("Ada accepts it until 2027-01-01: soon")).toBeVisible();
    expect(part.getAllByRole("button", { name: "Waive… pci.keys" })).toHaveLength(1);
    await user.click(part.getByRole("link", { name: "infra/main.tf:7" }));
    expect(window.location.search).toBe("?id=ds_1&tab=repository&file=infra%2Fmain.tf&line=7");
  });

  it("are checked again where they were waived since", async () => {
    const design = waiting({ decisions: ["approve", "edit"], shown: { failing_rules: [], waivers: [{ rule: "pci.keys" }] } });
    show(<PolicyTab design={design} />, { "/policy": { results: [], findings: [] }, ...stored({ "checks.json": checks }) });
    const part = within(await screen.findByRole("region", { name: "In the generated files" }));
    expect(part.getByText("It is checked again when the repository is written anew.")).toBeVisible();
    expect(part.getByText("Waived")).toBeVisible();
    expect(part.queryByText("Failed")).toBeNull();
    expect(part.queryByRole("button", { name: /Waive/ })).toBeNull();
  });
});

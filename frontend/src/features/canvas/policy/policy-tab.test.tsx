import { show } from "../testing";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
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

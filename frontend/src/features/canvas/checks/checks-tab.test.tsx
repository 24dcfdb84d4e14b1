import { show, stored } from "../testing";
import { screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { emptyStory, type Story } from "@/features/story/story";
import { ChecksTab } from "./checks-tab";

vi.mock("next/navigation", async () => (await import("@/testing/address-bar")).navigation);
afterEach(() => vi.unstubAllGlobals());

const KEPT = [
  { check: "pytest", status: "pass", reason: "230 passed.", tool_version: "9.2.0", seconds: 67, findings: [] },
  { check: "tflint", status: "skipped", reason: "tflint is not installed.", findings: [] },
  {
    check: "checkov",
    status: "fail",
    reason: "1 finding.",
    tool_version: "3.2",
    seconds: 4,
    findings: [
      { check_id: "CKV_1", severity: "high", path: "infra/main.tf", line: 3, message: "No key.", suppressed: false, reason: "" },
      { check_id: "CKV_2", severity: "low", path: "infra/main.tf", line: null, message: "No tags.", suppressed: true, reason: "tags come from the provider" },
    ],
  },
];

describe("checks", () => {
  it("show every place, what was suppressed and why, and why one was skipped", async () => {
    show(<ChecksTab id="ds_1" story={emptyStory} />, stored({ "checks.json": KEPT }));
    const list = await screen.findByRole("list", { name: "Checks" });
    const names = [...list.children].map((each) => each.querySelector(".font-medium:not([class*=rounded])")?.textContent);
    expect(names).toEqual(["Checkov", "Tflint", "Pytest"]);
    expect(within(list).getByRole("link", { name: "infra/main.tf:3" })).toBeVisible();
    expect(within(list).getByText(/tags come from the provider/)).toBeInTheDocument();
    expect(within(list).getByText("tflint is not installed.")).toBeVisible();
    expect(within(list).getByText("Skipped")).toBeVisible();
    expect(within(list).getByText("9.2.0 · 1:07")).toBeVisible();
  });

  it("come as they are told while they run", async () => {
    const story: Story = {
      ...emptyStory,
      steps: { validators: { state: "running", startedAt: null, seconds: null, visits: 1, note: "" } },
      checks: [{ check: "ruff", status: "warn", reason: "2 findings" }],
    };
    show(<ChecksTab id="ds_1" story={story} />, stored({ "checks.json": KEPT }));
    expect(await screen.findByText("2 findings")).toBeVisible();
    expect(screen.getByText("Checks are still running.")).toBeVisible();
    expect(screen.queryByText("Pytest")).toBeNull();
  });

  it("say when they will come", async () => {
    show(<ChecksTab id="ds_1" story={emptyStory} />, stored({}));
    expect(await screen.findByText("No checks yet")).toBeVisible();
  });

  it("say so when what is stored cannot be read", async () => {
    show(<ChecksTab id="ds_1" story={emptyStory} />, stored({ "checks.json": "no json" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("checks.json");
  });
});

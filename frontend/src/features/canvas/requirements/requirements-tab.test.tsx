import { show, stored } from "../testing";
import { screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { designOf } from "@/testing/designs";
import { RequirementsTab } from "./requirements-tab";

vi.mock("next/navigation", async () => (await import("@/testing/address-bar")).navigation);
afterEach(() => vi.unstubAllGlobals());

const row = (requirement: string, status: string, gap = "") => ({
  requirement,
  value: "100",
  source: "stated",
  quote: "within 100 ms",
  decisions: ["docs/adr/0008-serve-fargate.md"],
  files: ["a.tf", "b.tf", "c.tf", "d.tf"],
  resources: ["aws_lb.this"],
  checks: ["pytest"],
  status,
  gap,
});

describe("requirements", () => {
  it("lead from words to decision, file and check, what is open first", async () => {
    const matrix = { rows: [row("latency_ms_p95", "proven"), row("region", "open", "Nothing answers it.")], coverage_pct: 76.2, stated_coverage_pct: 100 };
    show(<RequirementsTab design={designOf()} />, stored({ "matrix.json": matrix }));
    const [open, proven] = (await screen.findAllByRole("row")).slice(1) as [HTMLElement, HTMLElement];
    expect(open).toHaveTextContent("Nothing answers it.");
    expect(within(proven).getByText("Proven")).toBeVisible();
    expect(within(proven).getByRole("link", { name: "0008 serve fargate" })).toBeVisible();
    expect(within(proven).getByRole("button", { name: "1 more" })).toBeVisible();
    expect(screen.getByText(/76.2 % proven/)).toBeVisible();
  });

  it("show their words before there is a repository", async () => {
    const constraints = [{ field: "region", value: "us-east-1", source: "default", confidence: 1, quote: null, reason: "the usual one" }, { field: "latency_ms_p95", value: 100, source: "stated", confidence: 1, quote: { text: "100ms" }, reason: "" }];
    show(<RequirementsTab design={designOf({ constraints })} />, stored({}));
    const rows = (await screen.findAllByRole("row")).slice(1);
    expect(rows.map((each) => each.textContent)).toEqual([expect.stringContaining("100ms"), expect.stringContaining("the usual one")]);
  });
});

import { json, open, serve } from "../repository/fake-server";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Schemas } from "@/shared/api/client";
import { ReadOnly } from "@/shared/lib/read-only";
import { VersionsTab } from "./versions-tab";

const version = (number: number, more: object = {}) => ({
  id: `ds_${number}`, version: number, parent_id: number > 1 ? `ds_${number - 1}` : null, forked_from: null, status: "done",
  summary: { monthly_usd: number * 100 }, title: `Design ${number}`, project_id: "p_1", line_id: "ds_1", archived: false,
  created_at: "2026-11-22T10:00:00Z", updated_at: "2026-11-22T10:00:00Z", ...more,
});

const shape = (title: string, size: object, usd: number | null) => ({ option: title.toLowerCase(), title, size, monthly_usd: usd });

const DIFF = {
  plan: {
    changed: true,
    requirements: [{ field: "monthly_budget_usd", before: 800, after: 400 }],
    assumptions: [],
    components: [{ slot: "serve", kind: "replaced", before: shape("Fargate", { tasks: 2 }, 90), after: shape("Lambda", {}, null) }],
    cost: { before: 300, after: 200, delta: -100, lines: [{ slot: "serve", option: "fargate", item: "Two tasks", before: 90, after: null }] },
    latency: { before: 80, after: 120, delta: 40 },
    availability: { before: 99.9, after: 99.9, delta: 0 },
    ops_hours_month: { before: 4, after: 3, delta: -1 },
    policies: [{ rule: "budget.limit", message: "Within the budget", before: "warn", after: "pass" }],
  },
  code: {
    added: ["new.py"], removed: [], changed: ["infra/main.tf"], unchanged: 290,
    files: [
      { path: "infra/main.tf", kind: "changed", added_lines: 1, removed_lines: 1, truncated: true, diff: "--- a/infra/main.tf\n+++ b/infra/main.tf\n@@ -7,2 +7,2 @@\n same\n-count = 2\n+count = 1\n" },
      { path: "new.py", kind: "added", added_lines: 12, removed_lines: 0, truncated: false, diff: "" },
    ],
  },
};

const design = { id: "ds_3", project_id: "p_1", line_id: "ds_1" } as Schemas["DecisionSetRead"];
const LIST = "GET /api/decision-sets";

function server(more: Record<string, () => Response> = {}) {
  return serve({
    [LIST]: () => json({ items: [version(3, { status: "running", summary: {} }), version(2), version(1)], next_cursor: null }),
    "GET /api/decision-sets/ds_2/diff?against=ds_1": () => json(DIFF),
    ...more,
  });
}

afterEach(() => vi.unstubAllGlobals());

describe("VersionsTab", () => {
  it("lists the versions of the project with what became of them", async () => {
    const log = server();
    open(<VersionsTab design={design} />);
    const items = within(await screen.findByRole("list", { name: "Versions" })).getAllByRole("listitem");
    expect(items.map((item) => item.textContent)).toEqual([
      expect.stringMatching(/Version 3Workingopen here.*Follows version 2 · no cost yet/),
      expect.stringMatching(/Version 2Done.*Follows version 1 · \$200 a month/),
      expect.stringMatching(/Version 1Done.*First version · \$100 a month/),
    ]);
    expect(log[0]?.path).toContain("line_id=ds_1");
  });

  it("compares the two likeliest in words and tables", async () => {
    server();
    open(<VersionsTab design={design} />);
    expect(await screen.findByText("It costs $200 instead of $300 a month: −$100.")).toBeInTheDocument();
    expect(screen.getByText("Files: 1 added, 1 changed, 290 the same.")).toBeInTheDocument();
    expect(within(screen.getByRole("region", { name: "Requirements" })).getByText("400")).toBeInTheDocument();
    expect(screen.getByRole("row", { name: /Serve replaced Fargate.*Lambda ?price unknown/ })).toBeInTheDocument();
    expect(screen.getByRole("row", { name: /Two tasks \$90 not there −\$90/ })).toBeInTheDocument();
    expect(screen.getByRole("row", { name: /Within the budget warn pass/ })).toBeInTheDocument();
  });

  it("unfolds what changed in a file, with signs and numbers, and says where it is cut", async () => {
    server();
    open(<VersionsTab design={design} />);
    await userEvent.click(await screen.findByRole("button", { name: /infra\/main\.tf changed/ }));
    expect(screen.getByRole("row", { name: /^8 removed count = 2$/ })).toBeInTheDocument();
    expect(screen.getByRole("row", { name: /^8 added count = 1$/ })).toBeInTheDocument();
    expect(screen.getByText(/The comparison is cut here/)).toBeInTheDocument();
  });

  it("compares any two, and turns them round rather than one with itself", async () => {
    const log = server();
    open(<VersionsTab design={design} />);
    const from = await screen.findByRole("combobox", { name: "From" });
    expect(within(from).getAllByRole("option")).toHaveLength(2);
    await userEvent.selectOptions(from, "ds_2");
    expect(screen.getByRole("combobox", { name: "To" })).toHaveValue("ds_1");
    expect(log.some(({ path }) => path === "/api/decision-sets/ds_1/diff?against=ds_2")).toBe(true);
  });

  it("asks before it restores, and then goes to the new version", async () => {
    const log = server({
      "POST /api/decision-sets/ds_1/restore": () => json({ decision_set_id: "ds_4", run_id: "run_4", thread_id: "t", job_id: null, status: "done" }, 201),
    });
    const push = vi.fn();
    open(<VersionsTab design={design} />, push);
    expect(await screen.findByRole("list", { name: "Versions" })).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Restore version 2" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Restore version 1" }));
    const dialog = await screen.findByRole("dialog", { name: "Restore version 1?" });
    expect(dialog).toHaveTextContent("Nothing is lost");
    expect(log.some(({ method }) => method === "POST")).toBe(false);
    await userEvent.click(within(dialog).getByRole("button", { name: "Restore version 1" }));
    await vi.waitFor(() => expect(push).toHaveBeenCalledWith("/runs/?id=ds_4&tab=versions"));
    expect(log.find(({ method }) => method === "POST")?.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f-]{35}$/);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("tells why a version cannot be restored, and sends the same key when it is tried again", async () => {
    const log = server({
      "POST /api/decision-sets/ds_1/restore": () => json({ detail: "Version 1 is the newest finished one already.", advice: "Nothing was stored." }, 409),
    });
    open(<VersionsTab design={design} />);
    await userEvent.click(await screen.findByRole("button", { name: "Restore version 1" }));
    const dialog = await screen.findByRole("dialog");
    const confirm = within(dialog).getByRole("button", { name: "Restore version 1" });
    await userEvent.click(confirm);
    expect(await within(dialog).findByRole("alert")).toHaveTextContent("Nothing was stored.");
    await userEvent.click(confirm);
    await vi.waitFor(() => expect(log.filter(({ method }) => method === "POST")).toHaveLength(2));
    const keys = log.filter(({ method }) => method === "POST").map(({ headers }) => headers.get("Idempotency-Key"));
    expect(keys[0]).toBe(keys[1]);
  });

  it("through a link asks for no other version than the one before, and restores nothing", async () => {
    const log = server();
    open(
      <ReadOnly value>
        <VersionsTab design={{ ...design, id: "ds_2", parent_id: "ds_1", status: "done" }} />
      </ReadOnly>,
    );
    expect(await screen.findByText("It costs $200 instead of $300 a month: −$100.")).toBeInTheDocument();
    expect(log.map(({ path }) => path)).toEqual(["/api/decision-sets/ds_2/diff?against=ds_1"]);
    expect(screen.queryByRole("button", { name: /Restore|Compare|Turn round/ })).toBeNull();
    expect(screen.queryByRole("combobox")).toBeNull();
    expect(screen.queryByRole("link", { name: /^Version/ })).toBeNull();
  });

  it("has nothing to compare with one finished version", async () => {
    server({ [LIST]: () => json({ items: [version(1)], next_cursor: null }) });
    open(<VersionsTab design={{ ...design, id: "ds_1" }} />);
    expect(await screen.findByText("Nothing to compare yet")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: /Restore/ })).toBeNull();
  });
});

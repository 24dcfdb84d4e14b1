import { costOf, lineOf, planOf, show } from "../testing";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Schemas } from "@/shared/api/client";
import { ReadOnly } from "@/shared/lib/read-only";
import { designOf, type Design } from "@/testing/designs";
import { CostTab } from "./cost-tab";

// The chart is fetched when it is first shown; a test does not measure that.
beforeAll(() => import("./cost-chart"));
afterEach(() => vi.unstubAllGlobals());

const COST = costOf([lineOf("store", 12), lineOf("serve", null)], {
  warnings: ["The prices are old."],
  savings: [{ title: "A savings plan", slot: "serve", monthly_usd: 50, share: 0.5, condition: "commit for a year", source: "AWS", source_date: null }],
});
const FIGURE = { name: "utilisation", value: 0.6, usual: 0.6, unit: "share", text: "Utilisation", source: "Survey.", low: 0.1, high: 1, slots: [] };
const ANSWERS = {
  "/cost": COST,
  "/plan": planOf({ figures: [FIGURE] }),
  "/what-if": ({ edits }: { edits: { assumptions: { utilisation: number } } }) => ({
    cost: { ...COST, expected_usd: 1000 / edits.assumptions.utilisation },
    monthly_usd_delta: 281,
    also_changed: ["store"],
    broken: [{ field: "budget_usd_month", message: "The bill is $2,000." }],
    policies: [],
  }),
  "/approve": {},
};
const GATE = { id: "gate_1", digest: "d1", kind: "final", decisions: ["approve", "edit", "reject"] } as Schemas["GateRead"];

describe("cost", () => {
  it("marks unknown prices, names dates and ideas, and shows sources on demand", async () => {
    const user = userEvent.setup();
    show(<CostTab design={designOf()} />, ANSWERS);
    const table = await screen.findByRole("table");
    expect(within(within(table).getByRole("row", { name: /serve hours/ })).getAllByText("unknown")).toHaveLength(2);
    expect(screen.getByText("1 price unknown, not in the totals")).toBeVisible();
    expect(screen.getByText("2026-11-01")).toBeVisible();
    expect(screen.getByText(/The prices are old/)).toBeVisible();
    expect(screen.getByText("A savings plan")).toBeVisible();
    expect(screen.queryByText(/Price list/)).toBeNull();
    await user.click(screen.getByRole("button", { name: "Show sources" }));
    // In a column of its own, and below its item where there is no room for columns.
    for (const line of ["store hours", "serve hours"]) {
      expect(within(within(table).getByRole("row", { name: new RegExp(line) })).getAllByText(/Price list, 2026-10-01/)).toHaveLength(2);
    }
  });

  it("tries another assumption at once, and forgets it again", async () => {
    const user = userEvent.setup();
    const { asked } = show(<CostTab design={designOf({ status: "waiting", gate: GATE })} />, ANSWERS);
    const input = await screen.findByRole("textbox", { name: /Utilisation/ });
    await user.clear(input);
    await user.type(input, "0.5");
    expect(await screen.findByText("$2,000", { selector: "output" })).toBeVisible();
    expect(screen.getByText(/Also changes: Store/)).toBeVisible();
    expect(screen.getByText(/Not kept: The bill is/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Reset Utilisation" }));
    expect(input).toHaveValue("0.6");
    expect(screen.queryByText("$2,000", { selector: "output" })).toBeNull();
    expect(asked.filter(({ address }) => address.endsWith("/approve"))).toEqual([]);
  });

  it("plans with the value only when that is asked for", async () => {
    const user = userEvent.setup();
    const { asked } = show(<CostTab design={designOf({ status: "waiting", gate: GATE })} />, ANSWERS);
    const input = await screen.findByRole("textbox", { name: /Utilisation/ });
    await user.clear(input);
    await user.type(input, "0.5");
    await user.click(screen.getByRole("button", { name: "Plan with this value" }));
    const decision = { gate_id: "gate_1", digest: "d1", decision: "edit", edits: { assumptions: { utilisation: 0.5 } } };
    await waitFor(() => expect(asked.find(({ address }) => address.endsWith("/approve"))?.body).toEqual(decision));
  });

  it("says what is wrong with a value instead of trying it", async () => {
    const user = userEvent.setup();
    const { asked } = show(<CostTab design={designOf({ status: "waiting", gate: GATE })} />, ANSWERS);
    const input = await screen.findByRole("textbox", { name: /Utilisation/ });
    await user.clear(input);
    await user.type(input, "7");
    expect(input).toHaveAccessibleDescription("From 0.1 to 1.");
    expect(screen.getByRole("button", { name: /Plan with/ })).toBeDisabled();
    await user.clear(input);
    await user.type(input, "0.5");
    await screen.findByText("$2,000", { selector: "output" });
    const tried = asked.filter(({ address }) => address.endsWith("/what-if"));
    expect(tried.map(({ body }) => body)).toEqual([{ edits: { assumptions: { utilisation: 0.5 } } }]);
  });

  it("can only be read where no gate waits", async () => {
    show(<CostTab design={designOf()} />, ANSWERS);
    expect(await screen.findByRole("textbox", { name: /Utilisation/ })).toHaveAttribute("readonly");
  });

  it("can only be read through a link, even while a gate waits", async () => {
    show(
      <ReadOnly value>
        <CostTab design={designOf({ status: "waiting", gate: GATE })} />
      </ReadOnly>,
      ANSWERS,
    );
    expect(await screen.findByRole("textbox", { name: /Utilisation/ })).toHaveAttribute("readonly");
    expect(screen.queryByText(/They can be changed/)).toBeNull();
  });

  it("keeps what was typed while something else is looked at, and forgets it on reset", async () => {
    const user = userEvent.setup();
    show(<Away design={designOf({ status: "waiting", gate: GATE })} />, ANSWERS);
    const input = await screen.findByRole("textbox", { name: /Utilisation/ });
    await user.clear(input);
    await user.type(input, "0.5");
    await user.click(screen.getByRole("button", { name: "Elsewhere" }));
    expect(screen.queryByRole("textbox")).toBeNull();
    await user.click(screen.getByRole("button", { name: "Back" }));
    expect(await screen.findByRole("textbox", { name: /Utilisation/ })).toHaveValue("0.5");
    expect(await screen.findByText("$2,000", { selector: "output" })).toBeVisible();
    expect(screen.getByText("One value typed here, not in the plan yet.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Reset all" }));
    await user.click(screen.getByRole("button", { name: "Elsewhere" }));
    await user.click(screen.getByRole("button", { name: "Back" }));
    expect(await screen.findByRole("textbox", { name: /Utilisation/ })).toHaveValue("0.6");
  });

  it("does not carry what was typed to another plan", async () => {
    const user = userEvent.setup();
    show(<Away design={designOf({ status: "waiting", gate: GATE })} next={designOf({ status: "waiting", gate: GATE, plan_sha256: "ef" })} />, ANSWERS);
    const input = await screen.findByRole("textbox", { name: /Utilisation/ });
    await user.clear(input);
    await user.type(input, "0.5");
    await user.click(screen.getByRole("button", { name: "Elsewhere" }));
    await user.click(screen.getByRole("button", { name: "Back" }));
    expect(await screen.findByRole("textbox", { name: /Utilisation/ })).toHaveValue("0.6");
  });
});

/** The tab, and somewhere else to go; afterwards there may be a next plan. */
function Away({ design, next = design }: { design: Design; next?: Design }) {
  const [visits, setVisits] = useState(1);
  const [here, setHere] = useState(true);
  if (here) {
    return (
      <>
        <button type="button" onClick={() => setHere(false)}>
          Elsewhere
        </button>
        <CostTab design={visits > 1 ? next : design} />
      </>
    );
  }
  return (
    <button
      type="button"
      onClick={() => {
        setVisits(visits + 1);
        setHere(true);
      }}
    >
      Back
    </button>
  );
}

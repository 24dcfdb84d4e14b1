import { lineOf } from "../testing";
import { describe, expect, it } from "vitest";
import { costGroups, quantityOf, unitPrice } from "./cost-groups";

describe("bill by slot", () => {
  it("sums what is known, the most expensive first", () => {
    const groups = costGroups([lineOf("store", 2), lineOf("serve", 30), lineOf("store", 0.5)]);
    expect(groups.map(({ slot, monthly }) => [slot, monthly])).toEqual([["serve", 30], ["store", 2.5]]);
  });

  it("counts unknown prices and never takes them for 0", () => {
    const groups = costGroups([lineOf("store", 2), lineOf("store", null), lineOf("observe", null)]);
    expect(groups.map(({ slot, monthly, unknown }) => [slot, monthly, unknown])).toEqual([["store", 2, 1], ["observe", null, 1]]);
  });

  it("has no groups without lines", () => {
    expect(costGroups([])).toEqual([]);
  });

  it.each([
    [730, "hour", "730 hours"],
    [1, "vCPU-hour", "1 vCPU-hour"],
    [24.8, "GB", "24.8 GB"],
    [0.00123, "GB", "0.00123 GB"],
    [0.02, "1M events", "20,000 events"],
    [3, "10k requests", "30,000 requests"],
    [0, "user-month", "0 user-months"],
  ])("says %d of %s as people do", (quantity, unit, said) => {
    expect(quantityOf({ ...lineOf("store", 2), quantity, unit })).toBe(said);
  });

  it("shows unit prices with the digits they need", () => {
    expect([0.0000166667, 0.023, 1, null].map(unitPrice)).toEqual(["$0.0000166667", "$0.023", "$1", "unknown"]);
  });
});

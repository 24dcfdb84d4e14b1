import { describe, expect, it } from "vitest";
import { folded, moved, readSizes, stepped, type PaneRule } from "./pane-sizes";

const RULES: PaneRule[] = [
  { size: 20, least: 200, collapsible: true },
  { size: 40, least: 320 },
  { size: 40, least: 320, collapsible: true },
];
const SIZES = [20, 40, 40];
const WIDTH = 1600;

describe("moved", () => {
  it("gives one pane what it takes from its neighbour", () => {
    expect(moved(SIZES, RULES, 0, 160, WIDTH)).toEqual([30, 30, 40]);
    expect(moved(SIZES, RULES, 1, -160, WIDTH)).toEqual([20, 30, 50]);
  });

  it("stops where a pane would be too narrow to be of use", () => {
    expect(moved(SIZES, RULES, 0, 900, WIDTH)).toEqual([40, 20, 40]);
    expect(moved(SIZES, RULES, 0, -130, WIDTH)).toEqual([12.5, 47.5, 40]);
  });

  it("folds a collapsible pane away when it is pushed below half of that, on either side", () => {
    expect(moved(SIZES, RULES, 0, -300, WIDTH)).toEqual([0, 60, 40]);
    expect(moved(SIZES, RULES, 1, 600, WIDTH)).toEqual([20, 80, 0]);
  });

  it("brings a folded pane back at its least width", () => {
    expect(moved([0, 60, 40], RULES, 0, 150, WIDTH)).toEqual([12.5, 47.5, 40]);
  });

  it("changes nothing while nothing has been laid out", () => {
    expect(moved(SIZES, RULES, 0, 100, 0)).toEqual(SIZES);
  });
});

describe("stepped", () => {
  it("unfolds by one step in the direction of the fold, and never folds by one", () => {
    expect(stepped([0, 60, 40], RULES, 0, 32, WIDTH)).toEqual([12.5, 47.5, 40]);
    expect(stepped([20, 80, 0], RULES, 1, -32, WIDTH)).toEqual([20, 60, 20]);
    expect(stepped([0, 60, 40], RULES, 0, -32, WIDTH)).toEqual([0, 60, 40]);
    expect(stepped([12.5, 47.5, 40], RULES, 0, -32, WIDTH)).toEqual([12.5, 47.5, 40]);
  });

  it("goes to either end", () => {
    expect(stepped(SIZES, RULES, 1, -Infinity, WIDTH)).toEqual([20, 20, 60]);
    expect(stepped(SIZES, RULES, 1, Infinity, WIDTH)).toEqual([20, 80, 0]);
  });
});

describe("folded", () => {
  it("folds and brings back", () => {
    expect(folded(SIZES, RULES, 0)).toEqual([0, 60, 40]);
    expect(folded([0, 60, 40], RULES, 0)).toEqual(SIZES);
    expect(folded(SIZES, RULES, 1)).toEqual([20, 80, 0]);
  });
});

describe("readSizes", () => {
  it("takes what it kept", () => {
    expect(readSizes("0,60,40", RULES)).toEqual([0, 60, 40]);
  });

  it.each([null, "", "20,80", "20,0,80", "a,b,c", "20,20,20", "-10,70,40"])("does not take %j", (kept) => {
    expect(readSizes(kept, RULES)).toBeNull();
  });
});

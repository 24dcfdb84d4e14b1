import { describe, expect, it } from "vitest";
import { isRestorable, likelyPair, originOf, type Version } from "./lineage";

const version = (number: number, more: Partial<Version> = {}): Version => ({
  id: `ds_${number}`, version: number, parent_id: number > 1 ? `ds_${number - 1}` : null, forked_from: null, status: "done",
  summary: {}, title: `Design ${number}`, project_id: "p", line_id: "ds_1", project_name: "P", run_id: `run_${number}`, pinned: false,
  archived: false, created_by: "me", created_at: "2026-11-22T10:00:00Z", updated_at: "2026-11-22T10:00:00Z", ...more,
});

describe("likelyPair", () => {
  it("compares the present version with the one it follows", () =>
    expect(likelyPair("ds_3", [version(3, { parent_id: "ds_1" }), version(2), version(1)])).toEqual({ from: "ds_1", to: "ds_3" }));

  it("takes the newest finished ones while the present one runs", () =>
    expect(likelyPair("ds_3", [version(3, { status: "running" }), version(2), version(1)])).toEqual({ from: "ds_1", to: "ds_2" }));

  it("has nothing to compare with one finished version", () =>
    expect(likelyPair("ds_2", [version(2, { status: "failed" }), version(1)])).toBeNull());
});

describe("originOf", () => {
  const all = [version(1), version(2)];
  it.each([
    [version(1), "First version"],
    [version(2), "Follows version 1"],
    [version(3, { parent_id: "ds_2", summary: { restored_version: 1 } }), "Version 1, restored"],
    [version(3, { parent_id: null, forked_from: "ds_2" }), "Forked from version 2"],
    [version(3, { parent_id: null, forked_from: "elsewhere" }), "Forked from another design"],
    [version(4, { parent_id: null }), "Begins a line of its own"],
  ])("%#: %s", (one, words) => expect(originOf(one, all)).toBe(words));
});

describe("isRestorable", () => {
  const all = [version(3), version(2, { status: "failed" }), version(1)];
  it("is what was finished and is not the newest", () =>
    expect(all.map((one) => isRestorable(one, all))).toEqual([false, false, true]));

  it("is the newest of a line that another one has overtaken", () => {
    const fork = version(4, { parent_id: null });
    expect(isRestorable(version(3), [fork, ...all])).toBe(true);
  });
});

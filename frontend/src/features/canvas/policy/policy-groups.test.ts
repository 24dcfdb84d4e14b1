import { describe, expect, it } from "vitest";
import { packsOf, sortedFindings, type Result } from "./policy-groups";

const result = (pack: string, rule: string, outcome: Result["outcome"]): Result => ({ pack, rule, outcome, control: "", message: "", evidence: "" });
const finding = (code: string, severity: "info" | "warning" | "error", blocking = false) => ({ code, severity, blocking, message: "", evidence: "", fix: "" });

describe("policy results", () => {
  it("stand by pack, what fails first, then what warns", () => {
    const packs = packsOf([
      result("baseline", "b.pass", "pass"),
      result("soc2", "s.na", "not_applicable"),
      result("pci", "p.pass", "pass"),
      result("pci", "p.fail", "fail"),
      result("baseline", "b.warn", "warn"),
      result("pci", "p.also", "fail"),
    ]);
    expect(packs.map(({ name, results }) => [name, results.map(({ rule }) => rule)])).toEqual([
      ["pci", ["p.also", "p.fail", "p.pass"]],
      ["baseline", ["b.warn", "b.pass"]],
      ["soc2", ["s.na"]],
    ]);
  });

  it("of the critics begin with what stops the design", () => {
    const sorted = sortedFindings([finding("a", "info"), finding("b", "error"), finding("c", "warning", true)]);
    expect(sorted.map(({ code }) => code)).toEqual(["c", "b", "a"]);
  });
});

import { describe, expect, it } from "vitest";
import { Problem } from "@/shared/api/problem";
import { answersOf, prefilled, readNumber, refusalAt, typed, untouched } from "./answers";
import { BLANK_QUESTION, type Question } from "./gate";

const question = (given: Partial<Question>): Question => ({ ...BLANK_QUESTION, field: "f", text: "?", ...given });

describe("what stands in the control at first", () => {
  it.each([
    [question({ kind: "boolean", default: false }), "no"],
    [question({ kind: "number", default: 99.5 }), "99.5"],
    [question({ kind: "choice", default: null }), ""],
    [question({ kind: "region", default: ["us-east-1"] }), "us-east-1"],
    [question({ kind: "multi_choice", default: ["GDPR"] }), ["GDPR"]],
    [question({ kind: "multi_choice", default: null }), []],
  ])("%#", (asked, raw) => expect(prefilled(asked)).toEqual(raw));
});

describe("a typed answer", () => {
  it.each([
    [question({ kind: "number" }), "10,000", 10_000],
    [question({ kind: "number", unit: "%" }), "99.95 %", 99.95],
    [question({ kind: "boolean" }), "yes", true],
    [question({ kind: "boolean" }), "no", false],
    [question({ kind: "choice", options: ["daily", "weekly"] }), "weekly", "weekly"],
    [question({ kind: "region", options: ["eu-west-1"] }), "eu-west-1", ["eu-west-1"]],
    [question({ kind: "multi_choice", options: ["GDPR", "SOC2"] }), ["GDPR", "SOC2"], ["GDPR", "SOC2"]],
    [question({ kind: "multi_choice", options: ["GDPR"] }), [], []],
    [question({ kind: "text" }), "  nightly  ", "nightly"],
  ])("%#", (asked, raw, value) => expect(typed(asked, raw)).toEqual({ value }));

  it.each([
    [question({ kind: "number" }), "a lot", /one number/],
    [question({ kind: "number" }), "0,5", /point/],
    [question({ kind: "number", minimum: 90, maximum: 100, unit: "%" }), "12", /90 to 100 %/],
    [question({ kind: "number", minimum: 0.001, maximum: 5, unit: "GB" }), "9", /0.001 to 5 GB/],
    [question({ kind: "number" }), " ", /no answer/],
    [question({ kind: "boolean" }), "maybe", /yes or no/],
    [question({ kind: "choice", options: ["daily"] }), "never", /one of the options/],
    [question({ kind: "multi_choice", options: ["GDPR"] }), ["COPPA"], /COPPA/],
  ])("is refused where it does not fit: %#", (asked, raw, error) =>
    expect(typed(asked, raw)).toEqual({ error: expect.stringMatching(error) }),
  );
});

it("reads numbers as people write them, and nothing else", () => {
  expect([readNumber("$1,200"), readNumber("1 000 000"), readNumber("1e3"), readNumber(".5"), readNumber("-3")]).toEqual([1200, 1_000_000, 1000, 0.5, -3]);
  expect([readNumber("1.2.3"), readNumber("12,34"), readNumber("Infinity"), readNumber("")]).toEqual([null, null, null, null]);
});

it("takes only the answers that were given", () => {
  const questions = [question({ field: "a", kind: "boolean", default: false }), question({ field: "b", kind: "number", default: 3 })];
  const entries = { ...untouched(questions), b: { raw: "7", given: true } };
  expect(answersOf(questions, entries)).toEqual({ answers: { b: 7 }, errors: {} });
  expect(answersOf(questions, { ...entries, b: { raw: "x", given: true } }).errors).toHaveProperty("b");
});

describe("a refusal", () => {
  const refused = (facts: Record<string, unknown>) => new Problem({ status: 422, ...facts });

  it("is shown at the field that the facts name", () => {
    expect(refusalAt(refused({ detail: "Too many.", field: "users" }), ["users"])).toEqual({ field: "users", message: "Too many." });
  });

  it("is shown at the field that the sentence begins with", () => {
    expect(refusalAt(refused({ detail: "users: whole numbers only" }), ["users"])).toEqual({ field: "users", message: "whole numbers only" });
  });

  it("belongs to no field when it names none", () => {
    expect(refusalAt(refused({ detail: "A response needs answers." }), ["users"])).toBeNull();
    expect(refusalAt(new Problem({ status: 409, detail: "users: late" }), ["users"])).toBeNull();
  });
});

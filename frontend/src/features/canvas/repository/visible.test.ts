import { describe, expect, it } from "vitest";
import { visible, visibleLines, visibleName } from "./visible";

describe("visible", () => {
  it.each([
    ["\u001b[31mred", "␛[31mred"],
    ["a\u202eb", "a⟪U+202E⟫b"],
    ["a\u2066b\u2069", "a⟪U+2066⟫b⟪U+2069⟫"],
    ["\u0000\u0007\u007f", "␀␇␡"],
    ["a\u200bb\ufeff", "a⟪U+200B⟫b⟪U+FEFF⟫"],
    ["\u{e0041}", "⟪U+E0041⟫"],
    ["over\rwritten", "over␍written"],
    ["a\u200db", "a⟪U+200D⟫b"],
  ])("spells %j out", (given, shown) => expect(visible(given)).toBe(shown));

  it.each(["a\tb\nc", "größer → 中文 العربية", "👩🏽‍💻 ❤️‍🔥"])("leaves %j as it is", (given) => expect(visible(given)).toBe(given));

  it("keeps names on one line", () => expect(visibleName("a\nb\tc")).toBe("a␊b␉c"));
});

describe("visibleLines", () => {
  it("begins no line behind the last line end", () => expect(visibleLines("a\nb\n").lines).toEqual(["a", "b"]));

  it("takes either line end, and spells out a lone carriage return", () =>
    expect(visibleLines("a\r\nb\rc\r\n")).toEqual({ lines: ["a", "b␍c"], hidden: 1 }));

  it("counts what it spelled out", () => expect(visibleLines("\u202e\u001b\n").hidden).toBe(2));
});

import { describe, expect, it } from "vitest";
import { highlight, type Token } from "./highlighter";
import { GRAMMARS, type Language } from "./languages";

async function read(lines: string[], language: Language): Promise<Token[][]> {
  let last: Token[][] = [];
  await highlight(lines, language, new AbortController().signal, (tokens) => (last = tokens));
  return last;
}

describe("highlight", () => {
  it("names kinds by tokens of the page", async () => {
    const [line] = await read(['def greet(): return "hi"  # says hi'], "python");
    const classOf = (text: string): string | undefined => line?.find((token) => token.text.includes(text))?.className;
    expect(classOf("def")).toBe("text-accent-ink");
    expect(classOf("hi")).toBe("text-good");
    expect(classOf("# says hi") ?? classOf("says hi")).toBe("text-ink-soft italic");
  });

  it("goes on where the piece before ended", async () => {
    const lines = ['x = """', ...Array.from({ length: 100 }, () => "still text"), '"""', "y = 1"];
    const tokens = await read(lines, "python");
    expect(tokens).toHaveLength(lines.length);
    expect(tokens[90]?.every(({ className }) => className !== "")).toBe(true);
    expect(tokens.at(-1)?.map(({ text }) => text).join("")).toBe("y = 1");
  });

  it.each(Object.keys(GRAMMARS) as Language[])("keeps every letter of %s", async (language) => {
    const lines = ['# a "b" ${c} 1', "", "\tkey: value = [1, true] ␛ ⟪U+202E⟫", "<b>&amp;</b>"];
    expect((await read(lines, language)).map((line) => line.map(({ text }) => text).join(""))).toEqual(lines);
  });

  it("stops when nobody waits any more", async () => {
    const stop = new AbortController();
    stop.abort();
    let told = 0;
    await highlight(["x = 1"], "python", stop.signal, () => (told += 1));
    expect(told).toBe(0);
  });
});

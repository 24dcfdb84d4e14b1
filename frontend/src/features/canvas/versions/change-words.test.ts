import { describe, expect, it } from "vitest";
import type { Schemas } from "@/shared/api/client";
import { change, inWords, sizeInWords } from "./change-words";

const number = { before: 1, after: 1, delta: 0 };
const same: Schemas["DiffRead"] = {
  plan: {
    changed: false, requirements: [], assumptions: [], components: [], policies: [],
    cost: { before: 100, after: 100, delta: 0, lines: [] }, latency: number, availability: number, ops_hours_month: number,
  },
  code: { added: [], removed: [], changed: [], files: [], unchanged: 300 },
};
const file = { path: "a", kind: "changed", added_lines: 1, removed_lines: 0, diff: "" } as const;

describe("inWords", () => {
  it("says that nothing differs", () => expect(inWords(same)).toEqual(["Both versions are the same design and the same files, to the byte."]));

  it("says that only files differ", () =>
    expect(inWords({ ...same, code: { ...same.code, changed: ["a"], files: [file] } })).toEqual([
      "The cost stays at $100 a month.",
      "The design is the same.",
      "Files: 1 changed, 300 the same.",
    ]));

  it("counts what differs in the design", () =>
    expect(inWords({ ...same, plan: { ...same.plan, changed: true, requirements: [{ field: "region", before: "a", after: "b" }] } })).toContain(
      "1 requirement differs.",
    ));
});

it("tells of a part of the same kind only what is of another size", () => {
  const part = (size: Schemas["Shape"]["size"], option = "fargate") => ({ option, title: option, size, monthly_usd: 1 });
  expect(sizeInWords(part({ tasks: 2, memory_gb: 4 }), part({ tasks: 3, memory_gb: 4 }))).toBe("Tasks 2");
  expect(sizeInWords(part({ tasks: 2 }), part({ tasks: 3 }, "lambda"))).toBe("");
});

it.each([
  [null, "new"],
  [0, "the same"],
  [2, "+2"],
  [-2, "−2"],
])("a change of %s is %s", (delta, words) => expect(change(delta, String)).toBe(words));

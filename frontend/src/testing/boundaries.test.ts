// @vitest-environment node
import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";

// The linter is loaded with everything it knows of TypeScript, which takes a while on a busy machine.
const TIMEOUT = 120_000;

const lint = new ESLint();

const BOUNDARY = "boundaries/dependencies";
const CLIMBING = "no-restricted-imports";

/** The rules that an import of `from` breaks in a file at `path`. */
async function broken(path: string, from: string): Promise<(string | null)[]> {
  const [result] = await lint.lintText(`export * from "${from}";\n`, { filePath: path });
  return result?.messages.map(({ ruleId }) => ruleId) ?? [];
}

describe("an import", () => {
  it.each([
    ["src/features/gates/planted.ts", "@/features/canvas/slots", [BOUNDARY]],
    ["src/features/gates/planted.ts", "../canvas/slots", [BOUNDARY]],
    ["src/features/canvas/cost/planted.ts", "../../gates/gate", [CLIMBING, BOUNDARY]],
    ["src/features/gates/planted.ts", "@/app/top-bar", [BOUNDARY]],
    ["src/features/gates/planted.ts", "@/testing/events", [BOUNDARY]],
    ["src/features/gates/planted.test.ts", "@/features/canvas/slots", [BOUNDARY]],
    ["src/features/story/planted.ts", "@/features/gates/gate", [BOUNDARY]],
    ["src/features/story/planted.ts", "@/app/top-bar", [BOUNDARY]],
    ["src/shared/lib/planted.ts", "@/features/canvas/slots", [BOUNDARY]],
    ["src/shared/lib/planted.ts", "@/features/story/events", [BOUNDARY]],
    ["src/shared/lib/planted.ts", "@/app/top-bar", [BOUNDARY]],
    ["src/testing/planted.ts", "@/features/gates/gate", [BOUNDARY]],
    ["src/app/planted.ts", "@/testing/events", [BOUNDARY]],
  ])("in %s of %s is refused", async (path, from, rules) => expect((await broken(path, from)).sort()).toEqual(rules.sort()), TIMEOUT);

  it.each([
    ["src/app/planted.ts", "@/features/gates/gate"],
    ["src/app/runs/planted.ts", "@/features/story/events"],
    ["src/app/planted.ts", "@/shared/lib/format"],
    ["src/features/gates/planted.ts", "./gate"],
    ["src/features/canvas/cost/planted.ts", "../slots"],
    ["src/features/gates/planted.ts", "@/features/story/events"],
    ["src/features/gates/planted.ts", "@/shared/lib/format"],
    ["src/features/gates/planted.ts", "react"],
    ["src/features/gates/planted.test.ts", "@/testing/events"],
    ["src/features/gates/testing-planted.ts", "@/testing/events"],
    ["src/features/story/planted.ts", "@/shared/api/keys"],
    ["src/testing/planted.ts", "@/features/story/events"],
    ["src/testing/planted.ts", "@/shared/api/client"],
  ])("in %s of %s is fine", async (path, from) => expect(await broken(path, from)).toEqual([]), TIMEOUT);

  it("counts as a type, and when it is fetched later, too", async () => {
    for (const text of [
      'import type { Gate } from "@/features/gates/gate";\nexport type Same = Gate;\n',
      'export const later = () => import("@/features/gates/gate");\n',
    ]) {
      const [result] = await lint.lintText(text, { filePath: "src/features/canvas/planted.ts" });
      expect(result?.messages.map(({ ruleId }) => ruleId)).toEqual([BOUNDARY]);
    }
  }, TIMEOUT);
});

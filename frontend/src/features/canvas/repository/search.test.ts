import { describe, expect, it } from "vitest";
import { search } from "./search";

const PATHS = [
  "README.md",
  "infra/modules/serve/main.tf",
  "infra/main.tf",
  "src/fraud/train.py",
  "src/fraud/serve/app.py",
  "tests/test_train.py",
  "config/train.yaml",
  "docs/restraining.md",
];

const found = (query: string): string[] => search(query, PATHS).map(({ path }) => path);

describe("search", () => {
  it("puts names that begin so first", () => expect(found("train").slice(0, 2)).toEqual(["config/train.yaml", "src/fraud/train.py"]));

  it("puts a word in the name before one in the folder", () => {
    const paths = search("serve", ["infra/serve/main.tf", "src/serve.py"]).map(({ path }) => path);
    expect(paths).toEqual(["src/serve.py", "infra/serve/main.tf"]);
  });

  it("puts the shorter of two alike first", () => expect(found("main.tf")).toEqual(["infra/main.tf", "infra/modules/serve/main.tf"]));

  it("finds letters in order across folders", () => expect(found("sfapp")[0]).toBe("src/fraud/serve/app.py"));

  it("wants every word, in any case", () => expect(found("TRAIN test")).toEqual(["tests/test_train.py"]));

  it("says which letters it found", () => expect(search("readme", PATHS)[0]?.positions).toEqual([0, 1, 2, 3, 4, 5]));

  it("finds nothing for nothing, and nothing for what is not there", () => {
    expect(found("  ")).toEqual([]);
    expect(found("qqq")).toEqual([]);
  });
});

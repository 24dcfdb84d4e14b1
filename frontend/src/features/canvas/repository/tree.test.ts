import { describe, expect, it } from "vitest";
import { buildTree, foldersAbove, rowsOf } from "./tree";

const FILES = ["README.md", "src/app/z.py", "src/app/a10.py", "src/app/a9.py", "src/b.py", "infra/main.tf"].map((path) => ({ path }));

describe("buildTree", () => {
  it("puts folders before files and sorts figures as figures", () => {
    const tree = buildTree(FILES);
    expect(tree.map(({ name }) => name)).toEqual(["infra", "src", "README.md"]);
    expect(tree[1]?.children.map(({ name }) => name)).toEqual(["app", "b.py"]);
    expect(tree[1]?.children[0]?.children.map(({ name }) => name)).toEqual(["a9.py", "a10.py", "z.py"]);
  });

  it("takes names as they are, whatever they are", () => {
    const names = ["__proto__/constructor", "<img src=x onerror=alert(1)>", "../up"];
    const tree = buildTree(names.map((path) => ({ path })));
    const rows = rowsOf(tree, new Set(["__proto__", ".."])).map(({ node }) => node.path);
    expect(rows).toEqual(["__proto__", "__proto__/constructor", "..", "../up", "<img src=x onerror=alert(1)>"]);
  });
});

describe("rowsOf", () => {
  it("shows what open folders hold, with place and level", () => {
    const rows = rowsOf(buildTree(FILES), new Set(["src"]));
    expect(rows.map(({ node, level, position, siblings }) => [node.path, level, position, siblings])).toEqual([
      ["infra", 1, 1, 3],
      ["src", 1, 2, 3],
      ["src/app", 2, 1, 2],
      ["src/b.py", 2, 2, 2],
      ["README.md", 1, 3, 3],
    ]);
  });
});

it("names the folders above a path from the outside in", () => expect(foldersAbove("a/b/c.py")).toEqual(["a", "a/b"]));

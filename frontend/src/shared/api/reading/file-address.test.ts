import { describe, expect, it } from "vitest";
import { fileAddress } from "./file-address";

describe("the address of a file", () => {
  it("keeps every character of the path", () => {
    expect(fileAddress("ds_1", "a b/c#d?e%25.md")).toBe("/api/decision-sets/ds_1/files/a%20b/c%23d%3Fe%2525.md");
    expect(fileAddress("ds_1", "..hidden/...")).toBe("/api/decision-sets/ds_1/files/..hidden/...");
  });

  it.each(["../../projects", "a/../b", "./a", "a/."])("is refused for %s", (path) => {
    expect(() => fileAddress("ds_1", path)).toThrow("leads out of the repository");
  });
});

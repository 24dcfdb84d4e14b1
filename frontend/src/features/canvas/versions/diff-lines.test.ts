import { expect, it } from "vitest";
import { hunksOf } from "./diff-lines";

it("numbers the lines of both versions", () => {
  const diff = "--- a/x.sql\n+++ b/x.sql\n@@ -3,3 +3,4 @@\n same\n--- gone comment\n+++ new\n+added\n end\n@@ -20 +21 @@\n-last\n+LAST\n";
  expect(hunksOf(diff)).toEqual([
    {
      header: "@@ -3,3 +3,4 @@",
      lines: [
        { kind: "same", before: 3, after: 3, text: "same" },
        { kind: "removed", before: 4, after: null, text: "-- gone comment" },
        { kind: "added", before: null, after: 4, text: "++ new" },
        { kind: "added", before: null, after: 5, text: "added" },
        { kind: "same", before: 5, after: 6, text: "end" },
      ],
    },
    {
      header: "@@ -20 +21 @@",
      lines: [
        { kind: "removed", before: 20, after: null, text: "last" },
        { kind: "added", before: null, after: 21, text: "LAST" },
      ],
    },
  ]);
});

it("takes a diff that was cut in the middle, and one without lines", () => {
  expect(hunksOf("--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n a\n")[0]?.lines).toHaveLength(1);
  expect(hunksOf("")).toEqual([]);
});

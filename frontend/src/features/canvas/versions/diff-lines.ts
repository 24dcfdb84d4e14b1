export interface DiffLine {
  kind: "same" | "added" | "removed";
  /** Its number in the earlier version; null where it was not there. */
  before: number | null;
  /** Its number in the later version; null where it is not there any more. */
  after: number | null;
  text: string;
}

export interface Hunk {
  header: string;
  lines: DiffLine[];
}

const HEADER = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/** The lines of a unified diff with their numbers; one that was cut ends in the middle. */
export function hunksOf(diff: string): Hunk[] {
  const hunks: Hunk[] = [];
  let before = 0;
  let after = 0;
  for (const line of diff.split("\n")) {
    const header = HEADER.exec(line);
    if (header) {
      [before, after] = [Number(header[1]), Number(header[2])];
      hunks.push({ header: line, lines: [] });
      continue;
    }
    // Names of the two files come before the first hunk, and may look like lines.
    const hunk = hunks.at(-1);
    const text = line.slice(1);
    if (!hunk) continue;
    if (line.startsWith("+")) hunk.lines.push({ kind: "added", before: null, after: after++, text });
    else if (line.startsWith("-")) hunk.lines.push({ kind: "removed", before: before++, after: null, text });
    else if (line.startsWith(" ")) hunk.lines.push({ kind: "same", before: before++, after: after++, text });
  }
  return hunks;
}

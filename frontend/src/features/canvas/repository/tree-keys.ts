import type { TreeRow } from "./tree";

/** What a key does in a tree: the focus goes to a row, folders open, or one closes. */
export type Move = { to: number } | { open: string[] } | { close: string };

/** The keys of the WAI-ARIA tree; null for a key that has no meaning here. */
export function moveFor(key: string, rows: readonly TreeRow[], at: number, open: ReadonlySet<string>): Move | null {
  const row = rows[at];
  if (!row) return null;
  const folder = row.node.file === null;
  const isOpen = folder && open.has(row.node.path);
  switch (key) {
    case "ArrowDown":
      return { to: Math.min(at + 1, rows.length - 1) };
    case "ArrowUp":
      return { to: Math.max(at - 1, 0) };
    case "Home":
      return { to: 0 };
    case "End":
      return { to: rows.length - 1 };
    case "ArrowRight":
      if (!folder) return null;
      return isOpen ? { to: at + 1 } : { open: [row.node.path] };
    case "ArrowLeft":
      return isOpen ? { close: row.node.path } : { to: parentRow(rows, at) };
    case "*":
      return { open: siblings(rows, at).flatMap(({ node }) => (node.file === null ? [node.path] : [])) };
    default:
      return null;
  }
}

function parentRow(rows: readonly TreeRow[], at: number): number {
  const level = rows[at]?.level ?? 1;
  const above = rows.slice(0, at).findLastIndex((row) => row.level < level);
  return above < 0 ? at : above;
}

function siblings(rows: readonly TreeRow[], at: number): TreeRow[] {
  const level = rows[at]?.level ?? 1;
  const parent = level > 1 ? parentRow(rows, at) : -1;
  const behind = rows.slice(parent + 1);
  const end = behind.findIndex((row) => row.level < level);
  return (end < 0 ? behind : behind.slice(0, end)).filter((row) => row.level === level);
}

/** The next row whose name begins with what was typed, from the top again behind the last; null when there is none. */
export function typedTo(typed: string, rows: readonly TreeRow[], at: number): number | null {
  const begin = typed.length > 1 ? at : at + 1;
  for (let step = 0; step < rows.length; step += 1) {
    const index = (begin + step) % rows.length;
    if (rows[index]?.node.name.toLowerCase().startsWith(typed.toLowerCase())) return index;
  }
  return null;
}

/** How wide panes beside each other are, in parts of 100. Pure, so that mouse, finger and keyboard do the same. */

export interface PaneRule {
  /** Part of 100 at first. */
  size: number;
  /** Narrowest width that is of use, in pixels. */
  least: number;
  /** Whether it can be folded away. */
  collapsible?: boolean;
}

const round = (size: number): number => Math.round(size * 100) / 100;

/** The sizes after the border behind pane `at` was moved by `by` pixels in panes that are `width` pixels wide together.
 * A pane stops at its least width; a collapsible one that is pushed below half of it is folded away. */
export function moved(sizes: readonly number[], rules: readonly PaneRule[], at: number, by: number, width: number): number[] {
  const left = sizes[at];
  const right = sizes[at + 1];
  const ruleOfLeft = rules[at];
  const ruleOfRight = rules[at + 1];
  if (left === undefined || right === undefined || !ruleOfLeft || !ruleOfRight || width <= 0) return [...sizes];
  const both = left + right;
  const least = (rule: PaneRule): number => Math.min((rule.least / width) * 100, both);
  const wanted = left + (by / width) * 100;
  const low = least(ruleOfLeft);
  const high = both - least(ruleOfRight);
  let next = Math.min(Math.max(wanted, low), Math.max(high, low));
  if (ruleOfLeft.collapsible && wanted < low / 2) next = 0;
  else if (ruleOfRight.collapsible && wanted > both - (both - high) / 2) next = both;
  return sizes.map((size, place) => (place === at ? round(next) : place === at + 1 ? round(both - next) : size));
}

/** The same by the keyboard: the first step out of a fold brings the pane back. */
export function stepped(sizes: readonly number[], rules: readonly PaneRule[], at: number, by: number, width: number): number[] {
  const unfolds = (sizes[at] === 0 && by > 0) || (sizes[at + 1] === 0 && by < 0);
  const least = rules[sizes[at] === 0 ? at : at + 1]?.least ?? 0;
  return moved(sizes, rules, at, unfolds ? Math.sign(by) * Math.max(least, Math.min(Math.abs(by), width)) : by, width);
}

/** Folds the collapsible pane beside border `at` away, or brings it back to where it began. */
export function folded(sizes: readonly number[], rules: readonly PaneRule[], at: number): number[] {
  const pane = rules[at]?.collapsible ? at : rules[at + 1]?.collapsible ? at + 1 : null;
  if (pane === null) return [...sizes];
  const other = pane === at ? at + 1 : at;
  const both = (sizes[at] ?? 0) + (sizes[at + 1] ?? 0);
  const next = sizes[pane] === 0 ? Math.min(rules[pane]?.size ?? 0, both) : 0;
  return sizes.map((size, place) => (place === pane ? round(next) : place === other ? round(both - next) : size));
}

/** What was kept, if it fits these panes; else null. */
export function readSizes(kept: string | null, rules: readonly PaneRule[]): number[] | null {
  const numbers = (kept ?? "").split(",").map(Number);
  const fits =
    numbers.length === rules.length &&
    numbers.every((size, place) => Number.isFinite(size) && (size > 0 || (size === 0 && rules[place]?.collapsible === true))) &&
    Math.abs(numbers.reduce((sum, size) => sum + size, 0) - 100) < 1;
  return kept && fits ? numbers : null;
}

import { useEffect, type RefObject } from "react";

const NEAR = 96;

/** Gates whose heading had the focus already in this tab. */
const seen = new Set<string>();

/** Moves the focus to the heading of a gate when it appears, once, and never away from somebody who types,
 * to whom it is announced instead. */
export function useFocusOnce(gateId: string, heading: RefObject<HTMLElement | null>, announce: (words: string) => void): void {
  useEffect(() => {
    if (seen.has(gateId)) return;
    seen.add(gateId);
    const title = heading.current;
    if (!title) return;
    if (isWriting(document.activeElement)) return announce(`Waiting for you: ${title.textContent}`);
    // A reader who scrolled up stays where they read.
    title.focus({ preventScroll: !wasAtEnd(title) });
  }, [gateId, heading, announce]);
}

export function isWriting(active: Element | null): boolean {
  if (!(active instanceof HTMLElement)) return false;
  return active.matches("input, textarea, select, [contenteditable]:not([contenteditable=false])") || active.closest("[role=dialog], [role=menu]") !== null;
}

function wasAtEnd(heading: HTMLElement): boolean {
  const card = heading.closest("section");
  let box = card?.parentElement;
  while (box && box.scrollHeight <= box.clientHeight) box = box.parentElement;
  if (!box || !card) return true;
  return box.scrollHeight - card.offsetHeight - box.scrollTop - box.clientHeight < NEAR;
}

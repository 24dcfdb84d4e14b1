import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";

const NEAR = 48;
const MARGIN = 16;

interface Sticking {
  /** What scrolls. */
  box: RefObject<HTMLDivElement | null>;
  /** Its whole content. */
  content: RefObject<HTMLDivElement | null>;
  /** The last thing in it: where it is higher than the box, its beginning counts as the end. */
  last: RefObject<HTMLDivElement | null>;
  atEnd: boolean;
  toEnd: () => void;
}

/** Keeps what grows at its end, until the reader scrolls up. */
export function useStickToEnd(): Sticking {
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const last = useRef<HTMLDivElement>(null);
  const stick = useRef(true);
  const [atEnd, setAtEnd] = useState(true);

  const end = useCallback((): number => {
    if (!box.current) return 0;
    const bottom = box.current.scrollHeight - box.current.clientHeight;
    // Without a last thing its place is hidden and has no position.
    return last.current?.childElementCount ? Math.min(bottom, Math.max(0, last.current.offsetTop - MARGIN)) : bottom;
  }, []);

  /** Scrolls to the end where the reader is there; returns whether it had to. */
  const keep = useCallback((): boolean => {
    if (!box.current || !stick.current || box.current.scrollTop >= end()) return false;
    box.current.scrollTop = end();
    return true;
  }, [end]);

  const toEnd = useCallback((): void => {
    stick.current = true;
    setAtEnd(true);
    if (box.current) box.current.scrollTop = end();
  }, [end]);

  // What React adds is followed before it is drawn: the observer below sees it when the last thing has moved already.
  useLayoutEffect(() => {
    keep();
  });

  useEffect(() => {
    const scrolled = box.current;
    if (!scrolled || !content.current) return;
    let before = scrolled.scrollTop;
    const look = (): void => {
      const top = scrolled.scrollTop;
      // Only upwards does a reader leave the end: the focus may scroll a little towards what has just grown there.
      if (top >= end() - NEAR) stick.current = true;
      else if (top < before) stick.current = false;
      before = top;
      setAtEnd(stick.current);
    };
    const follow = new ResizeObserver(() => {
      if (!keep()) look();
    });
    scrolled.addEventListener("scroll", look, { passive: true });
    follow.observe(content.current);
    return () => {
      scrolled.removeEventListener("scroll", look);
      follow.disconnect();
    };
  }, [end, keep]);

  return { box, content, last, atEnd, toEnd };
}

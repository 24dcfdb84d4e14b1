import { useCallback, useEffect, useRef, useState, type RefObject } from "react";

const NEAR = 48;

interface Sticking {
  ref: RefObject<HTMLDivElement | null>;
  atEnd: boolean;
  toEnd: () => void;
}

/** Keeps a growing list at its end, until the reader scrolls up. */
export function useStickToEnd(length: number): Sticking {
  const ref = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const stick = useRef(true);
  const toEnd = useCallback(() => {
    const box = ref.current;
    stick.current = true;
    setAtEnd(true);
    if (box) box.scrollTop = box.scrollHeight;
  }, []);
  useEffect(() => {
    const box = ref.current;
    if (!box) return;
    const look = (): void => {
      stick.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
      setAtEnd(stick.current);
    };
    box.addEventListener("scroll", look, { passive: true });
    return () => box.removeEventListener("scroll", look);
  }, []);
  useEffect(() => {
    if (stick.current && ref.current) ref.current.scrollTop = ref.current.scrollHeight;
  }, [length]);
  return { ref, atEnd, toEnd };
}

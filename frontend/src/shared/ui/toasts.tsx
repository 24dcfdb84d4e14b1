"use client";

import { createContext, useCallback, useContext, useEffect, useState, type ReactNode } from "react";
import type { Notice, Notices as NoticesOf } from "./notices";

export type { Notice };

type Say = (notice: Notice) => void;

const SayContext = createContext<Say>(() => undefined);

/** Says something in passing; it stays readable by keyboard with F8. */
export const useToast = (): Say => useContext(SayContext);

export function Toasts({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<(Notice & { id: number })[]>([]);
  const [Notices, setShown] = useState<typeof NoticesOf | null>(null);
  const say = useCallback<Say>((notice) => {
    setNotices((before) => [...before.slice(-2), { ...notice, id: Date.now() + Math.random() }]);
  }, []);
  const waiting = notices.length > 0;
  // Fetched when the page has settled and not when the first notice comes: that may be about a cut network. If it does
  // not come now, the next notice fetches it and is kept until then.
  useEffect(() => {
    if (Notices) return;
    const fetchThem = (): void =>
      void import("./notices").then(
        (module) => setShown(() => module.Notices),
        () => undefined,
      );
    return waiting ? fetchThem() : whenIdle(fetchThem);
  }, [Notices, waiting]);
  return (
    <SayContext value={say}>
      {children}
      {Notices ? <Notices notices={notices} onGone={(id) => setNotices((before) => before.filter((each) => each.id !== id))} /> : null}
    </SayContext>
  );
}

/** Safari has no idle callback. */
function whenIdle(run: () => void): () => void {
  if (typeof window.requestIdleCallback !== "function") {
    const timer = setTimeout(run, 1000);
    return () => clearTimeout(timer);
  }
  const handle = window.requestIdleCallback(run);
  return () => window.cancelIdleCallback(handle);
}

"use client";

import { X } from "lucide-react";
import { Toast } from "radix-ui";
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from "react";
import { Button, IconButton } from "./button";

export interface Notice {
  title: string;
  text?: string;
  action?: { label: string; run: () => void };
}

type Say = (notice: Notice) => void;

const SayContext = createContext<Say>(() => undefined);

/** Says something in passing; it stays readable by keyboard with F8. */
export const useToast = (): Say => useContext(SayContext);

export function Toasts({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<(Notice & { id: number })[]>([]);
  const say = useCallback<Say>((notice) => {
    setNotices((before) => [...before.slice(-2), { ...notice, id: Date.now() + Math.random() }]);
  }, []);
  const shown = useMemo(() => notices, [notices]);
  return (
    <SayContext value={say}>
      <Toast.Provider duration={6000} label="Notice">
        {children}
        {shown.map((notice) => (
          <Toast.Root
            key={notice.id}
            onOpenChange={(open) => {
              if (!open) setNotices((before) => before.filter((each) => each.id !== notice.id));
            }}
            className="flex items-center gap-3 rounded border border-line bg-surface p-3 pl-4 shadow-card"
          >
            <div className="min-w-0 flex-1">
              <Toast.Title className="text-sm font-medium">{notice.title}</Toast.Title>
              {notice.text ? <Toast.Description className="text-sm text-ink-soft">{notice.text}</Toast.Description> : null}
            </div>
            {notice.action ? (
              <Toast.Action asChild altText={notice.action.label}>
                <Button onClick={notice.action.run}>{notice.action.label}</Button>
              </Toast.Action>
            ) : null}
            <Toast.Close asChild>
              <IconButton label="Dismiss">
                <X aria-hidden />
              </IconButton>
            </Toast.Close>
          </Toast.Root>
        ))}
        <Toast.Viewport className="fixed right-4 bottom-4 z-50 flex w-96 max-w-[calc(100vw-2rem)] flex-col gap-2" />
      </Toast.Provider>
    </SayContext>
  );
}

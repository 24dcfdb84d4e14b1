"use client";

import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { Dialog } from "@/shared/ui/dialog";

const Palette = dynamic(() => import("./palette").then((module) => module.Palette), { ssr: false });

const KEYS: readonly [string, string][] = [
  ["Ctrl K or ⌘ K", "Find a design or a page"],
  ["Enter", "Send what was written"],
  ["Shift Enter", "Break the line"],
  ["Tab, Shift Tab", "To the next and the last control"],
  ["Arrow keys", "Between tabs, in the tree of files, on the border between panes"],
  ["F8", "To the notices"],
  ["Esc", "Close what is open"],
  ["?", "This list"],
];

/** What the keyboard can do everywhere. */
export function Commands() {
  const shared = usePathname().startsWith("/shared");
  const [open, setOpen] = useState<"palette" | "keys" | null>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!shared && event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey)) {
        event.preventDefault();
        setOpen((before) => (before === "palette" ? null : "palette"));
      } else if (event.key === "?" && !writes(event.target)) {
        setOpen("keys");
      }
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [shared]);
  const change = (name: "palette" | "keys") => (on: boolean) => setOpen(on ? name : null);
  return (
    <>
      {open === "palette" ? <Palette open onOpenChange={change("palette")} /> : null}
      <Dialog open={open === "keys"} onOpenChange={change("keys")} title="Keyboard">
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm">
          {KEYS.map(([keys, what]) => (
            <div key={keys} className="contents">
              <dt>
                <kbd className="font-mono text-xs">{keys}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
    </>
  );
}

function writes(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useLater } from "@/shared/lib/use-later";

const loadPalette = () => import("./palette").then((module) => module.Palette);
const loadKeys = () => import("./keys-dialog").then((module) => module.KeysDialog);

/** What the keyboard can do everywhere. */
export function Commands() {
  const shared = usePathname().startsWith("/shared");
  const [open, setOpen] = useState<"palette" | "keys" | null>(null);
  const { part: Palette, want: wantPalette } = useLater(loadPalette);
  const { part: KeysDialog, want: wantKeys } = useLater(loadKeys);
  const from = useRef<Element | null>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!shared && event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey)) {
        event.preventDefault();
        if (!document.querySelector("[role=dialog]")) from.current = document.activeElement;
        setOpen((before) => (before === "palette" ? null : "palette"));
        wantPalette();
      } else if (event.key === "?" && !writes(event.target)) {
        setOpen("keys");
        wantKeys();
      }
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [shared, wantPalette, wantKeys]);
  // The palette has no button to which it could lead back.
  useEffect(() => {
    if (open !== null || !(from.current instanceof HTMLElement)) return;
    from.current.focus();
    from.current = null;
  }, [open]);
  const change = (name: "palette" | "keys") => (on: boolean) => setOpen(on ? name : null);
  return (
    <>
      {Palette && open === "palette" ? <Palette open onOpenChange={change("palette")} /> : null}
      {KeysDialog && open === "keys" ? <KeysDialog onOpenChange={change("keys")} /> : null}
    </>
  );
}

function writes(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

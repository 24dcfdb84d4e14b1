import { useState, type MouseEvent } from "react";
import { useAddress } from "@/shared/lib/use-address";

export type PaneName = "designs" | "conversation" | "canvas";

interface Panes {
  /** The one that is seen where there is room for one only. */
  pane: PaneName;
  show: (pane: PaneName) => void;
  /** To be called for every click inside the panes, before anything else hears of it. */
  onClickCapture: (event: MouseEvent) => void;
}

const paneOf = (address: URLSearchParams): PaneName => (address.get("tab") ? "canvas" : "conversation");

/** Which pane is seen: what the address names, until the person looks at another one. */
export function usePane(id: string): Panes {
  const [address] = useAddress();
  const named = address.toString();
  const [seen, setSeen] = useState(named);
  const [pane, show] = useState<PaneName>(() => paneOf(address));
  if (seen !== named) {
    setSeen(named);
    show(paneOf(address));
  }
  // A link to where the address is already changes nothing there, but it asks for the pane all the same.
  const onClickCapture = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || !(event.target instanceof Element)) return;
    const link = event.target.closest<HTMLAnchorElement>("a[href]");
    if (!link) return;
    const { origin, pathname, searchParams } = new URL(link.href);
    if (origin !== window.location.origin || pathname !== window.location.pathname || searchParams.get("id") !== id) return;
    show(paneOf(searchParams));
  };
  return { pane, show, onClickCapture };
}

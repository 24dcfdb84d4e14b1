import { useEffect } from "react";

const NAME = "Agentic MLOps";

/** The title of the tab; the number of waiting gates before it stays. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    const count = /^\(\d+\) /.exec(document.title)?.[0] ?? "";
    document.title = `${count}${title ? `${title} · ${NAME}` : NAME}`;
  }, [title]);
}

import { useEffect, useState } from "react";
import type { Token } from "./highlighter";
import type { Language } from "./languages";

const NONE: Token[][] = [];

/** What the lines consist of, as far as they have been read; the reader is fetched with the first file that needs it. */
export function useTokens(lines: readonly string[], language: Language | null): readonly Token[][] {
  const [read, setRead] = useState<{ lines: readonly string[]; tokens: Token[][] }>({ lines, tokens: NONE });
  useEffect(() => {
    if (!language) return;
    const stop = new AbortController();
    void import("./highlighter")
      .then(({ highlight }) => highlight(lines, language, stop.signal, (tokens) => setRead({ lines, tokens })))
      // The file stays readable without colours.
      .catch(() => undefined);
    return () => stop.abort();
  }, [lines, language]);
  return language && read.lines === lines ? read.tokens : NONE;
}

import { createHighlighterCore, type HighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import type { GrammarState } from "shiki/types";
import { GRAMMARS, type Language } from "./languages";
import { classOf, THEME } from "./theme";

export interface Token {
  text: string;
  className: string;
}

const LINES_AT_ONCE = 40;
const MILLISECONDS_AT_ONCE = 12;
const LONGEST_LINE = 2000;

let made: Promise<HighlighterCore> | null = null;

function highlighter(): Promise<HighlighterCore> {
  made ??= createHighlighterCore({ themes: [THEME], langs: [], engine: createJavaScriptRegexEngine({ forgiving: true }) });
  return made;
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Reads code in pieces, so that the page answers in between, and tells after each piece what all lines so far consist of. */
export async function highlight(
  lines: readonly string[],
  language: Language,
  signal: AbortSignal,
  onTokens: (tokens: Token[][]) => void,
): Promise<void> {
  const reader = await highlighter();
  await reader.loadLanguage(GRAMMARS[language]);
  const tokens: Token[][] = [];
  let grammarState: GrammarState | undefined;
  let began = performance.now();
  while (tokens.length < lines.length && !signal.aborted) {
    const code = lines.slice(tokens.length, tokens.length + LINES_AT_ONCE).join("\n");
    const read = reader.codeToTokensBase(code, {
      lang: language,
      theme: "page",
      tokenizeMaxLineLength: LONGEST_LINE,
      grammarState,
    });
    grammarState = reader.getLastGrammarState(read);
    tokens.push(...read.map((line) => line.map(({ content, color, fontStyle }) => ({ text: content, className: classOf(color, fontStyle) }))));
    if (performance.now() - began < MILLISECONDS_AT_ONCE) continue;
    onTokens([...tokens]);
    await pause();
    began = performance.now();
  }
  if (!signal.aborted) onTokens(tokens);
}

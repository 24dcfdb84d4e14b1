import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useLayoutEffect, useState, type CSSProperties, type ReactNode } from "react";
import { cn } from "@/shared/lib/class-names";
import { figure } from "@/shared/lib/format";
import type { Token } from "./highlighter";

/** Height of a line in pixels. */
export const LINE_HEIGHT = 20;
/** From so many lines on, only those in sight are in the page. */
export const MANY_LINES = 800;
const LONGEST_SHOWN = 4000;
const AROUND = 30;
const PLAIN: readonly Token[] = [];

interface CodeLinesProps {
  label: string;
  lines: readonly string[];
  tokens: readonly Token[][];
  /** The line to go to and to mark. */
  line: number | null;
}

/** A file line by line, with numbers; long files are put into the page as far as they are in sight. */
export function CodeLines({ label, lines, tokens, line }: CodeLinesProps) {
  const [box, setBox] = useState<HTMLDivElement | null>(null);
  useLayoutEffect(() => {
    box?.scrollTo?.({ top: line ? (line - 1) * LINE_HEIGHT - box.clientHeight / 2 : 0, left: 0 });
  }, [box, lines, line]);
  const row = (index: number): ReactNode => (
    <Line key={index} number={index + 1} text={lines[index] ?? ""} tokens={tokens[index] ?? PLAIN} marked={index + 1 === line} />
  );
  const digits = { "--digits": `${String(lines.length).length}ch` } as CSSProperties;
  return (
    <div
      ref={setBox}
      role="region"
      aria-label={label}
      tabIndex={0}
      style={digits}
      className="max-h-dvh min-h-0 flex-1 overflow-auto bg-surface font-mono text-xs [tab-size:4] focus-visible:-outline-offset-2"
    >
      {lines.length < MANY_LINES ? (
        <div className="w-max min-w-full">{lines.map((_, index) => row(index))}</div>
      ) : (
        <InSight box={box} count={lines.length} row={row} />
      )}
    </div>
  );
}

interface InSightProps {
  box: HTMLDivElement | null;
  count: number;
  row: (index: number) => ReactNode;
}

function InSight({ box, count, row }: InSightProps) {
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are called in this component only
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => box,
    estimateSize: () => LINE_HEIGHT,
    overscan: AROUND,
  });
  const items = virtual.getVirtualItems();
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div className="w-max min-w-full" style={{ paddingTop: items[0]?.start ?? 0, paddingBottom: below }}>
      {items.map((item) => row(item.index))}
    </div>
  );
}

interface LineProps {
  number: number;
  text: string;
  tokens: readonly Token[];
  marked: boolean;
}

const Line = memo(function Line({ number, text, tokens, marked }: LineProps) {
  return (
    <div
      data-line={number}
      aria-current={marked || undefined}
      style={{ height: LINE_HEIGHT, lineHeight: `${LINE_HEIGHT}px` }}
      className={cn("relative flex pr-4 whitespace-pre", marked && "bg-warn-wash shadow-[inset_3px_0_0_var(--accent)]")}
    >
      <span
        aria-hidden
        className={cn(
          "sticky left-0 mr-4 box-content w-(--digits) shrink-0 bg-surface px-3 text-right text-ink-soft select-none",
          marked && "bg-warn-wash font-medium text-ink shadow-[inset_3px_0_0_var(--accent)]",
        )}
      >
        {number}
      </span>
      {marked ? <span className="sr-only select-none">Line {number}, marked: </span> : null}
      {/* Spaces that stand directly in a flex row are left out by browsers, and with them the indentation. */}
      <span>{text.length > LONGEST_SHOWN ? <CutLine text={text} /> : tokens.length ? tokens.map(coloured) : text}</span>
    </div>
  );
});

const coloured = ({ text, className }: Token, index: number): ReactNode =>
  className ? (
    <span key={index} className={className}>
      {text}
    </span>
  ) : (
    text
  );

function CutLine({ text }: { text: string }) {
  return (
    <>
      {text.slice(0, LONGEST_SHOWN)}
      <em className="text-ink-soft"> … {figure(text.length - LONGEST_SHOWN)} more characters; copy or download the file to read them</em>
    </>
  );
}

import { useMemo } from "react";
import { cn } from "@/shared/lib/class-names";
import { visible, visibleName } from "../repository/visible";
import { hunksOf, type DiffLine } from "./diff-lines";

const LONGEST_SHOWN = 2000;

/** The lines of a file that differ, with their numbers in either version and a sign for added and removed. */
export function FileDiff({ path, diff }: { path: string; diff: string }) {
  const hunks = useMemo(() => hunksOf(diff), [diff]);
  return (
    <div
      role="region"
      aria-label={`Changes in ${visibleName(path)}`}
      tabIndex={0}
      className="relative max-h-[70dvh] overflow-auto border-t border-line focus-visible:-outline-offset-2"
    >
      <table className="w-full border-collapse font-mono text-xs leading-5 [tab-size:4]">
        <thead className="sr-only">
          <tr>
            <th scope="col">Line before</th>
            <th scope="col">Line after</th>
            <th scope="col">Change</th>
            <th scope="col">Text</th>
          </tr>
        </thead>
        {hunks.map(({ header, lines }) => (
          <tbody key={header}>
            <tr>
              <th colSpan={4} scope="rowgroup" className="bg-sand px-3 text-left font-normal text-ink-soft">
                {header}
              </th>
            </tr>
            {lines.map((line, index) => (
              <Line key={index} line={line} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

const SIGNS = { same: "", added: "+", removed: "−" } as const;
const COLOURS = { same: "", added: "bg-good-wash", removed: "bg-bad-wash" } as const;

function Line({ line: { kind, before, after, text } }: { line: DiffLine }) {
  return (
    <tr data-kind={kind} className={cn(COLOURS[kind])}>
      <td className="w-px px-2 text-right text-ink-soft select-none">{before}</td>
      <td className="w-px px-2 text-right text-ink-soft select-none">{after}</td>
      <td className="w-px pl-2 font-medium select-none">
        <span aria-hidden>{SIGNS[kind]}</span>
        {kind === "same" ? null : <span className="sr-only">{kind}</span>}
      </td>
      <td className="pr-4 pl-2 whitespace-pre">
        {visible(text.slice(0, LONGEST_SHOWN))}
        {text.length > LONGEST_SHOWN ? <em className="text-ink-soft"> … {text.length - LONGEST_SHOWN} more characters</em> : null}
      </td>
    </tr>
  );
}

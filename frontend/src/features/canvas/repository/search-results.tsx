import type { KeyboardEvent, ReactNode, Ref } from "react";
import { cn } from "@/shared/lib/class-names";
import type { FileBadge } from "./badges";
import { BadgeSign } from "./file-tree";
import type { Match } from "./search";
import { visibleName } from "./visible";

const MOST = 100;

interface SearchResultsProps {
  matches: readonly Match[];
  current: string | null;
  badges: ReadonlyMap<string, FileBadge>;
  onOpen: (path: string) => void;
  ref: Ref<HTMLUListElement>;
}

/** The files that were found, the likeliest first; the arrow keys go through them. */
export function SearchResults({ matches, current, badges, onOpen, ref }: SearchResultsProps) {
  return (
    <ul ref={ref} aria-label="Found files" className="flex min-w-0 flex-col">
      {matches.slice(0, MOST).map(({ path, positions }) => {
        const badge = badges.get(path);
        return (
          <li key={path}>
            <button
              type="button"
              aria-current={path === current || undefined}
              onClick={() => onOpen(path)}
              onKeyDown={goOn}
              className={cn(
                "relative flex min-h-7 w-full items-center gap-2 rounded-sm px-2 py-1 text-left text-sm hover:bg-sand focus-visible:-outline-offset-2",
                path === current && "bg-sand",
              )}
            >
              <span className="min-w-0 flex-1 break-all">{marked(path, positions)}</span>
              {badge ? <BadgeSign badge={badge} /> : null}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function goOn(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const item = event.currentTarget.parentElement;
  const next = step > 0 ? item?.nextElementSibling : item?.previousElementSibling;
  next?.querySelector("button")?.focus();
}

/** The path with the letters that were asked for marked, neighbours in one piece. */
function marked(path: string, positions: readonly number[]): ReactNode[] {
  const asked = new Set(positions);
  const pieces: { text: string; isAsked: boolean }[] = [];
  for (let index = 0; index < path.length; index += 1) {
    const last = pieces.at(-1);
    const isAsked = asked.has(index);
    if (last?.isAsked === isAsked) last.text += path[index];
    else pieces.push({ text: path[index] ?? "", isAsked });
  }
  return pieces.map(({ text, isAsked }, index) =>
    isAsked ? (
      <mark key={index} className="bg-transparent font-medium text-accent-ink underline">
        {visibleName(text)}
      </mark>
    ) : (
      visibleName(text)
    ),
  );
}

import { ArrowDown } from "lucide-react";
import type { ReactNode } from "react";
import type { Story } from "@/features/story/story";
import { useStickToEnd } from "@/shared/lib/use-stick-to-end";
import { Button } from "@/shared/ui/button";
import { Entry } from "./entry";

interface TranscriptProps {
  story: Story;
  /** What stands before the first entry: the brief and what was read in it. */
  children: ReactNode;
  /** What stands behind the last one: the gate, the ending. */
  footer: ReactNode;
}

/** The conversation so far; it keeps to its end until the reader scrolls up. */
export function Transcript({ story, children, footer }: TranscriptProps) {
  const { box, content, last, atEnd, toEnd } = useStickToEnd();
  return (
    <div className="relative min-h-0 flex-1">
      {/* Focusable, so that it can be scrolled by keyboard. */}
      <div
        ref={box}
        tabIndex={0}
        data-skip-to
        role="region"
        aria-label="Conversation"
        className="relative h-full overflow-y-auto short:h-auto short:overflow-visible scroll-pt-4 scroll-pb-16 [overflow-anchor:none] focus-visible:-outline-offset-2"
      >
        <div ref={content} className="mx-auto flex max-w-3xl flex-col gap-4 px-4 py-6">
          {children}
          <div role="log" aria-label="What was decided" aria-live="polite" className="flex flex-col gap-3">
            {story.entries.map((entry) => (
              <Entry key={entry.seq} entry={entry} />
            ))}
          </div>
          <div ref={last} className="flex flex-col gap-4 empty:hidden">
            {footer}
          </div>
        </div>
      </div>
      {atEnd ? null : (
        <Button kind="primary" className="absolute bottom-4 left-1/2 -translate-x-1/2 shadow-card" onClick={toEnd}>
          <ArrowDown aria-hidden />
          Jump to latest
        </Button>
      )}
    </div>
  );
}

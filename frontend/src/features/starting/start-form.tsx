import { ArrowRight } from "lucide-react";
import type { Schemas } from "@/shared/api/client";
import { Button } from "@/shared/ui/button";

interface StartFormProps {
  brief: string;
  onBrief: (brief: string) => void;
  busy: boolean;
  onStart: (design: Schemas["ChatCreate"]) => void;
}

/** Where a design begins: the brief in plain words. */
export function StartForm({ brief, onBrief, busy, onStart }: StartFormProps) {
  const ready = Boolean(brief.trim()) && !busy;
  const start = (): void => {
    if (ready) onStart({ message: brief });
  };
  return (
    <form
      className="flex flex-col rounded-lg border border-line-strong bg-surface shadow-card focus-within:border-accent-ink"
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <label htmlFor="brief" className="sr-only">
        What should the system do?
      </label>
      <textarea
        id="brief"
        rows={4}
        value={brief}
        placeholder="What should it predict, for whom, how fast, how often, where, and what may it cost?"
        className="max-h-96 min-h-28 resize-none rounded-t-lg bg-transparent p-4 text-base outline-none [field-sizing:content] placeholder:text-ink-soft"
        onChange={(event) => onBrief(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          start();
        }}
      />
      <div className="flex flex-wrap items-center gap-2 p-3">
        <span className="text-xs text-ink-soft max-sm:hidden">Enter starts, Shift-Enter breaks the line.</span>
        <Button type="submit" kind="primary" className="ml-auto" busy={busy} disabled={!ready}>
          Design it
          <ArrowRight aria-hidden />
        </Button>
      </div>
    </form>
  );
}

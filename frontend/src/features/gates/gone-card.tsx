import { useQueryClient } from "@tanstack/react-query";
import { Check, Copy, History } from "lucide-react";
import { useEffect, useId, useRef, useState, type MouseEvent } from "react";
import type { GateDecided } from "@/features/story/events";
import type { Schemas } from "@/shared/api/client";
import type { Problem } from "@/shared/api/problem";
import { dateTime, milliseconds, usd } from "@/shared/lib/format";
import { Button } from "@/shared/ui/button";
import { numberIn, type Gate } from "./gate";
import { goneTitle, outcomeOf } from "./gone";
import { isWriting } from "./use-focus-once";
import { share } from "./wording";
import { writtenAt, type Written } from "./written";

interface GoneCardProps {
  /** The gate that stood here. */
  gate: Gate;
  /** Why a decision on it was refused; null when none was sent. */
  problem: Problem | null;
  refused: Schemas["DecisionCreate"] | null;
  /** The decision as the story tells it; null while it does not. */
  told: GateDecided | null;
  /** What waits now. */
  next: Gate | null;
  ended: boolean;
  onClose: () => void;
}

/** In the place of a gate that went while somebody was at it: who decided what and when, what waits now, and what that
 * person had written. */
export function GoneCard({ gate, problem, refused, told, next, ended, onClose }: GoneCardProps) {
  const client = useQueryClient();
  const headingId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const [written] = useState(() => writtenAt(client, gate, refused));
  const outcome = outcomeOf(problem, told);
  useEffect(() => {
    if (!isWriting(document.activeElement)) heading.current?.focus();
  }, []);
  if (!problem && !written.length) return null;
  return (
    <section aria-labelledby={headingId} className="flex min-w-0 flex-col gap-4 rounded-lg border-2 border-warn bg-warn-wash p-4 text-sm sm:p-6">
      <div role="alert" className="flex flex-col gap-2">
        <p className="flex items-center gap-2 text-xs font-medium text-warn">
          <History aria-hidden className="size-4" />
          {gate.title}
        </p>
        <h2 id={headingId} ref={heading} tabIndex={-1} className="self-start rounded-sm text-lg break-words">
          {goneTitle(problem, outcome)}
        </h2>
        {outcome?.at ? <time dateTime={outcome.at}>{dateTime(outcome.at)}</time> : null}
        {outcome?.comment ? <q className="break-words italic">{outcome.comment}</q> : null}
        {problem ? <p>What you sent was not taken.</p> : null}
      </div>
      {next ? <Next gate={gate} next={next} /> : <p>{ended ? "The run has ended; nothing waits any more." : "The run goes on; nothing waits at the moment."}</p>}
      <WrittenList written={written} />
      <Button className="self-start" onClick={onClose}>
        {written.length ? "Close; what I wrote can go" : "Close"}
      </Button>
    </section>
  );
}

const FIGURES: readonly [name: string, label: string, shown: (value: number) => string][] = [
  ["monthly_usd", "A month", usd],
  ["p95_ms", "p95", milliseconds],
  ["availability_pct", "Available", share],
];

/** The way to what waits instead, and which of its figures are others. */
function Next({ gate, next }: { gate: Gate; next: Gate }) {
  const go = (event: MouseEvent): void => {
    const target = document.getElementById(`gate-${next.id}`);
    if (!target) return;
    event.preventDefault();
    target.focus();
  };
  const changed = FIGURES.flatMap(([name, label, shown]) => {
    const [before, after] = [numberIn(gate.shown, name), numberIn(next.shown, name)];
    return before === null || after === null || before === after ? [] : [`${label}: ${shown(after)} instead of ${shown(before)}`];
  });
  return (
    <div className="flex flex-col gap-1">
      <p>
        Waiting now:{" "}
        <a href={`#gate-${next.id}`} onClick={go} className="inline-block min-h-6 leading-6 text-accent-ink underline">
          {next.title}
        </a>
      </p>
      {changed.length ? <p className="tabular-nums">{changed.join(" · ")}</p> : null}
    </div>
  );
}

function WrittenList({ written }: { written: readonly Written[] }) {
  const [copied, setCopied] = useState<boolean | null>(null);
  if (!written.length) return null;
  const copy = (): void =>
    void navigator.clipboard.writeText(written.map(({ label, text }) => `${label}: ${text}`).join("\n")).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <div className="flex flex-col gap-2 rounded border border-line bg-surface p-4">
      <h3 className="font-medium">What you had written</h3>
      <dl className="flex flex-col gap-2">
        {written.map(({ label, text }) => (
          <div key={label}>
            <dt className="text-xs text-ink-soft">{label}</dt>
            <dd className="break-words whitespace-pre-wrap">{text}</dd>
          </div>
        ))}
      </dl>
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={copy}>
          {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          Copy it
        </Button>
        <span role="status" className="text-xs text-ink-soft">
          {copied === null ? "" : copied ? "Copied." : "The browser does not let this page copy; it can be marked above."}
        </span>
      </div>
    </div>
  );
}

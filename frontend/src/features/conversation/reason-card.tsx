import { ChevronDown } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import type { ReasonCard as Card } from "@/features/story/events";
import { cn } from "@/shared/lib/class-names";
import { milliseconds, percent, plain, usd, words } from "@/shared/lib/format";
import { Badge, type Tone } from "@/shared/ui/badge";

/** Why a step decided as it did: the decision first, everything behind it on demand. */
export function ReasonCard({ card }: { card: Card }) {
  const [open, setOpen] = useState(false);
  const behind = useId();
  return (
    <article
      aria-label={card.title}
      className="rounded-lg border border-line bg-surface [contain-intrinsic-size:auto_7rem] [content-visibility:auto]"
    >
      <button
        type="button"
        aria-expanded={open}
        aria-controls={behind}
        className="flex w-full items-start gap-3 rounded-lg p-4 text-left hover:bg-sand/50 focus-visible:-outline-offset-2"
        onClick={() => setOpen(!open)}
      >
        <span className="flex min-w-0 flex-1 flex-col gap-1">
          <span className="text-xs text-ink-soft">
            {card.agent} · {card.title}
          </span>
          <span className="text-sm font-medium break-words">{card.choice}</span>
          {open ? null : <span className="line-clamp-2 text-sm text-ink-soft">{card.justification}</span>}
          <Impact card={card} />
        </span>
        <ChevronDown aria-hidden className={cn("mt-1 size-4 shrink-0 text-ink-soft transition-transform", open && "rotate-180")} />
      </button>
      <div id={behind} hidden={!open} className="flex flex-col gap-4 px-4 pt-1 pb-4 text-sm">
        {open ? (
          <>
            <p className="max-w-prose">{card.justification}</p>
            <Behind card={card} />
            <p className="text-xs text-ink-soft">Because {card.trigger}.</p>
          </>
        ) : null}
      </div>
    </article>
  );
}

function Impact({ card }: { card: Card }) {
  const { monthly_usd: cost, p95_ms: latency, availability_pct: availability, ops_hours_month: hours } = card.impact ?? {};
  const figures = [
    cost === null || cost === undefined ? null : `${usd(cost)} a month`,
    latency === null || latency === undefined ? null : `p95 ${milliseconds(latency)}`,
    availability === null || availability === undefined ? null : `${availability.toFixed(2)} % available`,
    hours === null || hours === undefined ? null : `${hours.toFixed(1)} h of operation`,
    `${percent(card.confidence)} confident`,
  ].filter((each) => each !== null);
  return <span className="text-xs text-ink-soft tabular-nums">{figures.join(" · ")}</span>;
}

const OUTCOMES: Record<string, Tone> = { pass: "good", warn: "warn", fail: "bad" };

function Behind({ card }: { card: Card }) {
  return (
    <>
      <Part title="Rests on" items={card.inputs ?? []}>
        {(input) => (
          <>
            {words(input.name)}
            {input.value === null || input.value === undefined ? null : `: ${plain(input.value)}`}
            {input.quote ? <q className="ml-1 text-ink-soft italic">{input.quote}</q> : null}
          </>
        )}
      </Part>
      <Part title="Weighed" items={card.candidates ?? []}>
        {(candidate) => (
          <>
            <strong className="font-medium">{words(candidate.name)}</strong>: {candidate.trade_off}
          </>
        )}
      </Part>
      <Part title="Rejected, and why" items={card.rejected ?? []}>
        {(rejection) => (
          <>
            <strong className="font-medium">{words(rejection.name)}</strong>: {rejection.why}
          </>
        )}
      </Part>
      <Part title="Policies" items={card.policies ?? []}>
        {(policy) => (
          <>
            <Badge tone={OUTCOMES[policy.outcome] ?? "plain"}>{words(policy.outcome)}</Badge> {policy.message}
          </>
        )}
      </Part>
      <Part title="Risks" items={card.risks ?? []}>
        {(risk) => risk}
      </Part>
      <Part title="Next" items={card.next_steps ?? []}>
        {(next) => next}
      </Part>
    </>
  );
}

const FEW = 6;

function Part<T>({ title, items, children }: { title: string; items: readonly T[]; children: (item: T) => ReactNode }) {
  const [all, setAll] = useState(false);
  const titleId = useId();
  if (!items.length) return null;
  const shown = all ? items : items.slice(0, FEW);
  return (
    <div className="flex flex-col gap-1">
      <p id={titleId} className="text-xs font-medium text-ink-soft">
        {title}
      </p>
      <ul aria-labelledby={titleId} className="flex flex-col gap-1">
        {shown.map((item, index) => (
          <li key={index} className="max-w-prose break-words">
            {children(item)}
          </li>
        ))}
      </ul>
      {items.length > shown.length ? (
        <button type="button" className="min-h-6 self-start text-xs text-accent-ink underline" onClick={() => setAll(true)}>
          {items.length - shown.length} more
        </button>
      ) : null}
    </div>
  );
}

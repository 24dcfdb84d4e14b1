import type { Schemas } from "@/shared/api/client";
import { usd } from "@/shared/lib/format";
import { Badge } from "@/shared/ui/badge";

/** The bill in a few figures: the range, what one use costs, and how much of it nobody knows. */
export function CostTotals({ cost }: { cost: Schemas["CostEstimate"] }) {
  const { unknown_lines: unknown } = cost;
  const dates = [...new Set(cost.lines.map(({ source_date: date }) => date))].filter((date) => date !== null).sort();
  return (
    <section aria-label="Totals" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <p className="font-display text-2xl tabular-nums">
          {usd(cost.expected_usd)} <span className="font-sans text-sm text-ink-soft">a month, expected</span>
        </p>
        {unknown ? (
          <Badge tone="warn">
            {unknown} {unknown === 1 ? "price" : "prices"} unknown, not in the totals
          </Badge>
        ) : null}
      </div>
      <dl className="grid grid-cols-[repeat(auto-fit,minmax(8rem,1fr))] gap-4 text-sm">
        <Figure title="Low" value={usd(cost.low_usd)} />
        <Figure title="High" value={usd(cost.high_usd)} />
        <Figure title="Per 1,000 predictions" value={usd(cost.per_1000_predictions_usd)} />
        <Figure title="Per retraining" value={usd(cost.per_retrain_usd)} />
      </dl>
      <p className="text-xs text-ink-soft">
        Prices as of <time dateTime={cost.as_of}>{cost.as_of}</time>
        {dates.length ? `, read from their sources between ${dates[0]} and ${dates.at(-1)}` : ""}; each line names its source.
      </p>
      {(cost.warnings ?? []).map((warning) => (
        <p key={warning} className="rounded bg-warn-wash p-3 text-sm text-warn">
          Warning: {warning}
        </p>
      ))}
    </section>
  );
}

function Figure({ title, value }: { title: string; value: string }) {
  return (
    <div className="flex flex-col">
      <dt className="text-xs text-ink-soft">{title}</dt>
      <dd className="tabular-nums">{value}</dd>
    </div>
  );
}

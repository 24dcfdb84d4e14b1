import type { Schemas } from "@/shared/api/client";
import { percent, usd } from "@/shared/lib/format";
import { slotTitle } from "../slots";

/** What could make the bill smaller, with the condition for it; never taken off the totals. */
export function Savings({ savings }: { savings: readonly Schemas["Saving"][] }) {
  return (
    <ul className="flex flex-col divide-y divide-line rounded border border-line bg-surface">
      {savings.map((saving) => (
        <li key={saving.title} className="flex flex-col gap-1 p-4 text-sm">
          <span className="flex justify-between gap-4">
            <span className="font-medium">{saving.title}</span>
            <span className="shrink-0 tabular-nums">up to {usd(saving.monthly_usd)} a month</span>
          </span>
          <span>If you {saving.condition}.</span>
          <span className="text-xs text-ink-soft">
            {saving.slot ? `${slotTitle(saving.slot)}, ` : ""}
            {percent(saving.share)} of the lines it applies to. {saving.source}
            {saving.source_date ? `, ${saving.source_date}` : ""}
          </span>
        </li>
      ))}
    </ul>
  );
}

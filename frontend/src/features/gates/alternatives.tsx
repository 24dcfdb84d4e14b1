import type { Schemas } from "@/shared/api/client";
import { figure, milliseconds, usd, usdChange } from "@/shared/lib/format";
import { Button } from "@/shared/ui/button";
import { Scatter } from "./scatter";
import { optionsOf } from "./versions";
import { share } from "./wording";

interface AlternativesProps {
  plan: Schemas["Plan"];
  /** Tries another design at this gate; missing where nothing may be edited. */
  onTry?: (components: Record<string, string>) => void;
}

interface Row {
  letter: string;
  label: string;
  monthly: number;
  p95: number | null;
  availability: number;
  hours: number;
  tradeOff: string;
  components: Record<string, string>;
}

const CELL = "px-3 py-2 text-right align-top whitespace-nowrap";

/** The other designs that meet every hard requirement, side by side with the chosen one. */
export function Alternatives({ plan, onTry }: AlternativesProps) {
  const rows = rowsOf(plan);
  if (rows.length < 2) return null;
  const hasLatency = rows.every(({ p95 }) => p95 !== null);
  const points = rows.map(({ letter, label, monthly, p95, hours }) => ({ letter, label, x: monthly, y: hasLatency ? (p95 ?? 0) : hours }));
  return (
    <section aria-label="Alternatives" className="flex min-w-0 flex-col gap-3 text-sm">
      <h3 className="font-medium">Alternatives</h3>
      {/* Focusable, so that it can be scrolled by keyboard. */}
      <div tabIndex={0} role="region" aria-label="Table of alternatives" className="relative overflow-x-auto rounded border border-line">
        <table className="w-full min-w-136 border-collapse text-sm">
          <thead className="text-xs text-ink-soft">
            <tr className="border-b border-line">
              <th scope="col" className="px-3 py-2 text-left font-medium">Design</th>
              <th scope="col" className={`${CELL} font-medium`}>A month</th>
              {hasLatency ? <th scope="col" className={`${CELL} font-medium`}>p95</th> : null}
              <th scope="col" className={`${CELL} font-medium`}>Available</th>
              <th scope="col" className={`${CELL} font-medium`}>Operation</th>
              {onTry ? <th scope="col" className={CELL}><span className="sr-only">Try it</span></th> : null}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {rows.map((row, index) => (
              <tr key={row.letter} className={index ? undefined : "bg-sand"}>
                <th scope="row" className="min-w-48 px-3 py-2 text-left align-top font-normal">
                  <span className="font-medium">{`${row.letter} · ${row.label}`}</span>
                  {row.tradeOff ? <span className="block max-w-72 text-xs text-ink-soft">{row.tradeOff}</span> : null}
                </th>
                <td className={CELL}>
                  {usd(row.monthly)}
                  {index ? <span className="block text-xs text-ink-soft">{usdChange(row.monthly - plan.cost.expected_usd)}</span> : null}
                </td>
                {hasLatency ? <td className={CELL}>{milliseconds(row.p95 ?? 0)}</td> : null}
                <td className={CELL}>{share(row.availability)}</td>
                <td className={CELL}>{figure(row.hours)} h</td>
                {onTry ? (
                  <td className={CELL}>
                    {index && Object.keys(row.components).length ? (
                      <Button className="min-h-8 px-3 text-xs" aria-label={`Try ${row.label}`} onClick={() => onTry(row.components)}>
                        Try
                      </Button>
                    ) : null}
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Scatter points={points} xLabel="USD a month" yLabel={hasLatency ? "p95 in ms" : "Hours of operation"} />
    </section>
  );
}

function rowsOf(plan: Schemas["Plan"]): Row[] {
  const chosen: Row = {
    letter: "A",
    label: "This design",
    monthly: plan.cost.expected_usd,
    p95: plan.latency.target_ms === null ? null : plan.latency.conservative_p95_ms,
    availability: plan.availability.expected_pct,
    hours: plan.ops_hours_month,
    tradeOff: "",
    components: {},
  };
  const others = plan.alternatives.map((alternative, index) => ({
    letter: String.fromCharCode(66 + index),
    label: alternative.label,
    monthly: alternative.monthly_usd,
    p95: alternative.p95_ms,
    availability: alternative.availability_pct,
    hours: alternative.ops_hours_month,
    tradeOff: alternative.trade_off,
    components: optionsOf(plan, alternative),
  }));
  return [chosen, ...others];
}

import { CircleCheck, TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { paths } from "@/shared/config/paths";
import { figure, milliseconds, usd } from "@/shared/lib/format";
import { numberIn } from "./gate";
import { share } from "./wording";

interface KeyFiguresProps {
  /** Figures that the gate shows and that the decision is bound to. */
  shown: Record<string, unknown>;
  designId: string;
  budget: number | null;
  availabilityTarget: number | null;
}

/** The four figures that decide most approvals, each beside its target. */
export function KeyFigures({ shown, designId, budget, availabilityTarget }: KeyFiguresProps) {
  const [cost, low, high] = ["monthly_usd", "monthly_usd_low", "monthly_usd_high"].map((name) => numberIn(shown, name));
  const [p95, target] = [numberIn(shown, "p95_ms"), numberIn(shown, "p95_target_ms")];
  const availability = numberIn(shown, "availability_pct");
  const hours = numberIn(shown, "ops_hours_month");
  const unknown = numberIn(shown, "unknown_cost_lines") ?? 0;
  if (cost === null || cost === undefined) return null;
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(9rem,1fr))] gap-4">
      <Figure label="A month" value={usd(cost)}>
        {low !== null && high !== null ? <p>{`${usd(low)} to ${usd(high)}`}</p> : null}
        {budget === null ? null : <Kept kept={cost <= budget}>{`Budget ${usd(budget)}`}</Kept>}
        {unknown ? <Kept kept={false}>{`${unknown} ${unknown === 1 ? "price is" : "prices are"} unknown and not in it`}</Kept> : null}
        <Link href={paths.run(designId, "cost")} className="text-accent-ink underline">
          Every line
        </Link>
      </Figure>
      {p95 === null || p95 === undefined ? null : (
        <Figure label="p95" value={milliseconds(p95)}>
          {target === null || target === undefined ? null : <Kept kept={p95 <= target}>{`Target ${milliseconds(target)}`}</Kept>}
        </Figure>
      )}
      {availability === null ? null : (
        <Figure label="Available" value={share(availability)}>
          {availabilityTarget === null ? null : <Kept kept={availability >= availabilityTarget - 1e-6}>{`Target ${share(availabilityTarget)}`}</Kept>}
        </Figure>
      )}
      {hours === null ? null : (
        <Figure label="Operation a month" value={`${figure(hours)} h`}>
          <p>of people’s time</p>
        </Figure>
      )}
    </dl>
  );
}

function Figure({ label, value, children }: { label: string; value: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <dt className="text-xs text-ink-soft">{label}</dt>
      <dd className="flex flex-col items-start gap-1 text-xs text-ink-soft tabular-nums">
        <span className="text-lg text-ink">{value}</span>
        {children}
      </dd>
    </div>
  );
}

function Kept({ kept, children }: { kept: boolean; children: string }) {
  const Icon = kept ? CircleCheck : TriangleAlert;
  return (
    <p className={kept ? "flex items-start gap-1 text-good" : "flex items-start gap-1 font-medium text-warn"}>
      <Icon aria-hidden className="mt-0.5 size-3 shrink-0" />
      {children}
      <span className="sr-only">{kept ? ", kept" : ", look at this"}</span>
    </p>
  );
}

import { CircleCheck, OctagonX, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { figure, milliseconds, usd, usdChange } from "@/shared/lib/format";
import { ErrorState } from "@/shared/ui/states";
import type { Schemas } from "@/shared/api/client";
import { numberIn } from "./gate";
import type { Draft } from "./use-draft";
import { share, signed, slotName } from "./wording";

/** What the change that is tried would do to price, speed, availability, work and rules. */
export function EffectView({ draft }: { draft: Draft }) {
  return (
    <div aria-live="polite" aria-busy={draft.busy} className="flex flex-col gap-3">
      <h4 className="font-medium">With this change</h4>
      {draft.error ? <ErrorState error={draft.error} /> : null}
      {draft.busy ? <p className="text-ink-soft">Working it out…</p> : null}
      {draft.effect ? <Effect effect={draft.effect} /> : null}
    </div>
  );
}

function Effect({ effect }: { effect: Schemas["Effect"] }) {
  const p95 = numberIn(effect.summary, "p95_ms");
  const failing = effect.policies.filter(({ outcome }) => outcome === "fail");
  const warnings = effect.policies.length - failing.length;
  const blocking = effect.findings.filter(({ blocking: blocks, severity }) => blocks || severity === "error");
  return (
    <>
      <dl className="grid grid-cols-[repeat(auto-fit,minmax(8rem,1fr))] gap-3">
        <Change label="A month" value={usd(numberIn(effect.summary, "monthly_usd"))} change={usdChange(effect.monthly_usd_delta)} />
        {p95 === null ? null : <Change label="p95" value={milliseconds(p95)} change={`${signed(effect.p95_ms_delta)} ms`} />}
        <Change label="Available" value={share(numberIn(effect.summary, "availability_pct") ?? 0)} change={`${signed(effect.availability_pct_delta)} points`} />
        <Change label="Operation" value={`${figure(numberIn(effect.summary, "ops_hours_month") ?? 0)} h`} change={`${signed(effect.ops_hours_delta)} h`} />
      </dl>
      {effect.also_changed.length ? <p>Has to change with it: {effect.also_changed.map(slotName).join(", ")}.</p> : null}
      {effect.broken.length ? (
        <Told icon={<OctagonX aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />} title="Requirements it would not keep" lines={effect.broken.map(({ message }) => message)} />
      ) : (
        <p className="flex items-start gap-2">
          <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
          It keeps every hard requirement.
        </p>
      )}
      {failing.length ? (
        <Told icon={<OctagonX aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />} title="Policies it would fail" lines={failing.map(({ rule, message }) => `${rule}: ${message}`)} />
      ) : (
        <p className="text-ink-soft">{`No policy fails; ${warnings === 1 ? "1 warns" : `${warnings} warn`}.`}</p>
      )}
      {blocking.length ? (
        <Told icon={<TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />} title="Findings" lines={blocking.map(({ message }) => message)} />
      ) : null}
      {effect.cost.unknown_lines ? <p className="text-warn">{`${effect.cost.unknown_lines} prices are unknown and not in the total.`}</p> : null}
    </>
  );
}

function Change({ label, value, change }: { label: string; value: string; change: string }) {
  return (
    <div className="flex flex-col">
      <dt className="text-xs text-ink-soft">{label}</dt>
      <dd className="tabular-nums">
        <span className="font-medium">{value}</span> <span className="text-xs text-ink-soft">{change}</span>
      </dd>
    </div>
  );
}

function Told({ icon, title, lines }: { icon: ReactNode; title: string; lines: readonly string[] }) {
  return (
    <div className="flex gap-2">
      {icon}
      <div className="flex min-w-0 flex-col gap-1">
        <p className="font-medium">{title}</p>
        <ul className="flex flex-col gap-1">
          {lines.map((line, index) => (
            <li key={index} className="break-words">
              {line}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

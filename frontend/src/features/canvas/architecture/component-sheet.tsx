import type { ReactNode } from "react";
import type { Schemas } from "@/shared/api/client";
import { counted, figure, plain, sentence, usd, usdChange, words } from "@/shared/lib/format";
import { SideSheet } from "../side-sheet";
import { slotTitle } from "../slots";
import { quantityOf } from "../cost/cost-groups";
import { PartFiles } from "./part-files";
import { sizeText, type Component } from "./parts";

interface ComponentSheetProps {
  design: Schemas["DecisionSetRead"];
  plan: Schemas["Plan"];
  component: Component;
  onClose: () => void;
}

/** Everything about one component: why it was chosen, what was not, what it costs and carries, and its files. */
export function ComponentSheet({ design, plan, component, onClose }: ComponentSheetProps) {
  const { slot } = component;
  const rejected = plan.rejected.filter((each) => each.slot === slot);
  const lines = plan.cost.lines.filter((line) => line.slot === slot);
  return (
    <SideSheet open onClose={onClose} title={component.title} description={slotTitle(slot)}>
      <Part title="Why">
        <p className="text-sm">{component.why}</p>
        <p className="text-sm text-ink-soft">{sizeText(component.size)}</p>
        {component.generated === false ? <p className="text-sm text-warn">Planned and priced; the repository does not build it yet.</p> : null}
      </Part>
      <Part title={`Not chosen (${rejected.length})`}>
        {rejected.length ? <Rejections rejected={rejected} /> : <p className="text-sm text-ink-soft">No other option was weighed.</p>}
      </Part>
      <Part title="Cost">
        <Lines lines={lines} total={component.monthly_usd} />
      </Part>
      <Part title="Capacity and quotas">
        <Capacity component={component} />
      </Part>
      <Part title="Files">
        <PartFiles id={design.id} slot={slot} option={component.option} written={design.payload_sha256 !== null} />
      </Part>
    </SideSheet>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <h3 className="text-sm font-medium">{title}</h3>
      {children}
    </section>
  );
}

function Rejections({ rejected }: { rejected: readonly Schemas["Rejection"][] }) {
  return (
    <ul className="flex flex-col gap-2 text-sm">
      {rejected.map(({ option, title, reason, constraint, delta_usd_month: delta }) => (
        <li key={option} className="flex flex-col">
          <span className="flex justify-between gap-4">
            <span className="font-medium">{title || words(option)}</span>
            <span className="shrink-0 tabular-nums">{delta === null ? "no price" : `${usdChange(delta)} a month`}</span>
          </span>
          <span className="text-ink-soft">
            {sentence(reason)}
            {constraint ? ` (${words(constraint)})` : ""}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Lines({ lines, total }: { lines: readonly Schemas["CostLine"][]; total: number | null }) {
  return (
    <dl className="flex flex-col gap-1 text-sm">
      {lines.map((line, index) => (
        <div key={index} className="flex justify-between gap-4">
          <dt className="text-ink-soft">
            {line.item} <span className="text-xs">({quantityOf(line)})</span>
          </dt>
          <dd className="shrink-0 tabular-nums">{usd(line.monthly_usd)}</dd>
        </div>
      ))}
      <div className="flex justify-between gap-4 border-t border-line pt-1 font-medium">
        <dt>A month</dt>
        <dd className="tabular-nums">{usd(total)}</dd>
      </div>
    </dl>
  );
}

function Capacity({ component }: { component: Component }) {
  const { scaling, capacity_rps: capacity, quotas = [], recovery, facts = {}, ops_hours_month: hours } = component;
  return (
    <div className="flex flex-col gap-2 text-sm">
      <p>{counted(hours, "hour")} of operation a month.</p>
      {scaling ? <p>{scaling}</p> : null}
      {capacity === null || capacity === undefined ? null : <p>Carries {counted(capacity, "request")} a second at its largest.</p>}
      {recovery ? (
        <p>
          Loses at most {counted(recovery.rpo_minutes, "minute")} of data and is back within {counted(recovery.rto_minutes, "minute")}.
        </p>
      ) : null}
      {quotas.map((quota) => (
        <p key={quota.name} className={quota.needs > quota.default ? "text-warn" : undefined}>
          {quota.name}: needs {figure(quota.needs)} of {figure(quota.default)}
          {quota.needs > quota.default ? ", so the quota has to be raised" : ""}
          {quota.code ? <span className="text-xs text-ink-soft"> ({quota.code})</span> : null}
        </p>
      ))}
      {Object.keys(facts).length ? <p className="text-ink-soft">{plain(facts)}</p> : null}
    </div>
  );
}

import type { ReactNode } from "react";
import type { Schemas } from "@/shared/api/client";
import { figure, milliseconds, plain, usd, usdChange, words } from "@/shared/lib/format";
import { Badge, type Tone } from "@/shared/ui/badge";
import { visible } from "../repository/visible";
import { slotTitle } from "../slots";
import { WideTable } from "../wide-table";
import { change, lineDelta, sizeInWords } from "./change-words";

type Design = Schemas["DesignDiff"];

/** What differs in the design, one table for each kind of thing; kinds without a difference are left out. */
export function PlanChanges({ plan }: { plan: Design }) {
  return (
    <>
      <Figures plan={plan} />
      <Fields title="Requirements" changes={plan.requirements} />
      <Fields title="Assumptions" changes={plan.assumptions} />
      <Components changes={plan.components} />
      <CostLines cost={plan.cost} />
      <Policies changes={plan.policies} />
    </>
  );
}

interface ChangeTableProps {
  title: string;
  heads: readonly string[];
  count?: number;
  children: ReactNode;
}

function ChangeTable({ title, heads, count, children }: ChangeTableProps) {
  return (
    <div className="flex flex-col gap-2">
      <h3 className="text-sm font-medium">
        {title}
        {count ? <span className="ml-2 font-normal text-ink-soft">{count}</span> : null}
      </h3>
      <WideTable label={title}>
        <thead className="border-b border-line text-xs text-ink-soft">
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">{children}</tbody>
      </WideTable>
    </div>
  );
}

function Figures({ plan }: { plan: Design }) {
  const rows: [string, Schemas["NumberChange"], (value: number) => string][] = [
    ["Cost a month", plan.cost, usd],
    ["Latency at p95", plan.latency, milliseconds],
    ["Availability", plan.availability, (value) => `${value.toFixed(3)} %`],
    ["Operation a month", plan.ops_hours_month, (value) => `${figure(value)} h`],
  ];
  return (
    <ChangeTable title="Figures" heads={["Figure", "Before", "After", "Change"]}>
      {/* What runs at night has no latency. */}
      {rows.filter(([, { before, after }]) => before || after).map(([name, { before, after, delta }, show]) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          <td>{before === null ? <Nothing /> : show(before)}</td>
          <td>{show(after)}</td>
          <td>{change(delta, show)}</td>
        </tr>
      ))}
    </ChangeTable>
  );
}

const text = (value: unknown): string => visible(plain(value));

function Fields({ title, changes }: { title: string; changes: Design["requirements"] }) {
  if (!changes.length) return null;
  return (
    <ChangeTable title={title} heads={["Name", "Before", "After"]} count={changes.length}>
      {changes.map(({ field, before, after }) => (
        <tr key={field}>
          <th scope="row">{words(field)}</th>
          <td className="min-w-24 break-words text-ink-soft">{text(before)}</td>
          <td className="min-w-24 break-words">{text(after)}</td>
        </tr>
      ))}
    </ChangeTable>
  );
}

const KINDS: Record<Schemas["ComponentChange"]["kind"], string> = {
  added: "added",
  removed: "removed",
  replaced: "replaced",
  resized: "other size",
};

function Components({ changes }: { changes: Design["components"] }) {
  if (!changes.length) return null;
  return (
    <ChangeTable title="Components" heads={["Part", "Change", "Before", "After"]} count={changes.length}>
      {changes.map(({ slot, kind, before, after }) => (
        <tr key={slot}>
          <th scope="row">{slotTitle(slot)}</th>
          <td>{KINDS[kind]}</td>
          <td className="text-ink-soft">
            <Part shape={before} other={after} />
          </td>
          <td>
            <Part shape={after} other={before} />
          </td>
        </tr>
      ))}
    </ChangeTable>
  );
}

function Part({ shape, other }: { shape: Schemas["Shape"] | null; other: Schemas["Shape"] | null }) {
  if (!shape) return <Nothing />;
  const size = sizeInWords(shape, other);
  return (
    <span className="flex min-w-32 flex-col">
      {visible(shape.title)}
      <span className="text-xs text-ink-soft">
        {shape.monthly_usd === null ? "price unknown" : `${usd(shape.monthly_usd)} a month`}
        {size ? ` · ${visible(size)}` : ""}
      </span>
    </span>
  );
}

function CostLines({ cost }: { cost: Design["cost"] }) {
  if (!cost.lines.length) return null;
  return (
    <ChangeTable title="Lines of the bill" heads={["Part", "Item", "Before", "After", "Change"]} count={cost.lines.length}>
      {cost.lines.map((line) => (
        <tr key={`${line.slot} ${line.option} ${line.item}`}>
          <th scope="row">{slotTitle(line.slot)}</th>
          <td className="min-w-32">{visible(line.item)}</td>
          <td className="text-ink-soft">{line.before === null ? <Nothing /> : usd(line.before)}</td>
          <td>{line.after === null ? <Nothing /> : usd(line.after)}</td>
          <td className="whitespace-nowrap">{usdChange(lineDelta(line))}</td>
        </tr>
      ))}
    </ChangeTable>
  );
}

const OUTCOMES: Record<string, Tone> = { pass: "good", warn: "warn", fail: "bad" };

function Policies({ changes }: { changes: Design["policies"] }) {
  if (!changes.length) return null;
  return (
    <ChangeTable title="Policies" heads={["Rule", "Before", "After"]} count={changes.length}>
      {changes.map(({ rule, message, before, after }, index) => (
        <tr key={`${rule} ${index}`}>
          <th scope="row" className="min-w-40">
            {words(rule)}
            <span className="block text-xs font-normal text-ink-soft">{visible(message)}</span>
          </th>
          <td>{before ? <Badge tone={OUTCOMES[before] ?? "plain"}>{before}</Badge> : <Nothing />}</td>
          <td>{after ? <Badge tone={OUTCOMES[after] ?? "plain"}>{after}</Badge> : <Nothing />}</td>
        </tr>
      ))}
    </ChangeTable>
  );
}

function Nothing() {
  return (
    <span>
      <span aria-hidden>–</span>
      <span className="sr-only">not there</span>
    </span>
  );
}

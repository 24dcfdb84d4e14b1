import { useState } from "react";
import { cn } from "@/shared/lib/class-names";
import { usd, words } from "@/shared/lib/format";
import { Badge } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { slotTitle } from "../slots";
import { WideTable } from "../wide-table";
import { costGroups, quantityOf, unitPrice, type CostGroup, type CostLine } from "./cost-groups";

/** Columns that fold into the item where there is no room for them. */
const COLUMN = "@max-2xl:hidden";

/** Every line of the bill under its slot, with how its quantity came about; sources on demand. */
export function CostTable({ lines }: { lines: readonly CostLine[] }) {
  const [sources, setSources] = useState(false);
  return (
    <div className="flex flex-col gap-2">
      <Button className="self-end" aria-pressed={sources} onClick={() => setSources(!sources)}>
        {sources ? "Hide sources" : "Show sources"}
      </Button>
      <WideTable label="Bill by slot">
        <thead className="border-b border-line text-xs text-ink-soft">
          <tr>
            <th scope="col">Item</th>
            <th scope="col" className="text-right!">A month</th>
            <th scope="col" className={cn(COLUMN, "text-right!")}>Quantity</th>
            <th scope="col" className={cn(COLUMN, "text-right!")}>Unit price</th>
            <th scope="col" className={COLUMN}>How it follows</th>
            {sources ? <th scope="col" className={COLUMN}>Source</th> : null}
          </tr>
        </thead>
        {costGroups(lines).map((group) => (
          <Group key={group.slot} group={group} sources={sources} />
        ))}
      </WideTable>
    </div>
  );
}

function Group({ group, sources }: { group: CostGroup; sources: boolean }) {
  return (
    <tbody className="border-b border-line last:border-0">
      <tr className="bg-sand/50">
        <th scope="rowgroup">
          {slotTitle(group.slot)}
          {group.unknown ? <span className="ml-2 text-xs text-warn">{group.unknown} unknown</span> : null}
        </th>
        <td className="text-right font-medium tabular-nums">{usd(group.monthly)}</td>
        <td colSpan={sources ? 4 : 3} className={COLUMN} />
      </tr>
      {group.lines.map((line, index) => (
        <Line key={index} line={line} sources={sources} />
      ))}
    </tbody>
  );
}

function Line({ line, sources }: { line: CostLine; sources: boolean }) {
  const price = line.unit_price_usd === null ? null : unitPrice(line.unit_price_usd);
  const packed = price !== null && /^\d/.test(line.unit) ? `for ${line.unit}` : "";
  const source = `${line.source || "no source"}, ${line.source_date ?? "no date"} · ${words(line.method)} · ${line.region}`;
  return (
    <tr>
      <td className="min-w-32">
        {line.item}
        <span className="block text-xs text-ink-soft @2xl:hidden">
          {quantityOf(line)} × {price ?? "an unknown price"}{packed ? ` ${packed}` : ""}; {line.formula}
        </span>
        {sources ? <span className="block text-xs break-words text-ink-soft @2xl:hidden">{source}</span> : null}
        {line.elastic ? <span className="block text-xs text-ink-soft">follows the traffic</span> : null}
      </td>
      <td className="text-right whitespace-nowrap">{line.monthly_usd === null ? <Unknown /> : usd(line.monthly_usd)}</td>
      <td className={cn(COLUMN, "text-right whitespace-nowrap")}>{quantityOf(line)}</td>
      <td className={cn(COLUMN, "text-right whitespace-nowrap")}>
        {price ?? <Unknown />}
        {packed ? <span className="text-xs text-ink-soft"> {packed}</span> : null}
      </td>
      <td className={cn(COLUMN, "min-w-48 text-xs text-ink-soft")}>{line.formula}</td>
      {sources ? <td className={cn(COLUMN, "min-w-48 text-xs text-ink-soft")}>{source}</td> : null}
    </tr>
  );
}

function Unknown() {
  return <Badge tone="warn">unknown</Badge>;
}

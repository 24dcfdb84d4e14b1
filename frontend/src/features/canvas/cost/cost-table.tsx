import { useState } from "react";
import { usd, words } from "@/shared/lib/format";
import { Badge } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { slotTitle } from "../slots";
import { WideTable } from "../wide-table";
import { costGroups, quantityOf, unitPrice, type CostGroup, type CostLine } from "./cost-groups";

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
            <th scope="col" className="text-right!">Quantity</th>
            <th scope="col" className="text-right!">Unit price</th>
            <th scope="col">How it follows</th>
            {sources ? <th scope="col">Source</th> : null}
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
        <td colSpan={sources ? 4 : 3} />
      </tr>
      {group.lines.map((line, index) => (
        <Line key={index} line={line} sources={sources} />
      ))}
    </tbody>
  );
}

function Line({ line, sources }: { line: CostLine; sources: boolean }) {
  return (
    <tr>
      <td className="min-w-32">
        {line.item}
        {line.elastic ? <span className="block text-xs text-ink-soft">follows the traffic</span> : null}
      </td>
      <td className="text-right whitespace-nowrap">{line.monthly_usd === null ? <Unknown /> : usd(line.monthly_usd)}</td>
      <td className="text-right whitespace-nowrap">{quantityOf(line)}</td>
      <td className="text-right whitespace-nowrap">
        {line.unit_price_usd === null ? <Unknown /> : unitPrice(line.unit_price_usd)}
        {line.unit_price_usd !== null && /^\d/.test(line.unit) ? <span className="text-xs text-ink-soft"> for {line.unit}</span> : null}
      </td>
      <td className="min-w-48 text-xs text-ink-soft">{line.formula}</td>
      {sources ? (
        <td className="min-w-48 text-xs text-ink-soft">
          {line.source || "no source"}, {line.source_date ?? "no date"} · {words(line.method)} · {line.region}
        </td>
      ) : null}
    </tr>
  );
}

function Unknown() {
  return <Badge tone="warn">unknown</Badge>;
}

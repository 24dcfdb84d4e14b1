import { usd } from "@/shared/lib/format";
import { Button } from "@/shared/ui/button";
import { slotTitle } from "../slots";
import type { Flow } from "./flows";
import { sizeText, type DesignPart } from "./parts";

interface PartListProps {
  parts: readonly DesignPart[];
  flows: readonly Flow[];
  onOpen: (id: string) => void;
}

/** The diagram as text: the same components, sizes, prices and flows. */
export function PartList({ parts, flows, onOpen }: PartListProps) {
  const titles = new Map(parts.map(({ id, slot }) => [id, slotTitle(slot)]));
  const targets = (id: string): string[] => flows.filter(({ from }) => from === id).map(({ to }) => titles.get(to) ?? to);
  return (
    <ol aria-label="Components" className="flex flex-col divide-y divide-line rounded border border-line bg-surface">
      {parts.map(({ id, slot, component }) => (
        <li key={id} className="flex items-start gap-4 p-4">
          <div className="flex min-w-0 flex-1 flex-col gap-1">
            <span className="text-xs text-ink-soft">{slotTitle(slot)}</span>
            <span className="text-sm font-medium break-words">{component.title}</span>
            <span className="text-xs text-ink-soft">{sizeText(component.size)}</span>
            {targets(id).length ? <span className="text-xs text-ink-soft">Flows to {targets(id).join(", ")}</span> : null}
          </div>
          <div className="flex shrink-0 flex-col items-end gap-2">
            <span className="text-sm tabular-nums">
              {component.monthly_usd === null ? "price unknown" : `${usd(component.monthly_usd)} a month`}
            </span>
            <Button aria-label={`Details of ${slotTitle(slot)}`} onClick={() => onOpen(id)}>
              Details
            </Button>
          </div>
        </li>
      ))}
    </ol>
  );
}

import { Handle, Position, type Node, type NodeProps } from "@xyflow/react";
import { usd } from "@/shared/lib/format";
import { slotTitle } from "../slots";
import { NODE } from "./layout";
import { sizeText, type DesignPart } from "./parts";

export type PartNodeType = Node<{ part: DesignPart; onOpen: (id: string) => void }, "part">;

/** A component in the diagram; it is a button, so Enter opens what a click opens. */
export function PartNode({ data: { part, onOpen } }: NodeProps<PartNodeType>) {
  const { slot, component } = part;
  const size = sizeText(component.size);
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} className="invisible" />
      <button
        type="button"
        data-part={part.id}
        style={{ width: NODE.width, height: NODE.height }}
        className="nopan nodrag pointer-events-auto flex flex-col gap-1 rounded border border-line-strong bg-surface p-3 text-left hover:border-accent hover:bg-sand"
        onClick={() => onOpen(part.id)}
      >
        <span className="flex items-baseline justify-between gap-2 text-xs text-ink-soft">
          {slotTitle(slot)}
          <span className="tabular-nums">{component.monthly_usd === null ? "price unknown" : `${usd(component.monthly_usd)}/mo`}</span>
        </span>
        <span className="line-clamp-2 text-sm font-medium" title={component.title}>
          {component.title}
        </span>
        {size ? (
          <span className="truncate text-xs text-ink-soft" title={size}>
            {size}
          </span>
        ) : null}
      </button>
      <Handle type="source" position={Position.Right} isConnectable={false} className="invisible" />
    </>
  );
}

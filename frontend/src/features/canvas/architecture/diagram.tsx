import "@xyflow/react/dist/base.css";
import { BaseEdge, Panel, Position, ReactFlow, useReactFlow, useStore, type Edge, type EdgeProps } from "@xyflow/react";
import { Maximize, ZoomIn, ZoomOut } from "lucide-react";
import { useEffect } from "react";
import { IconButton } from "@/shared/ui/button";
import { NODE, pathOf, type Layout, type Point } from "./layout";
import { PartNode, type PartNodeType } from "./part-node";
import type { DesignPart } from "./parts";

interface DiagramProps {
  parts: readonly DesignPart[];
  layout: Layout;
  onOpen: (id: string) => void;
}

type LineEdge = Edge<{ points: readonly Point[] }, "line">;

/** Sizes are known, so nothing has to be measured before it is shown. */
const HANDLES = [
  { type: "target" as const, position: Position.Left, x: 0, y: NODE.height / 2 },
  { type: "source" as const, position: Position.Right, x: NODE.width, y: NODE.height / 2 },
];
const NODE_TYPES = { part: PartNode };
const EDGE_TYPES = { line: Line };

/** The components and where data flows among them, to be moved and enlarged. */
export function Diagram({ parts, layout, onOpen }: DiagramProps) {
  const nodes: PartNodeType[] = parts.map((part) => ({
    id: part.id,
    type: "part",
    position: layout.nodes.get(part.id) ?? { x: 0, y: 0 },
    width: NODE.width,
    height: NODE.height,
    handles: HANDLES,
    data: { part, onOpen },
  }));
  const edges: LineEdge[] = layout.lines.map(({ flow, points }) => ({
    id: `${flow.from} → ${flow.to}`,
    type: "line",
    source: flow.from,
    target: flow.to,
    data: { points },
  }));
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      minZoom={0.2}
      maxZoom={2}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      preventScrolling={false}
      zoomOnScroll={false}
      panOnScroll={false}
      proOptions={{ hideAttribution: true }}
      aria-label="Diagram of the architecture"
    >
      <svg aria-hidden className="absolute size-0">
        <defs>
          <marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">
            <path d="M0 0 8 4 0 8Z" className="fill-line-strong" />
          </marker>
        </defs>
      </svg>
      <Fitting />
      <Zooming />
    </ReactFlow>
  );
}

/** As a style: the sheet of the library stands above our classes. */
const STROKE = { stroke: "var(--line-strong)", strokeWidth: 1.5, fill: "none" } as const;

function Line({ data }: EdgeProps<LineEdge>) {
  return <BaseEdge path={pathOf(data?.points ?? [])} markerEnd="url(#arrow)" style={STROKE} />;
}

const FIT = { padding: 0.08, maxZoom: 1 } as const;

/** Shows the whole whenever the pane or the design changes its size. */
function Fitting() {
  const { fitView } = useReactFlow();
  const size = useStore(({ width, height, nodeLookup }) => `${width} ${height} ${nodeLookup.size}`);
  useEffect(() => {
    const soon = requestAnimationFrame(() => void fitView(FIT));
    return () => cancelAnimationFrame(soon);
  }, [fitView, size]);
  return null;
}

function Zooming() {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  return (
    <Panel position="bottom-right" className="flex rounded border border-line bg-surface">
      <IconButton label="Larger" onClick={() => void zoomIn()}>
        <ZoomIn aria-hidden />
      </IconButton>
      <IconButton label="Smaller" onClick={() => void zoomOut()}>
        <ZoomOut aria-hidden />
      </IconButton>
      <IconButton label="Show all of it" onClick={() => void fitView(FIT)}>
        <Maximize aria-hidden />
      </IconButton>
    </Panel>
  );
}

import { List, Network } from "lucide-react";
import { Suspense, useMemo, useState } from "react";
import type { Schemas } from "@/shared/api/client";
import { usePlan } from "@/shared/api/reading/plan";
import { figure, milliseconds, usd } from "@/shared/lib/format";
import { lazily } from "@/shared/lib/lazily";
import { Button } from "@/shared/ui/button";
import { EmptyState, LoadingState } from "@/shared/ui/states";
import { Boundary } from "@/shared/ui/boundary";
import { Loaded } from "../loaded";
import { NoPlanYet } from "../no-plan-yet";
import { ComponentSheet } from "./component-sheet";
import { layOut, NODE } from "./layout";
import { PartList } from "./part-list";
import { partsOf } from "./parts";
import { useWidth } from "./use-width";

const Diagram = lazily(async () => (await import("./diagram")).Diagram);

/** The chosen components and how data flows among them: as a diagram, and as a list that says the same. */
export function ArchitectureTab({ design }: { design: Schemas["DecisionSetRead"] }) {
  const planned = design.plan_sha256 !== null;
  const plan = usePlan(design.id, planned);
  if (!planned) return <NoPlanYet title="No architecture yet" design={design} />;
  return (
    <Loaded query={plan} label="Reading the plan">
      {(data) => <Architecture design={design} plan={data} />}
    </Loaded>
  );
}

/** Below this width a diagram would have to be smaller than can be read. */
const NARROW = 480;
/** How small the words of the diagram may become. */
const SMALLEST = 0.8;

function Architecture({ design, plan }: { design: Schemas["DecisionSetRead"]; plan: Schemas["Plan"] }) {
  const [measure, width] = useWidth();
  const [asked, setAsked] = useState<"diagram" | "list" | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const { parts, flows } = useMemo(() => partsOf(plan.components), [plan.components]);
  const columns = width ? Math.floor((width - 32) / SMALLEST / (NODE.width + 48)) : Infinity;
  const layout = useMemo(() => layOut(parts.map(({ id }) => id), flows, columns), [parts, flows, columns]);
  const part = parts.find(({ id }) => id === opened);
  if (!parts.length) return <EmptyState title="This plan has no components" />;
  const view = layout === null ? "list" : (asked ?? ((width ?? 0) < NARROW ? "list" : "diagram"));
  const list = <PartList parts={parts} flows={flows} onOpen={setOpened} />;
  return (
    <div ref={measure} className="flex min-h-full flex-col gap-4 p-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-sm text-ink-soft tabular-nums">{figuresOf(plan)}</p>
        <Button disabled={layout === null} onClick={() => setAsked(view === "list" ? "diagram" : "list")}>
          {view === "list" ? <Network aria-hidden /> : <List aria-hidden />}
          {view === "list" ? "Show as diagram" : "Show as list"}
        </Button>
      </div>
      {layout === null ? <p className="text-sm text-warn">This design cannot be drawn; the list says the same.</p> : null}
      {view === "diagram" && layout ? (
        <Boundary fallback={list}>
          <Suspense fallback={<LoadingState label="Drawing the diagram" lines={6} />}>
            <div
              className="shrink-0 rounded border border-line bg-page"
              style={{ height: Math.max(320, Math.min(layout.height, (layout.height * (width ?? 0)) / layout.width) + 32) }}
            >
              <Diagram parts={parts} layout={layout} onOpen={setOpened} />
            </div>
          </Suspense>
        </Boundary>
      ) : (
        list
      )}
      {part ? <ComponentSheet design={design} plan={plan} component={part.component} onClose={() => setOpened(null)} /> : null}
    </div>
  );
}

function figuresOf(plan: Schemas["Plan"]): string {
  const { latency, availability } = plan;
  return [
    `${usd(plan.cost.expected_usd)} a month`,
    latency.target_ms === null ? null : `p95 ${milliseconds(latency.conservative_p95_ms)} of ${milliseconds(latency.target_ms)}`,
    `${availability.expected_pct} % available`,
    `${figure(plan.ops_hours_month)} h of operation a month`,
    plan.proven_optimal ? "proven optimal" : "best found",
  ]
    .filter((each) => each !== null)
    .join(" · ");
}

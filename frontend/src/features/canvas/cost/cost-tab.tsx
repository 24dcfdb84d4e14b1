import { Suspense } from "react";
import type { Schemas } from "@/shared/api/client";
import { useCost } from "@/shared/api/reading/cost";
import { usePlan } from "@/shared/api/reading/plan";
import { lazily } from "@/shared/lib/lazily";
import { useReadOnly } from "@/shared/lib/read-only";
import { EmptyState, LoadingState } from "@/shared/ui/states";
import { Boundary } from "@/shared/ui/boundary";
import { Loaded } from "../loaded";
import { NoPlanYet } from "../no-plan-yet";
import { Section } from "../section";
import { Assumptions } from "./assumptions";
import { costGroups } from "./cost-groups";
import { CostTable } from "./cost-table";
import { CostTotals } from "./cost-totals";
import { Savings } from "./savings";

const CostChart = lazily(async () => (await import("./cost-chart")).CostChart);

/** The monthly bill with a receipt for every line, and the figures it rests on. */
export function CostTab({ design }: { design: Schemas["DecisionSetRead"] }) {
  const readOnly = useReadOnly();
  const planned = design.plan_sha256 !== null;
  const cost = useCost(design.id, planned);
  const plan = usePlan(design.id, planned);
  if (!planned) return <NoPlanYet title="No bill yet" design={design} />;
  const figures = plan.data?.figures ?? [];
  const gate = !readOnly && design.gate?.decisions.includes("edit") ? design.gate : null;
  return (
    <Loaded query={cost} label="Reading the bill">
      {(data) => (
        <div className="flex flex-col gap-8 p-4">
          <CostTotals cost={data} />
          <Section title="The bill">
            {data.lines.length ? <CostTable lines={data.lines} /> : <EmptyState title="The bill has no lines" />}
          </Section>
          <Section title="By slot">
            <Boundary fallback={<p className="text-sm text-ink-soft">The chart cannot be drawn; the table above says the same.</p>}>
              <Suspense fallback={<LoadingState label="Drawing the chart" lines={3} />}>
                <CostChart groups={costGroups(data.lines)} />
              </Suspense>
            </Boundary>
          </Section>
          {data.savings?.length ? (
            <Section title="Ideas to save" note="Upper bounds that may exclude each other; none is in the totals.">
              <Savings savings={data.savings} />
            </Section>
          ) : null}
          {figures.length ? (
            <Section
              title="Assumptions"
              note={
                gate
                  ? "Another value shows at once what it would do; nothing is planned before you say so."
                  : readOnly
                    ? undefined
                    : "They can be changed while a gate waits."
              }
            >
              <Assumptions key={design.plan_sha256} id={design.id} plan={design.plan_sha256 ?? ""} figures={figures} gate={gate} />
            </Section>
          ) : null}
        </div>
      )}
    </Loaded>
  );
}

import { useState } from "react";
import type { Schemas } from "@/shared/api/client";
import { asProblem } from "@/shared/api/problem";
import { useMe } from "@/shared/api/reading/me";
import { usePolicy } from "@/shared/api/reading/policy";
import { Button } from "@/shared/ui/button";
import { EmptyState } from "@/shared/ui/states";
import { Loaded } from "../loaded";
import { NoPlanYet } from "../no-plan-yet";
import { Section } from "../section";
import { Tally } from "../tally";
import { FileRules } from "./file-rules";
import { Findings } from "./findings";
import { packsOf, packTitle, type Pack } from "./policy-groups";
import { PolicyResult } from "./policy-result";
import { WaiveDialog } from "./waive-dialog";
import { waivableRules, waivedRules } from "./waiving";

/** What the rules and the critics say about the plan, the worst first. */
export function PolicyTab({ design }: { design: Schemas["DecisionSetRead"] }) {
  const planned = design.plan_sha256 !== null;
  const policy = usePolicy(design.id, planned);
  const [waiving, setWaiving] = useState<string | null>(null);
  const rules = waivableRules(design);
  const me = useMe(rules.length > 0).data;
  const waivable = !me || me.roles.includes("admin") ? rules : [];
  if (!planned) return <NoPlanYet title="No policy results yet" design={design} />;
  // There is a plan before the rules have looked at it.
  if (policy.error && asProblem(policy.error).status === 404) {
    return <EmptyState title="No policy results yet">The rules look at the plan as soon as it stands.</EmptyState>;
  }
  return (
    <Loaded query={policy} label="Reading the policies">
      {({ results, findings }) => (
        <div className="flex flex-col gap-8 p-4">
          <Tally outcomes={results.map(({ outcome }) => outcome)} />
          {packsOf(results).map((pack) => (
            <PackPart key={pack.name} pack={pack} waivable={waivable} onWaive={setWaiving} />
          ))}
          {results.length ? null : <EmptyState title="No rule applies to this design" />}
          <FileRules id={design.id} waivable={waivable} waived={waivedRules(design)} onWaive={setWaiving} />
          <Section title="What the critics say">
            {findings.length ? <Findings findings={findings} /> : <p className="text-sm text-ink-soft">Nothing to complain about.</p>}
          </Section>
          {waiving && design.gate ? (
            <WaiveDialog key={`${design.gate.id} ${waiving}`} design={design} gate={design.gate} rule={waiving} onClose={() => setWaiving(null)} />
          ) : null}
        </div>
      )}
    </Loaded>
  );
}

interface PackPartProps {
  pack: Pack;
  waivable: readonly string[];
  onWaive: (rule: string) => void;
}

function PackPart({ pack, waivable, onWaive }: PackPartProps) {
  const [all, setAll] = useState(false);
  const pressing = pack.results.filter(({ outcome }) => outcome === "fail" || outcome === "warn");
  const shown = all ? pack.results : pressing;
  const others = pack.results.length - pressing.length;
  return (
    <Section title={packTitle(pack.name)} note={`${pressing.length} of ${pack.results.length} need a look`}>
      {shown.length ? (
        <ul className="flex flex-col divide-y divide-line rounded border border-line bg-surface">
          {shown.map((result, index) => (
            <PolicyResult
              key={`${result.rule} ${index}`}
              result={result}
              onWaive={result.outcome === "fail" && waivable.includes(result.rule) ? () => onWaive(result.rule) : undefined}
            />
          ))}
        </ul>
      ) : null}
      {others ? (
        <Button kind="quiet" className="self-start" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Hide" : "Show"} {others} that {others === 1 ? "passes or does not apply" : "pass or do not apply"}
        </Button>
      ) : null}
    </Section>
  );
}

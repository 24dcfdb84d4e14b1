import { ShieldOff } from "lucide-react";
import { Badge } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { ErrorState } from "@/shared/ui/states";
import { storedChecks, type CheckFinding } from "../checks/checks";
import { FileLink } from "../file-link";
import { Outcome } from "../outcome";
import { Section } from "../section";
import { useStored } from "../use-stored";

interface FileRulesProps {
  id: string;
  waivable: readonly string[];
  /** Waived since these files were checked, or before. */
  waived: readonly string[];
  onWaive: (rule: string) => void;
}

/** What the rules find in the generated files, each at its line; nothing before there are files. */
export function FileRules({ id, waivable, waived, onWaive }: FileRulesProps) {
  const { data, error, refetch } = useStored(id, "checks.json", storedChecks);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const findings = data?.find(({ check }) => check === "policy")?.findings ?? [];
  if (!findings.length) return null;
  return (
    <Section title="In the generated files" note={`${findings.filter(({ suppressed }) => !suppressed).length} of ${findings.length} need a look`}>
      <ul className="flex flex-col divide-y divide-line rounded border border-line bg-surface">
        {[...findings].sort(openFirst).map((finding, index) => {
          const isWaived = !finding.suppressed && waived.includes(finding.check_id);
          return (
          <li key={index} className="flex flex-col gap-2 p-4 text-sm">
            <div className="flex flex-wrap items-center gap-2">
              <Outcome outcome={finding.suppressed || isWaived || finding.severity !== "high" ? "warn" : "fail"} />
              {finding.suppressed ? <Badge>Accepted</Badge> : null}
              {isWaived ? <Badge>Waived</Badge> : null}
              <code className="text-xs break-all text-ink-soft">{finding.check_id}</code>
            </div>
            <p className="max-w-prose break-words">{finding.message}</p>
            {finding.path ? <FileLink path={finding.path} line={finding.line} className="self-start" /> : null}
            {finding.suppressed ? <p className="break-words text-ink-soft">{finding.reason}</p> : null}
            {isWaived ? <p className="text-ink-soft">It is checked again when the repository is written anew.</p> : null}
            {!finding.suppressed && waivable.includes(finding.check_id) ? (
              <Button kind="quiet" className="self-start" onClick={() => onWaive(finding.check_id)}>
                <ShieldOff aria-hidden />
                Waive… <span className="sr-only">{finding.check_id}</span>
              </Button>
            ) : null}
          </li>
          );
        })}
      </ul>
    </Section>
  );
}

const openFirst = (one: CheckFinding, other: CheckFinding): number =>
  Number(one.suppressed) - Number(other.suppressed) || Number(other.severity === "high") - Number(one.severity === "high");

import { CircleX, Info, TriangleAlert } from "lucide-react";
import type { Schemas } from "@/shared/api/client";
import { Badge } from "@/shared/ui/badge";
import { slotTitle } from "../slots";
import { sortedFindings } from "./policy-groups";

const SIGNS = {
  error: { icon: CircleX, tone: "bad", label: "Error" },
  warning: { icon: TriangleAlert, tone: "warn", label: "Warning" },
  info: { icon: Info, tone: "plain", label: "To know" },
} as const;

/** What the critics say about the plan, with what would help. */
export function Findings({ findings }: { findings: readonly Schemas["Finding"][] }) {
  return (
    <ul className="flex flex-col divide-y divide-line rounded border border-line bg-surface">
      {sortedFindings(findings).map((finding, index) => {
        const { icon: Icon, tone, label } = SIGNS[finding.severity];
        return (
          <li key={index} className="flex flex-col gap-2 p-4 text-sm">
            <div className="flex flex-wrap items-center gap-2">
              <Badge tone={tone}>
                <Icon aria-hidden />
                {label}
              </Badge>
              {finding.blocking ? <Badge tone="bad">Stops the design</Badge> : null}
              {finding.slot ? <span className="text-xs text-ink-soft">{slotTitle(finding.slot)}</span> : null}
            </div>
            <p className="max-w-prose font-medium">{finding.message}</p>
            {finding.evidence ? <p className="max-w-prose text-ink-soft">{finding.evidence}</p> : null}
            {finding.fix ? <p className="max-w-prose">Fix: {finding.fix}</p> : null}
          </li>
        );
      })}
    </ul>
  );
}

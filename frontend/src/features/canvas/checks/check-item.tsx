import { duration, words } from "@/shared/lib/format";
import { Badge } from "@/shared/ui/badge";
import { FileLink } from "../file-link";
import { Outcome } from "../outcome";
import type { Check, CheckFinding } from "./checks";

/** One check: how it came out and why, and every place it complains about. */
export function CheckItem({ check }: { check: Check }) {
  const findings = check.findings ?? [];
  const open = findings.filter(({ suppressed }) => !suppressed);
  const suppressed = findings.filter((finding) => finding.suppressed);
  const why = check.reason || (check.status === "skipped" ? "No reason was given." : "");
  return (
    <li className="flex flex-col gap-2 p-4 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Outcome outcome={check.status} />
        <span className="font-medium">{words(check.check)}</span>
        <span className="ml-auto text-xs text-ink-soft tabular-nums">
          {[check.tool, check.seconds === null ? "" : duration(check.seconds)].filter(Boolean).join(" · ")}
        </span>
      </div>
      {why ? <p className="max-w-prose break-words">{why}</p> : null}
      <Places findings={open} />
      {suppressed.length ? (
        <details>
          <summary className="min-h-6 text-ink-soft">{suppressed.length} suppressed, each with its reason</summary>
          <Places findings={suppressed} />
        </details>
      ) : null}
    </li>
  );
}

function Places({ findings }: { findings: readonly CheckFinding[] }) {
  if (!findings.length) return null;
  return (
    <ul className="flex flex-col gap-2 border-l-2 border-line pl-3">
      {findings.map((finding, index) => (
        <li key={index} className="flex flex-col">
          <span className="flex flex-wrap items-center gap-2">
            <FileLink path={finding.path} line={finding.line} />
            <Badge>{finding.severity}</Badge>
            <code className="text-xs text-ink-soft">{finding.check_id}</code>
          </span>
          <span className="break-words">{finding.message}</span>
          {finding.suppressed ? <span className="text-ink-soft">Suppressed: {finding.reason || "no reason was given"}</span> : null}
        </li>
      ))}
    </ul>
  );
}

import { ShieldOff } from "lucide-react";
import { words } from "@/shared/lib/format";
import { Badge } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { FileLink } from "../file-link";
import { Outcome } from "../outcome";
import { slotTitle } from "../slots";
import type { Result } from "./policy-groups";

/** One rule: what it says, what it looked at, what would help, and who accepts what it found. */
export function PolicyResult({ result, onWaive }: { result: Result; onWaive?: () => void }) {
  const { waiver, file, resource, line } = result;
  return (
    <li className="flex flex-col gap-2 p-4 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <Outcome outcome={result.outcome} />
        {waiver ? <Badge>Waived</Badge> : null}
        <span className="text-xs text-ink-soft">{words(result.rule.split(".").at(-1) ?? result.rule)}</span>
      </div>
      <p className="max-w-prose font-medium">{result.message}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 [&_dd]:min-w-0 [&_dd]:break-words [&_dt]:text-ink-soft">
        <dt>Control</dt>
        <dd>{result.control}</dd>
        {result.evidence ? (
          <>
            <dt>Evidence</dt>
            <dd>{result.evidence}</dd>
          </>
        ) : null}
        {result.fix ? (
          <>
            <dt>Fix</dt>
            <dd>{result.fix}</dd>
          </>
        ) : null}
        {resource || file || result.slot ? (
          <>
            <dt>Where</dt>
            <dd className="flex flex-wrap gap-x-3">
              {result.slot ? <span>{slotTitle(result.slot)}</span> : null}
              {resource ? <code className="text-xs leading-6 break-all">{resource}</code> : null}
              {file ? <FileLink path={file} line={line ?? null} /> : null}
            </dd>
          </>
        ) : null}
        {waiver ? (
          <>
            <dt>Waiver</dt>
            <dd>
              {waiver.owner} accepts it until <time dateTime={waiver.expires}>{waiver.expires}</time>: {waiver.reason}
              {waiver.resource ? ` (only for ${waiver.resource})` : ""}
            </dd>
          </>
        ) : null}
      </dl>
      {onWaive ? (
        <Button kind="quiet" className="self-start" onClick={onWaive}>
          <ShieldOff aria-hidden />
          Waive… <span className="sr-only">{result.rule}</span>
        </Button>
      ) : null}
    </li>
  );
}

import { GitCompareArrows, Undo2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { StatusBadge } from "@/features/story/status-badge";
import { paths } from "@/shared/config/paths";
import { cn } from "@/shared/lib/class-names";
import { ago, dateTime, usd } from "@/shared/lib/format";
import { Badge } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { visible } from "../repository/visible";
import { isFinished, isRestorable, originOf, type Version } from "./lineage";

/** So many are shown at first, so that the comparison stays near. */
const FEW = 6;

interface VersionListProps {
  versions: readonly Version[];
  /** The design that is open. */
  openId: string;
  onCompare: ((version: Version) => void) | null;
  onRestore: (version: Version) => void;
}

/** Every version of the project, the newest first: what became of it, what it costs, where it comes from. */
export function VersionList({ versions, openId, onCompare, onRestore }: VersionListProps) {
  const [all, setAll] = useState(false);
  const shown = all ? versions : versions.slice(0, FEW);
  return (
    <>
      <ol aria-label="Versions" className="flex flex-col divide-y divide-line rounded border border-line bg-surface">
        {shown.map((version) => (
          <li
            key={version.id}
            aria-current={version.id === openId || undefined}
            className={cn("flex flex-wrap items-center gap-x-4 gap-y-2 p-3", version.id === openId && "bg-sand/50")}
          >
            <About version={version} versions={versions} isOpen={version.id === openId} />
            <div className="flex flex-wrap gap-2">
              {onCompare && isFinished(version) && version.id !== openId ? (
                <Button kind="quiet" className="px-2" aria-label={`Compare version ${version.version}`} onClick={() => onCompare(version)}>
                  <GitCompareArrows aria-hidden />
                  Compare
                </Button>
              ) : null}
              {isRestorable(version, versions) ? (
                <Button className="px-3" aria-label={`Restore version ${version.version}`} onClick={() => onRestore(version)}>
                  <Undo2 aria-hidden />
                  Restore
                </Button>
              ) : null}
            </div>
          </li>
        ))}
      </ol>
      {versions.length > shown.length ? (
        <Button kind="quiet" className="self-start" onClick={() => setAll(true)}>
          All {versions.length} versions
        </Button>
      ) : null}
    </>
  );
}

function About({ version, versions, isOpen }: { version: Version; versions: readonly Version[]; isOpen: boolean }) {
  const monthly = version.summary.monthly_usd;
  return (
    <div className="flex min-w-0 flex-1 basis-56 flex-col gap-1 text-sm">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Link href={paths.run(version.id, "versions")} className="inline-block min-h-6 leading-6 font-medium underline underline-offset-2">
          Version {version.version}
        </Link>
        <StatusBadge status={version.status} />
        {isOpen ? <Badge>open here</Badge> : null}
        {version.archived ? <Badge>archived</Badge> : null}
      </p>
      <p className="truncate" title={visible(version.title)}>
        {visible(version.title)}
      </p>
      <p className="text-xs text-ink-soft tabular-nums">
        {originOf(version, versions)} · {typeof monthly === "number" ? `${usd(monthly)} a month` : "no cost yet"} ·{" "}
        <time dateTime={version.created_at} title={dateTime(version.created_at)}>
          {ago(version.created_at)}
        </time>
      </p>
    </div>
  );
}

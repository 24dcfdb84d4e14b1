import { ChevronRight, FileMinus2, FilePenLine, FilePlus2, type LucideIcon } from "lucide-react";
import { useState } from "react";
import type { Schemas } from "@/shared/api/client";
import { cn } from "@/shared/lib/class-names";
import { Button } from "@/shared/ui/button";
import { FileLink } from "../file-link";
import { visibleName } from "../repository/visible";
import { FileDiff } from "./file-diff";

type File = Schemas["ChangedFile"];

const KINDS: Record<File["kind"], { icon: LucideIcon; className: string }> = {
  added: { icon: FilePlus2, className: "text-good" },
  removed: { icon: FileMinus2, className: "text-bad" },
  changed: { icon: FilePenLine, className: "text-ink-soft" },
};
const FEW = 60;

interface CodeChangesProps {
  code: Schemas["TreeDiff"];
  /** Whether files of the later version can be opened beside. */
  isOpenDesign: boolean;
}

/** Every file that differs; what changed in it unfolds. */
export function CodeChanges({ code, isOpenDesign }: CodeChangesProps) {
  const [all, setAll] = useState(false);
  const shown = all ? code.files : code.files.slice(0, FEW);
  return (
    <section aria-label="Files" className="flex flex-col gap-2">
      <h3 className="text-sm font-medium">Files</h3>
      {shown.length ? (
        <ul className="flex flex-col divide-y divide-line overflow-hidden rounded border border-line bg-surface">
          {shown.map((file) => (
            <li key={file.path}>
              <ChangedFile file={file} isOpenDesign={isOpenDesign} />
            </li>
          ))}
        </ul>
      ) : null}
      {code.files.length > shown.length ? (
        <Button kind="quiet" className="self-start" onClick={() => setAll(true)}>
          {code.files.length - shown.length} more files
        </Button>
      ) : null}
    </section>
  );
}

function ChangedFile({ file, isOpenDesign }: { file: File; isOpenDesign: boolean }) {
  const [open, setOpen] = useState(false);
  if (!file.diff) {
    return (
      <div className="flex flex-wrap items-center gap-x-2 px-3 py-1.5 pl-8 text-sm">
        <Heading file={file} />
        {file.kind === "changed" ? <p className="basis-full text-xs text-ink-soft">{withoutLines(file)}</p> : null}
        {isOpenDesign && file.kind !== "removed" ? <FileLink path={file.path}>Open</FileLink> : null}
      </div>
    );
  }
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex min-h-9 w-full flex-wrap items-center gap-x-2 px-3 py-1.5 text-left text-sm hover:bg-sand/50 focus-visible:-outline-offset-2"
      >
        <ChevronRight aria-hidden className={cn("size-3 shrink-0 text-ink-soft transition-transform", open && "rotate-90")} />
        <Heading file={file} />
      </button>
      {open ? (
        <>
          <FileDiff path={file.path} diff={file.diff} />
          {file.truncated ? (
            <p className="border-t border-line bg-warn-wash px-3 py-1 text-xs text-warn">The comparison is cut here; both versions hold the whole file.</p>
          ) : null}
          {isOpenDesign && file.kind !== "removed" ? (
            <p className="border-t border-line px-3 py-1">
              <FileLink path={file.path}>Open the whole file</FileLink>
            </p>
          ) : null}
        </>
      ) : null}
    </>
  );
}

function Heading({ file: { path, kind, added_lines: added, removed_lines: removed } }: { file: File }) {
  const { icon: Icon, className } = KINDS[kind];
  return (
    <>
      <Icon aria-hidden className={cn("size-4 shrink-0", className)} />
      <span className="min-w-0 flex-1 basis-40 font-mono text-xs break-all">{visibleName(path)}</span>{" "}
      <span className="text-xs text-ink-soft">{kind}</span>{" "}
      <span className="text-xs whitespace-nowrap tabular-nums">
        <span className="text-good">+{added}</span> <span className="text-bad">−{removed}</span>
        <span className="sr-only"> lines</span>
      </span>
    </>
  );
}

const withoutLines = ({ added_lines: added, removed_lines: removed }: File): string =>
  added || removed
    ? "The comparison is too long to show this file; both versions hold it whole."
    : "It is no text, or too large to compare line by line.";

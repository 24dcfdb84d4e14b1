import { ArrowLeft, Copy, Download, FileQuestion } from "lucide-react";
import { useMemo, type Ref } from "react";
import { useFile } from "@/shared/api/reading/file";
import { downloadFile } from "@/shared/api/reading/file-bytes";
import { asProblem } from "@/shared/api/problem";
import type { Schemas } from "@/shared/api/client";
import { bytes, figure } from "@/shared/lib/format";
import { Badge } from "@/shared/ui/badge";
import { Button, IconButton } from "@/shared/ui/button";
import { EmptyState, ErrorState, LoadingState } from "@/shared/ui/states";
import { useToast } from "@/shared/ui/toasts";
import { BADGES, type FileBadge } from "./badges";
import { CodeLines } from "./code-lines";
import { languageOf } from "./languages";
import { baseOf } from "./tree";
import { useTokens } from "./use-tokens";
import { visibleLines, visibleName } from "./visible";

/** From here on a file is shown without colours. */
export const BIG_BYTES = 300_000;
export const BIG_LINES = 5_000;

interface FileViewProps {
  id: string;
  file: Schemas["RepositoryFile"];
  badge: FileBadge | undefined;
  line: number | null;
  onBack: () => void;
  backRef: Ref<HTMLButtonElement>;
}

/** One file: what was done with it, and its lines. */
export function FileView({ id, file, badge, line, onBack, backRef }: FileViewProps) {
  const read = useFile(id, file.path, file.sha256);
  const text = read.data?.text ?? null;
  const name = visibleName(file.path);
  return (
    <div className="flex h-full min-h-0 min-w-0 flex-col short:h-auto">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-2">
        <IconButton ref={backRef} label="Back to the files" className="@2xl:hidden" onClick={onBack}>
          <ArrowLeft aria-hidden />
        </IconButton>
        <h2 className="min-w-0 flex-1 basis-40 font-mono text-xs font-medium tracking-normal break-all">{name}</h2>
        <Done badge={badge} />
        <FileActions id={id} path={file.path} text={text} />
      </header>
      {read.error ? <ErrorState error={read.error} className="m-4" onRetry={() => void read.refetch()} /> : null}
      {read.isPending ? <LoadingState label={`Opening ${name}`} lines={8} /> : null}
      {read.data && text === null ? (
        <EmptyState title="This file is no text" icon={<FileQuestion aria-hidden />}>
          It has {bytes(file.bytes)} and can be downloaded.
        </EmptyState>
      ) : null}
      {text === "" ? <EmptyState title="This file is empty" /> : null}
      {text ? <FileText path={file.path} size={file.bytes} text={text} line={line} /> : null}
    </div>
  );
}

function Done({ badge }: { badge: FileBadge | undefined }) {
  const kind = badge ? BADGES[badge.badge] : undefined;
  if (!badge || !kind) return null;
  const by = badge.checks.join(", ");
  return (
    <Badge tone={kind.tone} title={by ? `By ${by}` : "No check looks at this file"}>
      <kind.icon aria-hidden />
      {kind.label}
      {by ? <span className="sr-only"> by {by}</span> : null}
    </Badge>
  );
}

function FileActions({ id, path, text }: { id: string; path: string; text: string | null }) {
  const say = useToast();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text ?? "");
      say({ title: "Copied", text: visibleName(path) });
    } catch {
      say({ title: "The browser does not let the page copy", text: "Download the file instead." });
    }
  };
  const download = (): Promise<void> =>
    downloadFile(id, path, visibleName(baseOf(path))).catch((error: unknown) =>
      say({ title: "The file could not be downloaded", text: asProblem(error).message }),
    );
  return (
    <div className="flex gap-1">
      <Button kind="quiet" className="px-2" disabled={!text} onClick={() => void copy()}>
        <Copy aria-hidden />
        Copy
      </Button>
      <Button kind="quiet" className="px-2" onClick={() => void download()}>
        <Download aria-hidden />
        Download
      </Button>
    </div>
  );
}

interface FileTextProps {
  path: string;
  size: number;
  text: string;
  line: number | null;
}

function FileText({ path, size, text, line }: FileTextProps) {
  const { lines, hidden } = useMemo(() => visibleLines(text), [text]);
  const big = size > BIG_BYTES || lines.length > BIG_LINES;
  const tokens = useTokens(lines, big ? null : languageOf(path));
  return (
    <>
      {hidden ? (
        <p role="note" className="bg-warn-wash px-3 py-1 text-xs text-warn">
          {figure(hidden)} hidden {hidden === 1 ? "character is" : "characters are"} spelled out, such as ␛ or ⟪U+202E⟫. Copy and download leave the file as it is.
        </p>
      ) : null}
      <CodeLines label={`Content of ${visibleName(path)}`} lines={lines} tokens={tokens} line={line} />
      <p className="border-t border-line px-3 py-1 text-xs text-ink-soft tabular-nums">
        {figure(lines.length)} {lines.length === 1 ? "line" : "lines"} · {bytes(size)}
        {big ? " · shown without colours, because it is long" : ""}
      </p>
    </>
  );
}

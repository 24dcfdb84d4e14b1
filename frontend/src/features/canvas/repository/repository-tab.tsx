import { FileQuestion, FolderTree } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { asProblem } from "@/shared/api/problem";
import { useFile } from "@/shared/api/reading/file";
import { useFiles } from "@/shared/api/reading/files";
import type { Schemas } from "@/shared/api/client";
import { cn } from "@/shared/lib/class-names";
import { Button } from "@/shared/ui/button";
import { EmptyState, ErrorState, LoadingState } from "@/shared/ui/states";
import { MATRIX, readBadges, type Badges } from "./badges";
import { FilePane } from "./file-pane";
import { FileView } from "./file-view";
import { visibleName } from "./visible";

const NOT_FOUND = 404;
/** What is shown beside the files before one is chosen. */
const FIRST = "README.md";

const NO_BADGES: Badges = new Map();

interface RepositoryTabProps {
  id: string;
  /** Null: none is chosen. */
  file: string | null;
  /** The line of the file to go to. */
  line: number | null;
  onOpen: (file: string | null, line?: number | null) => void;
}

/** The generated repository: its files, what was done with each, and the one that is open. */
export function RepositoryTab({ id, file, line, onOpen }: RepositoryTabProps) {
  const found = useFiles(id);
  if (found.data) return <Repository key={id} id={id} repository={found.data} file={file} line={line} onOpen={onOpen} />;
  if (found.isPending) return <LoadingState label="Reading the repository" lines={8} />;
  if (asProblem(found.error).status === NOT_FOUND) {
    return (
      <EmptyState title="No repository yet" icon={<FolderTree aria-hidden />}>
        It appears here as soon as the code has been written.
      </EmptyState>
    );
  }
  return <ErrorState error={found.error} className="m-4" onRetry={() => void found.refetch()} />;
}

function Repository({ id, repository, file, line, onOpen }: RepositoryTabProps & { repository: Schemas["RepositoryFiles"] }) {
  const byPath = useMemo(() => new Map(repository.files.map((each) => [each.path, each])), [repository.files]);
  const matrix = byPath.get(MATRIX);
  const proof = useFile(id, matrix?.path ?? null, matrix?.sha256 ?? null);
  const read = useMemo(() => (proof.data ? readBadges(proof.data.text ?? "") : undefined), [proof.data]);
  const badges = read ?? NO_BADGES;
  const { tree, back } = useFocusAcross(file);
  const current = file ?? (byPath.has(FIRST) ? FIRST : null);
  const open = current === null ? undefined : byPath.get(current);
  return (
    <div className="@container h-full min-h-0">
      <div className="flex h-full min-h-0">
        <div className={cn("h-full w-full min-w-0 @2xl:block @2xl:w-64 @2xl:shrink-0 @2xl:border-r @2xl:border-line", file !== null && "hidden")}>
          <FilePane repository={repository} current={current} badges={badges} unreadable={read === null || proof.isError} onOpen={(path) => onOpen(path)} treeRef={tree} />
        </div>
        <div className={cn("h-full min-w-0 flex-1 @2xl:block", file === null && "hidden")}>
          {open ? (
            <FileView id={id} file={open} badge={badges.get(open.path)} line={file === null ? null : line} onBack={() => onOpen(null)} backRef={back} />
          ) : (
            <NothingOpen file={file} onBack={() => onOpen(null)} />
          )}
        </div>
      </div>
    </div>
  );
}

function NothingOpen({ file, onBack }: { file: string | null; onBack: () => void }) {
  if (file === null) return <EmptyState title="Choose a file" icon={<FolderTree aria-hidden />} />;
  return (
    <EmptyState title="There is no such file in this version" icon={<FileQuestion aria-hidden />}>
      <p className="font-mono break-all">{visibleName(file)}</p>
      <Button className="mt-4" onClick={onBack}>
        All files
      </Button>
    </EmptyState>
  );
}

/** Where only one of tree and file has room, the focus follows to the one that is shown. */
function useFocusAcross(file: string | null) {
  const tree = useRef<HTMLDivElement>(null);
  const back = useRef<HTMLButtonElement>(null);
  const before = useRef(file);
  useEffect(() => {
    if (before.current === file) return;
    const wasOpen = before.current !== null;
    before.current = file;
    if (file !== null && back.current?.offsetParent) back.current.focus();
    if (file === null && wasOpen) tree.current?.querySelector<HTMLElement>("[tabindex='0']")?.focus();
  }, [file]);
  return { tree, back };
}

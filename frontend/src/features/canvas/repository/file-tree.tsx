import { ChevronRight, File, Folder, FolderOpen } from "lucide-react";
import { useMemo, useRef, useState, type KeyboardEvent, type Ref } from "react";
import { cn } from "@/shared/lib/class-names";
import { BADGES, type FileBadge } from "./badges";
import { buildTree, foldersAbove, rowsOf, type TreeFile, type TreeRow } from "./tree";
import { moveFor, typedTo } from "./tree-keys";
import { visibleName } from "./visible";

const TYPING_PAUSE = 600;

interface FileTreeProps {
  files: readonly TreeFile[];
  current: string | null;
  badges: ReadonlyMap<string, FileBadge>;
  onOpen: (path: string) => void;
  ref?: Ref<HTMLDivElement>;
}

/** The folders and files of the repository, for mouse and keyboard alike. */
export function FileTree({ files, current, badges, onOpen, ref }: FileTreeProps) {
  const nodes = useMemo(() => buildTree(files), [files]);
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(foldersAbove(current ?? "")));
  const [openedFor, setOpenedFor] = useState(current);
  const [focused, setFocused] = useState<string | null>(null);
  const typed = useRef({ text: "", at: -Infinity });
  if (openedFor !== current) {
    setOpenedFor(current);
    if (current) setOpen(new Set([...open, ...foldersAbove(current)]));
  }
  const rows = useMemo(() => rowsOf(nodes, open), [nodes, open]);
  const isInSight = (path: string | null): boolean => rows.some((row) => row.node.path === path);
  const entry = isInSight(focused) ? focused : isInSight(current) ? current : rows[0]?.node.path;

  const toggle = (path: string): void => {
    const next = new Set(open);
    if (!next.delete(path)) next.add(path);
    setOpen(next);
  };
  const choose = ({ node }: TreeRow): void => (node.file ? onOpen(node.path) : toggle(node.path));
  const type = ({ key, timeStamp }: KeyboardEvent, at: number): number | null => {
    const goesOn = timeStamp - typed.current.at < TYPING_PAUSE;
    typed.current = { text: goesOn ? typed.current.text + key : key, at: timeStamp };
    return typedTo(typed.current.text, rows, at);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, row: TreeRow, at: number): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const focus = (index: number | null): void => {
      const items = event.currentTarget.parentElement?.children;
      if (index !== null) (items?.[index] as HTMLElement | undefined)?.focus();
    };
    const move = moveFor(event.key, rows, at, open);
    if (event.key === "Enter" || event.key === " ") choose(row);
    else if (move && "to" in move) focus(move.to);
    else if (move && "open" in move) setOpen(new Set([...open, ...move.open]));
    else if (move) toggle(move.close);
    else if (event.key.length === 1) focus(type(event, at));
    else return;
    event.preventDefault();
  };
  return (
    <div ref={ref} role="tree" aria-label="Files" className="flex min-w-0 flex-col">
      {rows.map((row, index) => (
        <Row
          key={row.node.path}
          row={row}
          isOpen={open.has(row.node.path)}
          isCurrent={row.node.path === current}
          isEntry={row.node.path === entry}
          badge={badges.get(row.node.path)}
          onChoose={() => choose(row)}
          onFocus={() => setFocused(row.node.path)}
          onKeyDown={(event) => onKeyDown(event, row, index)}
        />
      ))}
    </div>
  );
}

interface RowProps {
  row: TreeRow;
  isOpen: boolean;
  isCurrent: boolean;
  isEntry: boolean;
  badge: FileBadge | undefined;
  onChoose: () => void;
  onFocus: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

function Row({ row: { node, level, position, siblings }, isOpen, isCurrent, isEntry, badge, onChoose, onFocus, onKeyDown }: RowProps) {
  const isFolder = node.file === null;
  const Icon = isFolder ? (isOpen ? FolderOpen : Folder) : File;
  return (
    <div
      role="treeitem"
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-expanded={isFolder ? isOpen : undefined}
      aria-selected={isCurrent}
      tabIndex={isEntry ? 0 : -1}
      onClick={onChoose}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      style={{ paddingInlineStart: `${(level - 1) * 14 + 4}px` }}
      className={cn(
        "relative flex min-h-7 cursor-pointer items-center gap-2 rounded-sm pr-2 text-sm hover:bg-sand focus-visible:-outline-offset-2",
        isCurrent && "bg-sand font-medium",
      )}
    >
      <ChevronRight aria-hidden className={cn("-mr-1 size-3 shrink-0 text-ink-soft transition-transform", isOpen && "rotate-90", !isFolder && "invisible")} />
      <Icon aria-hidden className="size-4 shrink-0 text-ink-soft" />
      <span className="min-w-0 flex-1 truncate" title={visibleName(node.path)}>
        {visibleName(node.name)}
      </span>
      {badge ? <BadgeSign badge={badge} /> : null}
    </div>
  );
}

/** What was done with a file, as a sign that has a shape and a name. */
export function BadgeSign({ badge }: { badge: FileBadge }) {
  const kind = BADGES[badge.badge];
  if (!kind) return null;
  return (
    <span title={kind.label} className={cn("shrink-0", kind.className)}>
      <kind.icon aria-hidden className="size-3.5" />
      <span className="sr-only">, {kind.label}</span>
    </span>
  );
}

import { Archive, Search } from "lucide-react";
import { useDeferredValue, useMemo, useRef, useState, type KeyboardEvent, type Ref } from "react";
import { downloadArtifact } from "@/shared/api/reading/artifact";
import { asProblem } from "@/shared/api/problem";
import type { Schemas } from "@/shared/api/client";
import { bytes } from "@/shared/lib/format";
import { Button } from "@/shared/ui/button";
import { Input } from "@/shared/ui/field";
import { useToast } from "@/shared/ui/toasts";
import { MATRIX, tally, type Badges } from "./badges";
import { FileTree } from "./file-tree";
import { search } from "./search";
import { SearchResults } from "./search-results";

interface FilePaneProps {
  repository: Schemas["RepositoryFiles"];
  current: string | null;
  badges: Badges;
  /** There should be badges, and they cannot be read. */
  unreadable: boolean;
  onOpen: (path: string) => void;
  treeRef: Ref<HTMLDivElement>;
}

/** Everything in the repository: to look through, to search, to take along. */
export function FilePane({ repository, current, badges, unreadable, onOpen, treeRef }: FilePaneProps) {
  const [query, setQuery] = useState("");
  const asked = useDeferredValue(query.trim());
  const results = useRef<HTMLUListElement>(null);
  const paths = useMemo(() => repository.files.map((file) => file.path), [repository.files]);
  const matches = useMemo(() => search(asked, paths), [asked, paths]);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const first = search(query, paths)[0];
    if (event.key === "Enter" && first) onOpen(first.path);
    else if (event.key === "ArrowDown") results.current?.querySelector("button")?.focus();
    else if (event.key === "Escape" && query) {
      setQuery("");
      event.stopPropagation();
    } else return;
    event.preventDefault();
  };
  return (
    <div className="flex h-full min-h-0 min-w-0 flex-col short:h-auto">
      <div className="relative p-2">
        <Search aria-hidden className="absolute top-1/2 left-4 size-4 -translate-y-1/2 text-ink-soft" />
        <Input
          type="search"
          aria-label="Find a file"
          placeholder="Find a file"
          autoComplete="off"
          spellCheck={false}
          className="pl-8"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <p role="status" className="px-3 pb-1 text-xs text-ink-soft">
        {asked ? `${matches.length || "No"} ${matches.length === 1 ? "file" : "files"} found` : `${paths.length} ${paths.length === 1 ? "file" : "files"}`}
      </p>
      <div className="min-h-0 flex-1 overflow-auto px-2 pb-2 short:flex-none short:overflow-visible">
        {asked ? (
          <SearchResults ref={results} matches={matches} current={current} badges={badges} onOpen={onOpen} />
        ) : (
          <FileTree ref={treeRef} files={repository.files} current={current} badges={badges} onOpen={onOpen} />
        )}
      </div>
      {unreadable ? (
        <p className="border-t border-line px-3 py-2 text-xs text-warn">
          What was done with each file could not be read from <code>{MATRIX}</code>.
        </p>
      ) : null}
      <Legend badges={badges} />
      <DownloadAll artifact={repository.artifact} />
    </div>
  );
}

function Legend({ badges }: { badges: Badges }) {
  if (!badges.size) return null;
  return (
    <ul aria-label="What was done with the files" className="flex flex-wrap gap-x-3 gap-y-1 border-t border-line px-3 py-2 text-xs text-ink-soft tabular-nums">
      {tally(badges).map(({ label, icon: Icon, className, count }) => (
        <li key={label} className="inline-flex items-center gap-1">
          <Icon aria-hidden className={`size-3.5 ${className}`} />
          {count} {label}
        </li>
      ))}
    </ul>
  );
}

function DownloadAll({ artifact }: { artifact: Schemas["ArtifactRead"] }) {
  const say = useToast();
  const [busy, setBusy] = useState(false);
  const download = async (): Promise<void> => {
    setBusy(true);
    try {
      await downloadArtifact(artifact);
    } catch (error) {
      say({ title: "The repository could not be downloaded", text: asProblem(error).message });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="border-t border-line p-2">
      <Button className="w-full" busy={busy} onClick={() => void download()}>
        <Archive aria-hidden />
        Download all ({bytes(artifact.bytes)})
      </Button>
    </div>
  );
}

import { useQueries } from "@tanstack/react-query";
import { keys } from "@/shared/api/keys";
import { readFile } from "@/shared/api/reading/file";
import { useFiles } from "@/shared/api/reading/files";
import { FileLink } from "../file-link";
import type { Slot } from "../slots";
import { environmentFiles, filesOfPart, modulesOf } from "./files-of-part";

interface PartFilesProps {
  id: string;
  slot: Slot;
  option: string;
  /** Whether the repository is written already. */
  written: boolean;
}

/** The files of the repository that build this part; each opens where files are read. */
export function PartFiles({ id, slot, option, written }: PartFilesProps) {
  const files = useFiles(id, written);
  const all = files.data?.files ?? [];
  const paths = all.map(({ path }) => path);
  const texts = useQueries({
    queries: environmentFiles(paths).map((path) => {
      const sha256 = all.find((file) => file.path === path)?.sha256 ?? null;
      return {
        queryKey: keys.part(id, "file", path, sha256),
        queryFn: ({ signal }: { signal: AbortSignal }) => readFile(id, path, signal),
        staleTime: Infinity,
      };
    }),
    combine: (results) => results.map(({ data }) => data?.text ?? ""),
  });
  if (!written) return <p className="text-sm text-ink-soft">The files appear here when the repository is written.</p>;
  if (files.error) return <p className="text-sm text-ink-soft">The files cannot be listed at the moment.</p>;
  if (!files.data) return <p className="text-sm text-ink-soft">Listing the files…</p>;
  const found = filesOfPart(slot, option, paths, modulesOf(texts));
  if (!found.length) return <p className="text-sm text-ink-soft">No file of the repository is for this part alone.</p>;
  return (
    <ul className="flex flex-col">
      {found.map((path) => (
        <li key={path}>
          <FileLink path={path} />
        </li>
      ))}
    </ul>
  );
}

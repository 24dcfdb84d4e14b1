import { useQuery } from "@tanstack/react-query";
import { authorisedFetch } from "../fetching";
import { keys } from "../keys";

export interface FileText {
  /** Null: the file is no text. */
  text: string | null;
}

/** One file of the repository as text; it never changes under its SHA-256. */
export function useFile(id: string, path: string | null, sha256: string | null) {
  return useQuery({
    queryKey: keys.part(id, "file", path, sha256),
    queryFn: ({ signal }) => readFile(id, path as string, signal),
    enabled: path !== null,
    staleTime: Infinity,
  });
}

export async function readFile(id: string, path: string, signal?: AbortSignal): Promise<FileText> {
  const address = path.split("/").map(encodeURIComponent).join("/");
  const response = await authorisedFetch(`/api/decision-sets/${encodeURIComponent(id)}/files/${address}`, { signal });
  const isText = response.headers.get("content-type")?.startsWith("text/") ?? false;
  return { text: isText ? await response.text() : null };
}

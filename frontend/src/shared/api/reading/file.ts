import { useQuery } from "@tanstack/react-query";
import { authorisedFetch } from "../fetching";
import { keys } from "../keys";
import { fileAddress } from "./file-address";

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
  const response = await authorisedFetch(fileAddress(id, path), { signal });
  const isText = response.headers.get("content-type")?.startsWith("text/") ?? false;
  return { text: isText ? await response.text() : null };
}

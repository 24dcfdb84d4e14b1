import { useQuery } from "@tanstack/react-query";
import { authorisedFetch } from "../fetching";
import type { Schemas } from "../client";

type Artifact = Schemas["ArtifactRead"];

/** The newest artifact of a name. */
export const newest = (artifacts: readonly Artifact[] | undefined, name: string): Artifact | undefined =>
  artifacts?.findLast((artifact) => artifact.name === name);

/** The text of a stored object; it never changes under its SHA-256. */
export function useArtifactText(artifact: Artifact | undefined) {
  return useQuery({
    queryKey: ["artifact", artifact?.sha256],
    queryFn: async ({ signal }) => {
      const response = await authorisedFetch(`${artifact?.download}?redirect=false`, { signal });
      return response.text();
    },
    enabled: artifact !== undefined,
    staleTime: Infinity,
  });
}

/** Hands the object to the browser as a file. */
export async function downloadArtifact(artifact: Artifact): Promise<void> {
  const response = await authorisedFetch(`${artifact.download}?redirect=false`);
  saveBlob(await response.blob(), artifact.name);
}

export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

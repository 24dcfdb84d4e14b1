import { newest, useArtifactText } from "@/shared/api/reading/artifact";
import { useArtifacts } from "@/shared/api/reading/artifacts";

interface Stored<T> {
  /** Undefined while it is on the way; null when there is none yet. */
  data: T | null | undefined;
  error: Error | null;
  refetch: () => unknown;
}

/** The newest artifact of a name, read by `read`; an artifact of another shape is an error and not a blank page. */
export function useStored<T>(id: string, name: string, read: (text: string) => T, enabled = true): Stored<T> {
  const artifacts = useArtifacts(id, enabled);
  const artifact = newest(artifacts.data?.items, name);
  const text = useArtifactText(artifact);
  const missing = artifacts.data !== undefined && artifact === undefined;
  const refetch = (): unknown => (artifacts.error ? artifacts.refetch() : text.refetch());
  if (!enabled || missing) return { data: null, error: null, refetch };
  if (text.data === undefined) return { data: undefined, error: artifacts.error ?? text.error, refetch };
  try {
    return { data: read(text.data), error: null, refetch };
  } catch {
    return { data: undefined, error: new Error(`${name} is not as this page expects it.`), refetch };
  }
}

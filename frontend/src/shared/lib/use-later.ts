import { useCallback, useState } from "react";
import { useToast } from "@/shared/ui/toasts";

type Load<T> = () => Promise<T>;

interface Later<T> {
  /** Null until it has come. */
  part: T | null;
  /** It was wanted and did not come. */
  failed: boolean;
  /** Fetches it; after a failure it is fetched anew. */
  want: () => void;
}

/** What has come already, so that the next of its kind is there at once. */
const here = new Map<Load<unknown>, unknown>();

/** A part of the page that is fetched when it is first wanted. `load` is a constant of its module. Until the part has
 * come, and if it never does, the page stays as it is: a cut network takes nothing away that is already there. */
export function useLater<T>(load: Load<T>): Later<T> {
  const say = useToast();
  const [came, setCame] = useState<{ part: T } | null>(() => (here.has(load) ? { part: here.get(load) as T } : null));
  const [failed, setFailed] = useState(false);
  const want = useCallback(() => {
    setFailed(false);
    load().then(
      (part) => {
        here.set(load, part);
        setCame({ part });
      },
      () => {
        setFailed(true);
        say({ title: "This could not be fetched", text: "Nothing was changed. Try again when the server can be reached." });
      },
    );
  }, [load, say]);
  return { part: came?.part ?? null, failed, want };
}

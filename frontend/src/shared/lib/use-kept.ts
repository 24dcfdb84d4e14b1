import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";

const KEPT = "kept";

/** What was kept under a name; undefined where nothing was. */
export const keptUnder = <T>(client: QueryClient, name: string): T | undefined => client.getQueryData<T>([KEPT, name]);

export const forget = (client: QueryClient, name: string): void => client.removeQueries({ queryKey: [KEPT, name], exact: true });

/** State that outlives the part of the page where it was typed, until the page itself is left. The name says what it
 * belongs to; a component that may get another name needs a `key` with it. */
export function useKept<T>(name: string, initial: T | (() => T)): [T, (next: T) => void] {
  const client = useQueryClient();
  const [value, setValue] = useState<T>(() => keptUnder<T>(client, name) ?? (initial instanceof Function ? initial() : initial));
  const keep = useCallback(
    (next: T) => {
      // The state answers at once, as a control that is typed in needs it; the copy is for whoever comes later.
      setValue(next);
      client.setQueryDefaults([KEPT], { gcTime: Infinity });
      client.setQueryData([KEPT, name], next);
    },
    [client, name],
  );
  return [value, keep];
}

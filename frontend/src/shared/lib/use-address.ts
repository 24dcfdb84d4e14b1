import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useCallback } from "react";

/** What the address says beside the page: which design, which tab, which file. */
export function useAddress(): [URLSearchParams, (change: Record<string, string | null>, how?: "push" | "replace") => void] {
  const params = useSearchParams();
  const path = usePathname();
  const router = useRouter();
  const change = useCallback(
    (changed: Record<string, string | null>, how: "push" | "replace" = "replace") => {
      const next = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(changed)) {
        if (value === null) next.delete(name);
        else next.set(name, value);
      }
      // A link's token stands behind `#` and has to stay there.
      router[how](`${path}?${next}${window.location.hash}`, { scroll: false });
    },
    [path, router],
  );
  return [params, change];
}

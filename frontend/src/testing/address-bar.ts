import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

/** Goes to an address, as a link or the person does. */
export function go(address: string): void {
  window.history.replaceState(null, "", address);
  for (const listener of listeners) listener();
}

const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The address bar, in the place of the router of the framework. */
export const navigation = {
  usePathname: () => "/runs/",
  useRouter: () => ({ push: go, replace: go }),
  useSearchParams: () => new URLSearchParams(useSyncExternalStore(listen, () => window.location.search)),
};

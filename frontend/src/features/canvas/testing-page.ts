import { useSyncExternalStore } from "react";

/** Node resolves no relative addresses, as a browser does; imported before the API client by tests. */
const Plain = globalThis.Request;

globalThis.Request = class extends Plain {
  constructor(input: RequestInfo | URL, init: RequestInit = {}) {
    super(typeof input === "string" ? new URL(input, "http://page.test") : input, { ...init, signal: undefined });
  }
};

globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};

const listeners = new Set<() => void>();

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

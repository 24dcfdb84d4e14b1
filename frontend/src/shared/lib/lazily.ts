import { lazy, memo, type ComponentType } from "react";

/** Pauses between the attempts to fetch a part of the page, in ms: about as long as a server takes to start anew. */
const PAUSES = [500, 1000, 2000, 4000, 8000] as const;

/** A component that is fetched when it is first drawn, inside a `Suspense`. React keeps a failure for good, so the
 * fetching is tried again, at once when the network is back, before the nearest `Boundary` shows something else. */
export function lazily<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  return lazy(async () => ({ default: memo(await persistently(load)) })) as unknown as ComponentType<Props>;
}

async function persistently<Part>(load: () => Promise<Part>): Promise<Part> {
  for (const pause of PAUSES) {
    try {
      return await load();
    } catch {
      await rest(pause);
    }
  }
  return load();
}

/** Resolves after the pause, or as soon as the browser is online again. */
async function rest(ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      window.removeEventListener("online", wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    window.addEventListener("online", wake);
  });
}

import { hearClock } from "@/shared/lib/server-clock";
import { problemOf, unreachable } from "./problem";
import { askForToken, readToken } from "./token";

/** In a shared view the token of the link speaks, and nothing else does. */
let sharedToken: string | null = null;

export function speakWithShareToken(token: string | null): void {
  sharedToken = token;
}

/** Whether this page shows what somebody shared: to be read, with nothing to decide. */
export const isSharedView = (): boolean => sharedToken !== null;

/** `fetch` with the tab's token; every failure is a Problem, except answers whose status is `wanted`. */
export async function authorisedFetch(
  input: RequestInfo | URL,
  init: RequestInit = {},
  wanted: readonly number[] = [],
): Promise<Response> {
  const headers = new Headers(init.headers ?? (input instanceof Request ? input.headers : undefined));
  const token = sharedToken ?? readToken();
  if (token) headers.set("Authorization", `Bearer ${token}`);
  const sent = Date.now();
  let response: Response;
  try {
    response = await fetch(input, { ...init, headers });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw unreachable();
  }
  hearClock(response.headers.get("date"), sent, Date.now());
  if (response.status === 401 && !sharedToken) askForToken();
  if (!response.ok && !wanted.includes(response.status)) throw await problemOf(response);
  return response;
}

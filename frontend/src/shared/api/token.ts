/** The bearer token of this tab; most installations need none. */
const KEY = "agentic-mlops-token";

const listeners = new Set<() => void>();

export const readToken = (): string | null => sessionStorage.getItem(KEY);

export function saveToken(token: string): void {
  if (token) sessionStorage.setItem(KEY, token);
  else sessionStorage.removeItem(KEY);
}

/** Says that the server refused to answer without a token, or with the one that it was sent. */
export function askForToken(): void {
  for (const listener of listeners) listener();
}

/** Calls the listener whenever a token is asked for; call the result to stop that. */
export function onTokenAsked(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

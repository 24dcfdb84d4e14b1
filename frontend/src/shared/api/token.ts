/** The bearer token of this tab; most installations need none. */
const KEY = "agentic-mlops-token";

export const readToken = (): string | null => sessionStorage.getItem(KEY);

export function saveToken(token: string): void {
  if (token) sessionStorage.setItem(KEY, token);
  else sessionStorage.removeItem(KEY);
}

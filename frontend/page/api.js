// Calls the API; every failure becomes a Problem with words for a person.

const TOKEN = "agentic-mlops-token";

export class Problem extends Error {
  constructor(facts) {
    super(facts.detail ?? "The server does not answer.");
    this.facts = facts;
    this.status = facts.status ?? 0;
    this.advice = facts.advice ?? "";
  }
}

export const setToken = (token) => sessionStorage.setItem(TOKEN, token);
export const hasToken = () => sessionStorage.getItem(TOKEN) !== null;

export function authorised(headers = {}) {
  const token = sessionStorage.getItem(TOKEN);
  return token ? { ...headers, Authorization: `Bearer ${token}` } : headers;
}

export async function problemOf(response) {
  const facts = await response.json().catch(() => ({ detail: `The server answered ${response.status}.` }));
  return new Problem({ ...facts, status: response.status });
}

async function call(path, init = {}) {
  let response;
  try {
    response = await fetch(path, { ...init, headers: authorised(init.headers) });
  } catch {
    throw new Problem({ advice: "Nothing is lost: designs go on without this page. Check that the server runs." });
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

export const get = async (path) => (await call(path)).json();

export async function post(path, body) {
  const headers = { "Content-Type": "application/json", "Idempotency-Key": newKey() };
  const init = { method: "POST", headers, body: JSON.stringify(body) };
  try {
    return await (await call(path, init)).json();
  } catch (problem) {
    // The answer may have been lost after the work was done; the same key gives it again.
    if (problem.status !== 0 && problem.status !== 503) throw problem;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return (await call(path, init)).json();
  }
}

// randomUUID is there on secure origins only; getRandomValues is everywhere.
const newKey = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16)).join("-");

export async function download(path, name) {
  const blob = await (await call(`${path}?redirect=false`)).blob();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

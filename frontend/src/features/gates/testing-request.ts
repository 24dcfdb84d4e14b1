/** Node resolves no relative addresses, as a browser does; imported before the API client by tests. */
const Plain = globalThis.Request;

globalThis.Request = class extends Plain {
  constructor(input: RequestInfo | URL, init: RequestInit = {}) {
    super(typeof input === "string" ? new URL(input, "http://page.test") : input, { ...init, signal: undefined });
  }
};

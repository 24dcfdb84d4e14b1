/** What a page has in a browser and Node does not: an address that relative ones belong to, and sizes that are watched. */

const Plain = globalThis.Request;

// Its signal is left out: the one that the page's DOM makes is none to Node.
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

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { event, wire } from "@/testing/events";
import type { RunEvent } from "./events";
import { follow, type FeedState } from "./feed";

const PACE = { first: 1, longest: 5, silence: 40, patience: 10 };

/** A server that keeps a story and answers each connection with a script of its own. */
class Server {
  readonly seen: (string | null)[] = [];
  reachable = true;
  private readonly scripts: ((send: ReadableStreamDefaultController<Uint8Array>) => void)[] = [];

  connection(script: (send: (text: string) => void, close: () => void, fail: () => void) => void): this {
    this.scripts.push((controller) => {
      const encoder = new TextEncoder();
      script(
        (text) => controller.enqueue(encoder.encode(text)),
        () => controller.close(),
        () => controller.error(new TypeError("network error")),
      );
    });
    return this;
  }

  readonly fetch = async (address: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    if (String(address) === "/healthz") {
      if (!this.reachable) throw new TypeError("Failed to fetch");
      return new Response("{}");
    }
    this.seen.push(new Headers(init?.headers).get("Last-Event-ID"));
    const script = this.scripts.shift();
    if (!script) return new Response(null, { status: 204 });
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        init?.signal?.addEventListener("abort", () => {
          try {
            controller.error(new DOMException("aborted", "AbortError"));
          } catch {
            // It was closed before.
          }
        });
        script(controller);
      },
    });
    return new Response(stream, { headers: { "content-type": "text/event-stream" } });
  };
}

interface Heard {
  events: RunEvent[];
  states: FeedState[];
  close: () => void;
  until: (state: FeedState) => Promise<void>;
}

function listen(after = 0): Heard {
  const events: RunEvent[] = [];
  const states: FeedState[] = [];
  const close = follow("/api/streams/ds_1", after, {
    onEvents: (more) => events.push(...more),
    onState: (state) => states.push(state),
  }, PACE);
  return { events, states, close, until: (state) => vi.waitFor(() => expect(states).toContain(state)) };
}

const seqs = (heard: Heard): number[] => heard.events.map(({ seq }) => seq);
const one = event(1, "node-start", { node: "planner" });
const two = event(2, "node-complete", { node: "planner" });
const three = event(3, "node-start", { node: "codegen" });
const end = event(4, "run-complete", { data: { status: "done" } });

let server: Server;

beforeEach(() => {
  server = new Server();
  vi.stubGlobal("fetch", server.fetch);
});

afterEach(() => vi.unstubAllGlobals());

describe("follow", () => {
  it("hands on what is sent, in order, and ends with the story", async () => {
    server.connection((send, close) => {
      send(wire(one) + wire(two) + wire(three) + wire(end));
      close();
    });
    const heard = listen();

    await heard.until("ended");

    expect(seqs(heard)).toEqual([1, 2, 3, 4]);
    expect(heard.states).toEqual(["connecting", "live", "ended"]);
  });

  it("puts together what arrives in pieces", async () => {
    const text = wire(one) + wire(two);
    server.connection((send, close) => {
      for (const character of text) send(character);
      close();
    });
    const heard = listen();

    await heard.until("ended");

    expect(seqs(heard)).toEqual([1, 2]);
  });

  it("comes back behind the last number seen", async () => {
    server
      .connection((send, _close, fail) => {
        send(wire(one) + wire(two));
        setTimeout(fail, 5);
      })
      .connection((send, close) => {
        send(wire(three) + wire(end));
        close();
      });
    const heard = listen();

    await heard.until("ended");

    expect(server.seen.slice(0, 2)).toEqual([null, "2"]);
    expect(seqs(heard)).toEqual([1, 2, 3, 4]);
    expect(heard.states).toContain("lost");
  });

  it("drops what it was sent before", async () => {
    server.connection((send, close) => {
      send(wire(one) + wire(one) + wire(two) + wire(one) + wire(three) + wire(end));
      close();
    });
    const heard = listen();

    await heard.until("ended");

    expect(seqs(heard)).toEqual([1, 2, 3, 4]);
  });

  it("hands on nothing beyond a gap, and asks for what is missing", async () => {
    server
      .connection((send) => send(wire(one) + wire(three)))
      .connection((send, close) => {
        send(wire(two) + wire(three) + wire(end));
        close();
      });
    const heard = listen();

    await heard.until("ended");

    expect(server.seen.slice(0, 2)).toEqual([null, "1"]);
    expect(seqs(heard)).toEqual([1, 2, 3, 4]);
    expect(heard.states).not.toContain("lost");
  });

  it("begins where it is told to", async () => {
    server.connection((send, close) => {
      send(wire(three) + wire(end));
      close();
    });
    const heard = listen(2);

    await heard.until("ended");

    expect(server.seen[0]).toBe("2");
    expect(seqs(heard)).toEqual([3, 4]);
  });

  it("notices a silent end of the connection, because the server does not answer either", async () => {
    server.connection((send) => send(wire(one)));
    const heard = listen();
    await heard.until("live");

    server.reachable = false;

    await heard.until("lost");
    heard.close();
  });

  it("stays with a server that is only quiet", async () => {
    server.connection((send) => send(wire(one)));
    const heard = listen();
    await heard.until("live");

    await new Promise((resolve) => setTimeout(resolve, 120));

    expect(heard.states).toEqual(["connecting", "live"]);
    heard.close();
  });

  it("says what was refused and does not come back", async () => {
    vi.stubGlobal("fetch", async () => Response.json({ detail: "There is no such design." }, { status: 404 }));
    const heard = listen();

    await heard.until("refused");
    await new Promise((resolve) => setTimeout(resolve, 20));

    expect(heard.states).toEqual(["connecting", "refused"]);
  });

  it("is silent once it is closed", async () => {
    let late: (text: string) => void = () => undefined;
    server.connection((send) => {
      late = send;
      send(wire(one));
    });
    const heard = listen();
    await vi.waitFor(() => expect(seqs(heard)).toEqual([1]));

    heard.close();

    expect(() => late(wire(two))).toThrow();
    expect(seqs(heard)).toEqual([1]);
    expect(heard.states).not.toContain("lost");
  });
});

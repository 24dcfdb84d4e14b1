/** Follows the event stream of a run and comes back with the last number seen, however often it is cut.
 *
 * EventSource cannot send a token, so the stream is read with fetch; the protocol is the same. What is handed on is in
 * order and without gaps: a number that was seen is dropped, and one that is too far ahead ends the connection, which
 * is then taken up again behind the last number seen. */

import { createParser } from "eventsource-parser";
import { authorisedFetch } from "@/shared/api/fetching";
import { asProblem, type Problem } from "@/shared/api/problem";
import type { RunEvent } from "./events";

export type FeedState = "connecting" | "live" | "lost" | "ended" | "refused";

export interface FeedListener {
  onEvents: (events: RunEvent[]) => void;
  onState: (state: FeedState, problem?: Problem) => void;
}

export interface Pace {
  /** First and longest pause before coming back, in ms. */
  first: number;
  longest: number;
  /** Silence after which the server is asked whether it is there, in ms. */
  silence: number;
  /** How long it may take to answer that, in ms. */
  patience: number;
}

const PACE: Pace = { first: 400, longest: 8000, silence: 3000, patience: 1500 };

class Gap extends Error {}
class Silent extends Error {}

/** Opens a feed behind the event `after`; call the result to close it. */
export function follow(url: string, after: number, listener: FeedListener, pace: Pace = PACE): () => void {
  const closing = new AbortController();
  void stay(url, after, listener, pace, closing.signal);
  return () => closing.abort();
}

async function stay(url: string, after: number, listener: FeedListener, pace: Pace, closed: AbortSignal): Promise<void> {
  let last = after;
  let pause = pace.first;
  listener.onState("connecting");
  while (!closed.aborted) {
    try {
      const ended = await once(url, last, pace, closed, {
        onOpen: () => {
          pause = pace.first;
          listener.onState("live");
        },
        onEvents: (events) => {
          last = events.at(-1)?.seq ?? last;
          listener.onEvents(events);
        },
      });
      if (closed.aborted) return;
      if (ended) return listener.onState("ended");
      // The server closes a stream after a while; that is no loss, so nobody is told before it fails to come back.
      continue;
    } catch (error) {
      if (closed.aborted) return;
      const problem = asProblem(error);
      const refused = problem.status >= 400 && problem.status < 500 && problem.status !== 429;
      if (refused) return listener.onState("refused", problem);
      if (!(error instanceof Gap)) listener.onState("lost");
    }
    await rest(pause, closed);
    pause = Math.min(pause * 2, pace.longest);
  }
}

interface Taking {
  onOpen: () => void;
  onEvents: (events: RunEvent[]) => void;
}

/** Reads one connection to its end; returns whether the story is over. */
async function once(url: string, after: number, pace: Pace, closed: AbortSignal, taking: Taking): Promise<boolean> {
  const cut = new AbortController();
  const stop = (): void => cut.abort();
  closed.addEventListener("abort", stop, { once: true });
  const watch = watchSilence(pace, cut);
  try {
    const headers: HeadersInit = after ? { "Last-Event-ID": String(after) } : {};
    const response = await authorisedFetch(url, { headers, signal: cut.signal });
    if (response.status === 204) return true;
    taking.onOpen();
    return await read(response, after, watch.heard, taking);
  } catch (error) {
    if (watch.silent()) throw new Silent("Nothing was heard for too long.");
    throw error;
  } finally {
    watch.stop();
    closed.removeEventListener("abort", stop);
    cut.abort();
  }
}

async function read(response: Response, after: number, heard: () => void, taking: Taking): Promise<boolean> {
  let last = after;
  let over = false;
  let batch: RunEvent[] = [];
  const parser = createParser({
    onEvent: (message) => {
      const event = JSON.parse(message.data) as RunEvent;
      if (event.seq <= last) return;
      if (event.seq > last + 1) throw new Gap(`Event ${last + 1} is missing before ${event.seq}.`);
      last = event.seq;
      over = event.type === "run-complete";
      batch.push(event);
    },
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) return false;
  const hand = (): void => {
    if (batch.length) taking.onEvents(batch);
    batch = [];
  };
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return over;
    heard();
    try {
      parser.feed(value);
    } finally {
      hand();
    }
  }
}

/** After some silence the server is asked; when it does not answer, or the browser says that it is offline, the
 * connection is cut instead of waited for. */
function watchSilence(pace: Pace, cut: AbortController): { heard: () => void; silent: () => boolean; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let gone = false;
  let stopped = false;
  const leave = (): void => {
    gone = true;
    cut.abort();
  };
  const ask = async (): Promise<void> => {
    try {
      await fetch("/healthz", { signal: AbortSignal.timeout(pace.patience), cache: "no-store" });
      heard();
    } catch {
      if (!stopped) leave();
    }
  };
  const heard = (): void => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void ask(), pace.silence);
  };
  window.addEventListener("offline", leave);
  heard();
  return {
    heard,
    silent: () => gone,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      window.removeEventListener("offline", leave);
    },
  };
}

/** A pause that ends early when the feed is closed or the browser is online again. */
function rest(ms: number, closed: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      closed.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener("online", done);
    closed.addEventListener("abort", done);
  });
}

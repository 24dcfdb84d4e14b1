// Follows the story of a run and returns with the last number seen, however often the connection is cut.
// EventSource cannot send a bearer token, so the stream is read with fetch; the protocol is the same.

import { authorised, problemOf } from "./api.js";

const LONGEST_PAUSE = 10_000;
const SILENCE = 45_000;

export function follow(decisionSetId, { onEvent, onState, onProblem }) {
  let stopped = false;
  let controller = null;

  async function run() {
    let last = 0;
    let pause = 500;
    while (!stopped) {
      try {
        const ended = await once(last, (event) => {
          if (event.seq <= last) return;
          last = event.seq;
          pause = 500;
          onEvent(event);
        });
        if (ended) return;
      } catch (problem) {
        if (stopped) return;
        if (problem.status && problem.status !== 503) {
          onProblem(problem);
          return;
        }
      }
      if (stopped) return;
      onState("reconnecting");
      await new Promise((resolve) => setTimeout(resolve, pause));
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }

  async function once(last, take) {
    controller = new AbortController();
    let silence = setTimeout(() => controller.abort(), SILENCE);
    const headers = authorised(last ? { "Last-Event-ID": String(last) } : {});
    try {
      const response = await fetch(`/api/streams/${decisionSetId}`, { headers, signal: controller.signal });
      if (response.status === 204) return true;
      if (!response.ok) throw await problemOf(response);
      onState("live");
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      let complete = false;
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return complete;
        clearTimeout(silence);
        silence = setTimeout(() => controller.abort(), SILENCE);
        const messages = (rest + value).replaceAll("\r\n", "\n").split("\n\n");
        rest = messages.pop();
        for (const message of messages) {
          const data = message.split("\n").filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trimStart()).join("\n");
          if (!data) continue;
          const event = JSON.parse(data);
          take(event);
          // After a retry the story goes on behind an earlier end.
          complete = event.type === "run-complete";
        }
      }
    } finally {
      clearTimeout(silence);
    }
  }

  run();
  return () => {
    stopped = true;
    controller?.abort();
  };
}

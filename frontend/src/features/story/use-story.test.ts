import { act, renderHook, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { event, wire } from "@/testing/events";
import type { RunEvent } from "./events";
import { useStory } from "./use-story";

/** Sends each part on its own. */
type Send = (...parts: RunEvent[][]) => Promise<void>;

let asked: (string | null)[] = [];
let send: Send;
let designs = 0;

const reminder = (seq: number): RunEvent => event(seq, "gate-reminder");
/** Stories are remembered by design, so each test has its own. */
const newDesign = (): string => `ds_story_${++designs}`;

beforeEach(() => {
  asked = [];
  vi.stubGlobal("fetch", async (_address: string, init?: RequestInit) => {
    asked.push(new Headers(init?.headers).get("Last-Event-ID"));
    return new Response(
      new ReadableStream<Uint8Array>({
        start(controller) {
          send = (...parts) =>
            act(async () => {
              for (const events of parts) controller.enqueue(new TextEncoder().encode(events.map(wire).join("")));
              await Promise.resolve();
            });
        },
      }),
    );
  });
});

afterEach(() => vi.unstubAllGlobals());

function turn(visibility: DocumentVisibilityState): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(visibility);
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
}

describe("useStory", () => {
  it("tells every event once and in order, however many come at once", async () => {
    const told: number[] = [];
    const id = newDesign();
    const onEvents = (events: RunEvent[]): void => void told.push(...events.map(({ seq }) => seq));
    const { result } = renderHook(() => useStory(id, onEvents));
    await waitFor(() => expect(result.current.connection).toBe("live"));

    for (let seq = 1; seq <= 30; seq += 3) await send([reminder(seq), reminder(seq + 1), reminder(seq + 2)]);

    await waitFor(() => expect(result.current.story.lastSeq).toBe(30));
    expect(told).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect(result.current.story.entries).toHaveLength(30);
  });

  it("draws a run that tells much at once in a few steps", async () => {
    const id = newDesign();
    const heard = vi.fn();
    const { result } = renderHook(() => useStory(id, heard));
    await waitFor(() => expect(result.current.connection).toBe("live"));

    await send([reminder(1)]);
    await send(...Array.from({ length: 39 }, (_, index) => [reminder(index + 2)]));

    await waitFor(() => expect(result.current.story.lastSeq).toBe(40));
    expect(heard.mock.calls.length).toBeLessThan(20);
  });

  it("comes back behind what was shown when the tab is looked at again", async () => {
    const id = newDesign();
    const onEvents = (): void => undefined;
    const { result } = renderHook(() => useStory(id, onEvents));
    await waitFor(() => expect(result.current.connection).toBe("live"));
    await send([reminder(1)]);
    await waitFor(() => expect(result.current.story.lastSeq).toBe(1));

    turn("hidden");
    turn("visible");
    await waitFor(() => expect(asked).toEqual([null, "1"]));
    await send([reminder(2)]);

    await waitFor(() => expect(result.current.story.lastSeq).toBe(2));
  });
});

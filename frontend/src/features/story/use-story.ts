import { startTransition, useEffect, useState } from "react";
import type { Problem } from "@/shared/api/problem";
import { follow, type FeedState } from "./feed";
import { emptyStory, tell, type Story } from "./story";
import type { RunEvent } from "./events";

export interface Followed {
  story: Story;
  connection: FeedState;
  problem: Problem | null;
}

/** Stories of the designs looked at last, so that going back shows them at once and reads on behind them. */
const remembered = new Map<string, Story>();
const REMEMBERED = 8;

/** Milliseconds within which further events wait, so that a run that tells much at once does not keep the page busy with
 * drawing; the first event after some quiet is shown at once. */
const TOGETHER = 100;

function remember(id: string, story: Story): void {
  remembered.delete(id);
  remembered.set(id, story);
  if (remembered.size > REMEMBERED) remembered.delete(remembered.keys().next().value as string);
}

interface Listening {
  id: string;
  followed: Followed;
}

/** Follows the design run of a decision set while the tab is visible; hidden tabs hold no connection.
 *
 * @param again changes when a story that had ended goes on.
 */
export function useStory(id: string, onEvents: (events: RunEvent[]) => void, again = 0): Followed {
  const [listening, setListening] = useState<Listening>(() => ({ id, followed: beginning(id) }));
  useEffect(() => {
    let story = remembered.get(id) ?? emptyStory;
    let close: (() => void) | null = null;
    let over = false;
    let waiting: RunEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let shownAt = -Infinity;
    const change = (followed: Partial<Followed>): void =>
      setListening((before) => ({ id, followed: { ...(before.id === id ? before.followed : beginning(id)), ...followed } }));
    const show = (): void => {
      clearTimeout(timer);
      timer = undefined;
      if (!waiting.length) return;
      const events = waiting;
      waiting = [];
      shownAt = performance.now();
      story = tell(story, events);
      remember(id, story);
      // Drawing it may be interrupted by whatever the person does.
      startTransition(() => change({ story }));
      onEvents(events);
    };
    const open = (): void => {
      if (close || over || document.visibilityState === "hidden") return;
      close = follow(`/api/streams/${encodeURIComponent(id)}`, story.lastSeq, {
        onEvents: (events) => {
          waiting.push(...events);
          if (performance.now() - shownAt >= TOGETHER) show();
          else timer ??= setTimeout(show, TOGETHER);
        },
        onState: (connection, problem) => {
          show();
          over = connection === "ended" || connection === "refused";
          change({ connection, problem: problem ?? null });
        },
      });
    };
    const shut = (): void => {
      close?.();
      close = null;
      // What was not shown is not counted as seen: it comes again with the next connection.
      clearTimeout(timer);
      timer = undefined;
      waiting = [];
    };
    const look = (): void => (document.visibilityState === "hidden" ? shut() : open());
    document.addEventListener("visibilitychange", look);
    change({ story });
    open();
    return () => {
      document.removeEventListener("visibilitychange", look);
      shut();
    };
  }, [id, onEvents, again]);
  // The first render after a switch comes before the effect: it must not show the run before.
  return listening.id === id ? listening.followed : beginning(id);
}

function beginning(id: string): Followed {
  return { story: remembered.get(id) ?? emptyStory, connection: "connecting", problem: null };
}

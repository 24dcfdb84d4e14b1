import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, describe, expect, it, vi } from "vitest";
import { keys } from "@/shared/api/keys";
import { hearClock } from "@/shared/lib/server-clock";
import type { RunEvent } from "./events";
import { refresh } from "./refresh";

const NOON = Date.parse("2026-11-22T12:00:00Z");
const complete = (moment: number): RunEvent => ({
  seq: 1, type: "run-complete", at: new Date(moment).toISOString(), run_id: "run_1", decision_set_id: "ds_1", node: null, data: {},
});

function read(at: number): QueryClient {
  const client = new QueryClient();
  for (const key of [keys.decisionSet("ds_1"), keys.part("ds_1", "plan"), keys.inbox]) client.setQueryData(key, {}, { updatedAt: at });
  return client;
}

const old = (client: QueryClient, key: readonly unknown[]): boolean => client.getQueryState(key)?.isInvalidated ?? false;

afterEach(() => {
  vi.useRealTimers();
  hearClock(new Date().toUTCString(), Date.now(), Date.now());
});

describe("what an event makes old", () => {
  it("is read again", () => {
    const client = read(NOON);
    refresh(client, "ds_1", [complete(NOON + 1000)]);
    expect([keys.decisionSet("ds_1"), keys.part("ds_1", "plan"), keys.inbox].map((key) => old(client, key))).toEqual([true, true, true]);
  });

  it("is read again when it was read at about the same time", () => {
    const client = read(NOON + 2000);
    refresh(client, "ds_1", [complete(NOON)]);
    expect(old(client, keys.decisionSet("ds_1"))).toBe(true);
  });

  it("is left alone when it was read long afterwards, as for a run that ended yesterday", () => {
    const client = read(NOON + 60_000);
    refresh(client, "ds_1", [complete(NOON)]);
    expect(old(client, keys.decisionSet("ds_1"))).toBe(false);
  });

  it("is judged by the server's clock, however wrong this machine's is", () => {
    const wrong = 3_600_000;
    vi.useFakeTimers({ now: NOON + wrong + 500 });
    hearClock(new Date(NOON).toUTCString(), Date.now(), Date.now());
    const client = read(NOON + wrong);
    refresh(client, "ds_1", [complete(NOON + 1000)]);
    expect(old(client, keys.decisionSet("ds_1"))).toBe(true);
  });

  it("is read anew when its first reading is still on its way, whose answer may be of before", async () => {
    vi.useFakeTimers({ now: NOON, toFake: ["Date"] });
    hearClock(new Date(NOON).toUTCString(), NOON, NOON);
    const client = new QueryClient();
    const answers: ((value: string) => void)[] = [];
    const observer = new QueryObserver(client, {
      queryKey: keys.decisionSet("ds_1"),
      queryFn: () => new Promise<string>((resolve) => answers.push(resolve)),
    });
    const leave = observer.subscribe(() => undefined);
    refresh(client, "ds_1", [complete(NOON)]);
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[0]?.("before");
    answers[1]?.("after");
    await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe("after"));
    leave();
  });

  it("lets a first reading come that began long after it", async () => {
    vi.useFakeTimers({ now: NOON + 60_000, toFake: ["Date"] });
    hearClock(new Date(NOON + 60_000).toUTCString(), NOON + 60_000, NOON + 60_000);
    const client = new QueryClient();
    const reading = vi.fn(() => new Promise<string>(() => undefined));
    const leave = new QueryObserver(client, { queryKey: keys.decisionSet("ds_1"), queryFn: reading }).subscribe(() => undefined);
    refresh(client, "ds_1", [complete(NOON)]);
    await Promise.resolve();
    expect(reading).toHaveBeenCalledTimes(1);
    leave();
  });

  it("belongs to its design", () => {
    const client = read(NOON);
    refresh(client, "ds_2", [complete(NOON + 1000)]);
    expect(old(client, keys.decisionSet("ds_1"))).toBe(false);
  });
});

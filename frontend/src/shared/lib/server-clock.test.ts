import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const HERE = Date.parse("2026-11-22T10:00:00Z");
const HOUR = 3_600_000;

/** A page of its own, with this machine's clock at `HERE`. */
async function fresh(): Promise<typeof import("./server-clock")> {
  vi.resetModules();
  return import("./server-clock");
}

const dated = (ms: number): string => new Date(ms).toUTCString();

beforeEach(() => vi.useFakeTimers({ now: HERE }));
afterEach(() => vi.useRealTimers());

describe("the server's clock", () => {
  it("is this machine's where both agree to the second, and before anything was heard", async () => {
    const { hearClock, serverNow } = await fresh();
    expect(serverNow()).toBe(HERE);
    hearClock(dated(HERE - 400), HERE - 500, HERE);
    expect(serverNow()).toBe(HERE);
  });

  it("is known to half a second where this machine's is an hour late", async () => {
    const { hearClock, serverNow } = await fresh();
    hearClock(dated(HERE + HOUR + 700), HERE - 20, HERE);
    expect(Math.abs(serverNow() - (HERE + HOUR + 700))).toBeLessThan(SLACK);
  });

  it("comes closer with every answer", async () => {
    const { hearClock, serverNow } = await fresh();
    const ahead = -HOUR + 300;
    for (const later of [0, 290, 650, 710]) hearClock(dated(HERE + later + ahead), HERE + later - 10, HERE + later);
    expect(Math.abs(serverNow() - (HERE + ahead))).toBeLessThan(SLACK / 4);
  });

  it("follows when a clock is set, and heeds no answer without a date", async () => {
    const { hearClock, serverNow } = await fresh();
    hearClock(dated(HERE + HOUR), HERE - 20, HERE);
    hearClock(null, HERE, HERE);
    hearClock("yesterday", HERE, HERE);
    expect(Math.abs(serverNow() - (HERE + HOUR))).toBeLessThan(SLACK);
    hearClock(dated(HERE), HERE - 20, HERE);
    expect(Math.abs(serverNow() - HERE)).toBeLessThan(SLACK);
  });
});

const SLACK = 800;

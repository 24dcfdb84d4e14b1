import { afterEach, describe, expect, it, vi } from "vitest";
import { hearServerClock, serverNow } from "./server-clock";

const NOON = Date.parse("2026-11-22T12:00:00Z");
const header = (moment: number): string => new Date(moment).toUTCString();

afterEach(() => {
  hearServerClock(header(Date.now()));
  vi.useRealTimers();
});

describe("the server's clock", () => {
  it("is this machine's, as far as a header in whole seconds can tell", () => {
    vi.useFakeTimers({ now: NOON + 900 });
    hearServerClock(header(NOON));
    expect(serverNow()).toBe(NOON + 900);
  });

  it.each([5 * 60_000, -5 * 60_000])("is found behind a clock that is wrong by %d ms", (wrong) => {
    vi.useFakeTimers({ now: NOON + 500 + wrong });
    hearServerClock(header(NOON));
    // In the middle of the second that the header names.
    expect(serverNow()).toBe(NOON + 500);
  });

  it("stays as it was when an answer says nothing", () => {
    vi.useFakeTimers({ now: NOON + 60_500 });
    hearServerClock(header(NOON));
    hearServerClock(null);
    expect(serverNow()).toBe(NOON + 500);
  });
});

/** Milliseconds by which this machine's clock is ahead of the server's. */
let ahead = 0;

/** Differences up to this are the whole seconds of the header and the way of the answer, not a wrong clock. */
const NOISE = 2000;

/** Learns from the `Date` of an answer how late it is at the server, which is what runs are timed by. */
export function hearServerClock(date: string | null): void {
  const difference = Date.now() - Date.parse(date ?? "") - 500;
  if (Number.isNaN(difference)) return;
  ahead = Math.abs(difference) > NOISE ? difference : 0;
}

/** The present moment by the server's clock, in milliseconds. */
export const serverNow = (): number => Date.now() - ahead;

/** A moment of this machine's clock by the server's. */
export const byServerClock = (moment: number): number => moment - ahead;

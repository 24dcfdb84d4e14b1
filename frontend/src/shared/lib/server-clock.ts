/** What the server's clock says, read from the answers: the clock of this machine may be wrong, and what is counted from
 * a moment that the server told has to be counted by the server's clock.
 *
 * An answer is dated to the second, somewhere between its request and its arrival: each narrows down by how many
 * milliseconds the two clocks can differ. */

const SECOND = 1000;

let least = -Infinity;
let most = Infinity;

/** Takes in the date of an answer; `sent` and `received` are moments of this machine's clock, in ms. */
export function hearClock(date: string | null, sent: number, received: number): void {
  const said = Date.parse(date ?? "");
  if (Number.isNaN(said)) return;
  const [low, high] = [said - received, said + SECOND - sent];
  // One of the clocks was set since the last answer: what was known before holds no more.
  const isNew = low > most || high < least;
  least = isNew ? low : Math.max(least, low);
  most = isNew ? high : Math.min(most, high);
}

/** A moment of this machine's clock by the server's, in ms; the same as long as nothing speaks against it. */
export function byServerClock(moment: number): number {
  const differs = least > 0 || most < 0;
  return moment + (differs ? (least + most) / 2 : 0);
}

/** The present moment by the server's clock, in ms. */
export const serverNow = (): number => byServerClock(Date.now());

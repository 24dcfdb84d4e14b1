const ENDED: ReadonlySet<string> = new Set(["done", "rejected", "blocked", "failed", "cancelled"]);

/** Whether a design of this status is over: nothing goes on by itself any more. */
export const hasEnded = (status: string): boolean => ENDED.has(status);

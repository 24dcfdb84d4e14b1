import { asProblem } from "@/shared/api/problem";
import { useToast } from "@/shared/ui/toasts";

type Send<Change> = (change: Change) => Promise<unknown>;

/** Sends changes of one entry of a list and runs `done` after one that arrived; of one that did not it says why and
 * offers another try. Both outlive the entry, which may have left the list by then. */
export function useChanges<Change>(send: Send<Change>): (change: Change, done?: () => void) => void {
  const say = useToast();
  const change = (what: Change, done?: () => void): void =>
    void send(what).then(done, (error: unknown) => {
      const { message, advice } = asProblem(error);
      say({ title: message, text: advice, action: { label: "Try again", run: () => change(what, done) } });
    });
  return change;
}

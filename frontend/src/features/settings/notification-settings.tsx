import { useState, useSyncExternalStore } from "react";
import { canNotify, switchNotifications, wantsNotifications } from "@/shared/lib/notifications";
import { Button } from "@/shared/ui/button";

const never = (): (() => void) => () => undefined;

/** Whether the browser tells of waiting gates and finished runs while the page is in the background. */
export function NotificationSettings() {
  const known = useSyncExternalStore(never, wantsNotifications, () => false);
  const possible = useSyncExternalStore(never, canNotify, () => true);
  const [chosen, setChosen] = useState<boolean | null>(null);
  const on = chosen ?? known;
  const refused = chosen === false && possible && Notification.permission === "denied";
  return (
    <section className="flex flex-col items-start gap-3">
      <h2 className="text-lg">Notifications</h2>
      <p className="max-w-prose text-sm text-ink-soft">
        Waiting gates and finished runs always show in the page and in the title of the tab. The browser can also tell of them
        while you are elsewhere.
      </p>
      <Button disabled={!possible} aria-pressed={on} onClick={() => void switchNotifications(!on).then(setChosen)}>
        {on ? "Switch browser notifications off" : "Switch browser notifications on"}
      </Button>
      <p role="status" className="text-sm text-ink-soft">
        {possible ? (refused ? "The browser refuses them for this address; its own settings can allow them again." : "") : "This browser has none."}
      </p>
    </section>
  );
}

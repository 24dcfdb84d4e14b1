"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { useInbox } from "@/shared/api/reading/inbox";
import { useDecisionSets } from "@/shared/api/reading/decision-sets";
import { paths } from "@/shared/config/paths";
import { useToast } from "@/shared/ui/toasts";
import { hasEnded } from "@/shared/lib/has-ended";
import { wantsNotifications } from "@/shared/lib/notifications";

const SAYS: Record<string, string> = { done: "is ready", failed: "failed", blocked: "is blocked", rejected: "was rejected", cancelled: "was stopped" };

interface News {
  id: string;
  title: string;
  text: string;
}

/** Tells of gates that begin to wait and of runs that end: in the page, in the title and, where it was allowed, by the
 * browser. What was there when the page opened is no news. */
export function Notifier() {
  // Whoever looks through a link has no inbox.
  return usePathname().startsWith("/shared") ? null : <Listener />;
}

function Listener() {
  const say = useToast();
  const gates = useInbox().data?.items;
  const designs = useDecisionSets({ limit: 20 }).data?.pages[0]?.items;
  const known = useRef<{ gates: Set<string> | null; statuses: Map<string, string> | null }>({ gates: null, statuses: null });

  useEffect(() => {
    if (!gates) return;
    const before = known.current.gates;
    known.current.gates = new Set(gates.map(({ gate }) => gate.id));
    const fresh = before ? gates.filter(({ gate }) => !before.has(gate.id)) : [];
    for (const { decision_set_id: id, gate } of fresh) tell({ id, title: gate.title, text: "A design waits for you." }, say);
    document.title = withCount(document.title, gates.length);
  }, [gates, say]);

  useEffect(() => {
    if (!designs) return;
    const before = known.current.statuses;
    known.current.statuses = new Map(designs.map((design) => [design.id, design.status]));
    for (const design of designs) {
      const was = before?.get(design.id);
      if (was && !hasEnded(was) && hasEnded(design.status)) {
        tell({ id: design.id, title: `The design ${SAYS[design.status]}`, text: design.title }, say);
      }
    }
  }, [designs, say]);

  return null;
}

function tell({ id, title, text }: News, say: ReturnType<typeof useToast>): void {
  const address = paths.run(id);
  const here = `${window.location.pathname}${window.location.search}`.startsWith(address);
  if (!document.hidden) {
    if (!here) say({ title, text, action: { label: "Open", run: () => window.location.assign(address) } });
    return;
  }
  if (!wantsNotifications()) return;
  const notification = new Notification(title, { body: text, tag: `${id} ${title}` });
  notification.onclick = () => {
    window.focus();
    window.location.assign(address);
  };
}

/** `(2) Agentic MLOps`: how many gates wait, before what stood there. */
export function withCount(title: string, waiting: number): string {
  const bare = title.replace(/^\(\d+\) /, "");
  return waiting ? `(${waiting}) ${bare}` : bare;
}

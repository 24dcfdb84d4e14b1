import { History, RefreshCw } from "lucide-react";
import type { Problem } from "@/shared/api/problem";
import { dateTime, words } from "@/shared/lib/format";
import { Button } from "@/shared/ui/button";
import { decided, nameOf } from "./wording";

interface StaleNoticeProps {
  problem: Problem;
  onShowPresent: () => void;
}

/** Somebody was first, or what the gate shows is another thing by now. */
export const isStale = ({ status }: Problem): boolean => status === 409 || status === 412;

/** Who decided what, or what changed, in one sentence. */
export function staleTitle({ status, facts, message }: Problem): string {
  if (status === 412) return "changed" in facts ? `What you read has changed: ${words(String(facts.changed))}.` : message;
  if (typeof facts.decision !== "string") return message;
  if (facts.decision === "cancelled") return "The run was stopped before you decided.";
  if (facts.decided_by === "user:local-owner") return `This was ${decided(facts.decision)} before, in another window.`;
  return `${nameOf(facts.decided_by)} ${decided(facts.decision)} this before you.`;
}

/** When that was, and what follows. */
export function staleText({ facts, advice }: Problem): string {
  const at = typeof facts.decided_at === "string" ? `${dateTime(facts.decided_at)}. ` : "";
  return `${at}${advice || "Nothing was decided by you."}`;
}

/** Tells that the card went stale, who decided what and when, or what changed; the only way on is the present state. */
export function StaleNotice({ problem, onShowPresent }: StaleNoticeProps) {
  return (
    <div role="alert" className="flex gap-3 rounded border border-warn bg-warn-wash p-4 text-sm">
      <History aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <div className="flex min-w-0 flex-col items-start gap-1">
        <p className="font-medium break-words">{staleTitle(problem)}</p>
        <p>{staleText(problem)}</p>
        <Button className="mt-2" onClick={onShowPresent}>
          <RefreshCw aria-hidden />
          Show the present state
        </Button>
      </div>
    </div>
  );
}

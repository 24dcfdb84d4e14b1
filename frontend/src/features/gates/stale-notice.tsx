import { History, RefreshCw } from "lucide-react";
import type { Problem } from "@/shared/api/problem";
import { dateTime } from "@/shared/lib/format";
import { Button } from "@/shared/ui/button";
import { goneTitle, outcomeOf } from "./gone";

interface StaleNoticeProps {
  problem: Problem;
  onShowPresent: () => void;
}

/** When that was, and what follows. */
function staleText({ facts, advice }: Problem): string {
  const at = typeof facts.decided_at === "string" ? `${dateTime(facts.decided_at)}. ` : "";
  return `${at}${advice || "Nothing was decided by you."}`;
}

/** Tells that the card went stale, who decided what and when, or what changed; the only way on is the present state. */
export function StaleNotice({ problem, onShowPresent }: StaleNoticeProps) {
  return (
    <div role="alert" className="flex gap-3 rounded border border-warn bg-warn-wash p-4 text-sm">
      <History aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <div className="flex min-w-0 flex-col items-start gap-1">
        <p className="font-medium break-words">{goneTitle(problem, outcomeOf(problem, null))}</p>
        <p>{staleText(problem)}</p>
        <Button className="mt-2" onClick={onShowPresent}>
          <RefreshCw aria-hidden />
          Show the present state
        </Button>
      </div>
    </div>
  );
}

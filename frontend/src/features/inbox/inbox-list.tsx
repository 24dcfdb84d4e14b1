import { Inbox } from "lucide-react";
import Link from "next/link";
import { useInbox } from "@/shared/api/reading/inbox";
import { paths } from "@/shared/config/paths";
import { ago, dateTime, usd } from "@/shared/lib/format";
import { useNow } from "@/shared/lib/use-now";
import { Badge } from "@/shared/ui/badge";
import { EmptyState, ErrorState, LoadingState } from "@/shared/ui/states";

const OUTCOMES: Record<string, string> = {
  infeasible: "Nothing meets every requirement",
  blocked_by_policy: "A policy blocks it",
  blocked_by_checks: "A check is red",
  not_a_brief: "There is nothing to design yet",
};

/** Every gate that waits, the longest waiting first. */
export function InboxList() {
  const found = useInbox();
  const now = useNow(true, 30_000);
  if (found.error) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <LoadingState label="Reading the inbox" className="px-0" />;
  if (!found.data.items.length) {
    return (
      <EmptyState icon={<Inbox aria-hidden />} title="Nothing waits for you">
        Questions and approvals of your designs appear here as soon as they are asked.
      </EmptyState>
    );
  }
  return (
    <ul className="flex flex-col divide-y divide-line border-y border-line">
      {found.data.items.map(({ decision_set_id: id, gate }) => {
        const monthly = gate.shown.monthly_usd;
        return (
          <li key={gate.id}>
            <Link href={paths.run(id)} className="flex flex-col gap-1 px-2 py-4 hover:bg-sand">
              <span className="flex flex-wrap items-center gap-2 text-sm font-medium">
                {gate.title}
                <Badge tone={gate.kind === "final" ? "accent" : "plain"}>{gate.kind === "final" ? "Approval" : "Questions"}</Badge>
                {gate.outcome ? <Badge tone="warn">{OUTCOMES[gate.outcome] ?? gate.outcome}</Badge> : null}
              </span>
              <span className="line-clamp-2 text-sm text-ink-soft">{gate.message}</span>
              <span className="text-xs text-ink-soft tabular-nums">
                <time dateTime={gate.waiting_since} title={dateTime(gate.waiting_since)}>
                  Since {ago(gate.waiting_since, now)}
                </time>
                {typeof monthly === "number" ? ` · ${usd(monthly)} a month` : ""}
                {gate.deadline ? ` · until ${dateTime(gate.deadline)}` : ""}
                {` · needs ${gate.needs.approvals} × ${gate.needs.role}`}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

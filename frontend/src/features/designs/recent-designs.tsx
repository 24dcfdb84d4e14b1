import Link from "next/link";
import { StatusBadge } from "@/features/story/status-badge";
import { useDecisionSets } from "@/shared/api/reading/decision-sets";
import { paths } from "@/shared/config/paths";
import { ago, usd } from "@/shared/lib/format";
import { ErrorState } from "@/shared/ui/states";

/** The newest designs, to go on with. */
export function RecentDesigns() {
  const found = useDecisionSets({ limit: 6 });
  if (found.error) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  const designs = found.data?.pages[0]?.items ?? [];
  if (!designs.length) return null;
  return (
    <section aria-label="Recent designs" className="flex flex-col gap-3">
      <h2 className="text-base">Go on with</h2>
      <ul className="flex flex-col divide-y divide-line border-y border-line">
        {designs.map((design) => {
          const monthly = design.summary.monthly_usd;
          return (
            <li key={design.id}>
              <Link href={paths.run(design.id)} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-2 py-3 text-sm hover:bg-sand">
                <span className="min-w-0 basis-full truncate sm:flex-1 sm:basis-0">{design.title}</span>
                {typeof monthly === "number" ? <span className="text-ink-soft tabular-nums">{usd(monthly)} a month</span> : null}
                <span className="text-xs text-ink-soft">{ago(design.updated_at)}</span>
                <StatusBadge status={design.status} />
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

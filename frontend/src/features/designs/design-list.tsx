import { Plus } from "lucide-react";
import Link from "next/link";
import { StatusBadge } from "@/features/story/status-badge";
import { useDecisionSets } from "@/shared/api/reading/decision-sets";
import { paths } from "@/shared/config/paths";
import { cn } from "@/shared/lib/class-names";
import { ago } from "@/shared/lib/format";
import { Button } from "@/shared/ui/button";
import { EmptyState, ErrorState, LoadingState } from "@/shared/ui/states";
import { Wordmark } from "@/shared/ui/wordmark";

/** Past designs, newest first. */
export function DesignList({ currentId }: { currentId: string }) {
  const found = useDecisionSets({ limit: 30 });
  const designs = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <aside aria-label="Designs" className="flex h-full flex-col gap-3 bg-surface p-3">
      <div className="flex items-center justify-between px-1">
        <Wordmark />
      </div>
      <Button asChild>
        <Link href={paths.home}>
          <Plus aria-hidden />
          New design
        </Link>
      </Button>
      {found.error ? <ErrorState error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <LoadingState label="Reading past designs" className="p-1" /> : null}
      {found.data && !designs.length ? <EmptyState title="No designs yet" /> : null}
      <ul className="flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto">
        {designs.map((design) => (
          <li key={design.id}>
            <Link
              href={paths.run(design.id)}
              aria-current={design.id === currentId ? "page" : undefined}
              className={cn("flex flex-col gap-1 rounded px-2 py-2 text-sm hover:bg-sand", design.id === currentId && "bg-sand")}
            >
              <span className="truncate">{design.title}</span>
              <span className="flex items-center gap-2 text-xs text-ink-soft">
                <StatusBadge status={design.status} />
                {ago(design.updated_at)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {found.hasNextPage ? (
        <Button kind="quiet" busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          Older designs
        </Button>
      ) : null}
    </aside>
  );
}

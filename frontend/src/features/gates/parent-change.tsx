import { ArrowRight } from "lucide-react";
import Link from "next/link";
import type { Schemas } from "@/shared/api/client";
import { usePlan } from "@/shared/api/reading/plan";
import { paths } from "@/shared/config/paths";
import { usd, usdChange } from "@/shared/lib/format";
import { LoadingState } from "@/shared/ui/states";
import { exchanged } from "./versions";
import { slotName } from "./wording";

/** What differs from the version before: the bill and the parts that were exchanged. */
export function ParentChange({ parentId, plan }: { parentId: string; plan: Schemas["Plan"] }) {
  const parent = usePlan(parentId);
  if (parent.isPending) return <LoadingState label="Reading the version before" lines={2} className="p-0" />;
  if (!parent.data) return <p className="text-sm text-ink-soft">The version before has no plan to compare with.</p>;
  const [before, after] = [parent.data.cost.expected_usd, plan.cost.expected_usd];
  const parts = exchanged(parent.data.components, plan.components);
  return (
    <section aria-label="Changes to the version before" className="flex flex-col gap-2 text-sm">
      <h3 className="font-medium">
        <Link href={paths.run(parentId)} className="text-accent-ink underline">
          Against the version before
        </Link>
      </h3>
      <p className="tabular-nums">
        {`${usdChange(after - before)} a month`} <span className="text-ink-soft">{`(from ${usd(before)} to ${usd(after)})`}</span>
      </p>
      {parts.length ? (
        <ul className="flex flex-col gap-1">
          {parts.map((part) => (
            <li key={part.slot} className="flex flex-wrap items-center gap-x-2">
              <span className="text-xs text-ink-soft">{slotName(part.slot)}</span>
              <span className="text-ink-soft">{part.before ?? "nothing"}</span>
              <ArrowRight aria-hidden className="size-3 shrink-0" />
              <span className="sr-only">becomes</span>
              <span>{part.after ?? "nothing"}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-ink-soft">Every part is filled as before.</p>
      )}
    </section>
  );
}

import { ChevronDown } from "lucide-react";
import { Collapsible } from "radix-ui";
import Link from "next/link";
import { useState } from "react";
import type { Schemas } from "@/shared/api/client";
import { paths } from "@/shared/config/paths";
import { cn } from "@/shared/lib/class-names";
import { usd } from "@/shared/lib/format";
import { slotName } from "./wording";

/** What the design is made of, each part with its price and the reason for it. */
export function ChosenComponents({ plan, designId }: { plan: Schemas["Plan"]; designId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <section aria-label="Components" className="flex flex-col gap-2 text-sm">
      <Collapsible.Root open={open} onOpenChange={setOpen}>
        <div className="flex flex-wrap items-baseline justify-between gap-2">
          <h3 className="font-medium">
            {plan.components.length} components<span className="text-xs font-normal text-ink-soft">, with the price of a month</span>
          </h3>
          <Collapsible.Trigger className="flex min-h-6 items-center gap-1 text-xs text-accent-ink underline">
            {open ? "Hide the reasons" : "Why these"}
            <ChevronDown aria-hidden className={cn("size-3 transition-transform", open && "rotate-180")} />
          </Collapsible.Trigger>
        </div>
        <ul className="mt-2 flex flex-col divide-y divide-line border-y border-line">
          {plan.components.map((component) => (
            <li key={component.slot} className="flex flex-col gap-1 py-2">
              <span className="flex flex-wrap items-baseline gap-x-3">
                <span className="w-24 text-xs text-ink-soft">{slotName(component.slot)}</span>
                <span className="min-w-0 flex-1 basis-40 break-words">{component.title}</span>
                <span className="tabular-nums">{usd(component.monthly_usd)}</span>
              </span>
              {open ? <span className="max-w-prose text-xs text-ink-soft">{component.why}</span> : null}
            </li>
          ))}
        </ul>
        <Collapsible.Content className="flex flex-col gap-2 pt-2 text-xs text-ink-soft">
          <p>
            {plan.proven_optimal
              ? "Of all combinations that meet every hard requirement this one costs least, operation included."
              : "The best combination that was found; it is not proven that none is cheaper."}
          </p>
        </Collapsible.Content>
      </Collapsible.Root>
      <Link href={paths.run(designId, "architecture")} className="self-start text-xs text-accent-ink underline">
        The architecture as a diagram
      </Link>
    </section>
  );
}

import { RotateCcw, Send } from "lucide-react";
import { useState } from "react";
import type { Schemas } from "@/shared/api/client";
import { useCatalogue } from "@/shared/api/reading/catalogue";
import { Button } from "@/shared/ui/button";
import { ErrorState, LoadingState } from "@/shared/ui/states";
import { AssumptionFields } from "./assumption-fields";
import { EffectView } from "./effect-view";
import { ExchangeFields } from "./exchange-fields";
import type { Draft } from "./use-draft";

interface ChangeDesignProps {
  plan: Schemas["Plan"];
  draft: Draft;
  busy: boolean;
  /** What the server refused of the change, at the control that it is about. */
  refusal: { field: string; message: string } | null;
  onSend: (edits: Schemas["Edits"]) => void;
}

/** Exchanges components and planning assumptions: what that would do is seen at once, and sent only when wanted. */
export function ChangeDesign({ plan, draft, busy, refusal, onSend }: ChangeDesignProps) {
  const [open, setOpen] = useState(false);
  const catalogue = useCatalogue(open || draft.count > 0);
  const unwritten = unwrittenOf(catalogue.data, draft);
  return (
    <section aria-label="Change the design" className="flex min-w-0 flex-col gap-3 text-sm">
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="min-h-6 font-medium">Change something</summary>
        <div className="flex flex-col gap-6 pt-4">
          {catalogue.error ? <ErrorState error={catalogue.error} onRetry={() => void catalogue.refetch()} /> : null}
          {open && catalogue.isPending ? <LoadingState label="Reading the catalogue" lines={3} className="p-0" /> : null}
          {catalogue.data ? <ExchangeFields plan={plan} slots={catalogue.data.slots} draft={draft} refusal={refusal} /> : null}
          <AssumptionFields key={draft.round} figures={plan.figures ?? []} draft={draft} refusal={refusal} />
        </div>
      </details>
      {draft.count ? (
        <div className="flex flex-col gap-4 rounded border border-line bg-page p-4">
          <EffectView draft={draft} />
          {unwritten.length ? (
            <p className="text-warn">{`No repository can be written with ${unwritten.join(" and ")} yet: it can be tried, not sent.`}</p>
          ) : null}
          <div className="flex flex-wrap gap-2">
            <Button
              kind="primary"
              busy={busy}
              disabled={!draft.effect || unwritten.length > 0}
              onClick={() => onSend({ components: { ...draft.components }, assumptions: { ...draft.assumptions } })}
            >
              <Send aria-hidden />
              {draft.count > 1 ? `Send ${draft.count} changes` : "Send the change"}
            </Button>
            <Button kind="quiet" onClick={draft.clear}>
              <RotateCcw aria-hidden />
              Leave it as it was
            </Button>
          </div>
        </div>
      ) : null}
    </section>
  );
}

/** What is tried and cannot be generated. */
function unwrittenOf(catalogue: Schemas["CatalogueRead"] | undefined, { components }: Draft): string[] {
  return (catalogue?.slots ?? []).flatMap(({ slot, options }) =>
    options.filter(({ id, generated }) => components[slot] === id && !generated && options.some((option) => option.generated)).map(({ title }) => title),
  );
}

import { useState } from "react";
import type { Schemas } from "@/shared/api/client";
import { Field, Select } from "@/shared/ui/field";
import { without } from "./gate";
import type { Draft } from "./use-draft";
import { slotName } from "./wording";

interface ExchangeFieldsProps {
  plan: Schemas["Plan"];
  slots: readonly Schemas["SlotRead"][];
  draft: Draft;
  refusal: { field: string; message: string } | null;
}

/** Chooses a place in the design and what fills it; only options of that place are offered. */
export function ExchangeFields({ plan, slots, draft, refusal }: ExchangeFieldsProps) {
  const usable = slots.filter(({ slot, options }) => options.length > 1 && plan.components.some((component) => component.slot === slot));
  const [chosen, setChosen] = useState<string>("");
  const place = usable.find(({ slot }) => slot === chosen);
  const present = plan.components.find(({ slot }) => slot === chosen);
  const option = draft.components[chosen] ?? present?.option ?? "";
  const exchange = (to: string): void => {
    const others = without(draft.components, chosen);
    draft.exchange(to === present?.option ? others : { ...others, [chosen]: to });
  };
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(13rem,1fr))] gap-4">
      <Field label="Exchange a component">
        {(field) => (
          <Select {...field} value={chosen} onChange={(event) => setChosen(event.target.value)}>
            <option value="">Choose a place…</option>
            {usable.map(({ slot, title }) => (
              <option key={slot} value={slot}>
                {title || slotName(slot)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {place ? (
        <Field
          label="Filled by"
          hint={place.options.find(({ id }) => id === option)?.summary}
          error={refusal?.field === place.slot ? refusal.message : undefined}
        >
          {(field) => (
            <Select {...field} value={option} onChange={(event) => exchange(event.target.value)}>
              {place.options.map(({ id, title, generated }) => (
                <option key={id} value={id}>
                  {title}
                  {id === present?.option ? " (now)" : generated ? "" : " (to try only)"}
                </option>
              ))}
            </Select>
          )}
        </Field>
      ) : null}
    </div>
  );
}

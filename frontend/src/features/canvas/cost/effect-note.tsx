import type { Schemas } from "@/shared/api/client";
import { usd, usdChange } from "@/shared/lib/format";
import { cn } from "@/shared/lib/class-names";
import { slotTitle } from "../slots";

/** What a change that is only tried would do: the new total first, then what comes with it. */
export function EffectNote({ effect, busy }: { effect: Schemas["Effect"]; busy: boolean }) {
  const { cost, monthly_usd_delta: delta, also_changed: slots, broken, policies } = effect;
  const failing = policies.filter(({ outcome }) => outcome === "fail").length;
  return (
    <div className={cn("flex flex-col gap-1 rounded border border-line bg-surface p-4 text-sm", busy && "opacity-60")}>
      <p className="font-medium tabular-nums">
        It would be <output>{usd(cost.expected_usd)}</output> a month ({usdChange(delta)}), from {usd(cost.low_usd)} to {usd(cost.high_usd)}.
      </p>
      {cost.unknown_lines ? <p className="text-warn">{cost.unknown_lines} prices are unknown and not in it.</p> : null}
      {slots.length ? <p>Also changes: {slots.map(slotTitle).join(", ")}.</p> : null}
      {broken.map(({ field, message }) => (
        <p key={field} className="text-bad">
          Not kept: {message}
        </p>
      ))}
      {failing ? <p className="text-bad">{failing} policies would fail.</p> : null}
    </div>
  );
}

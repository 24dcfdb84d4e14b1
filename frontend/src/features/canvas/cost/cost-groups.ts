import type { Schemas } from "@/shared/api/client";
import { figure } from "@/shared/lib/format";
import { slotPlace, type Slot } from "../slots";

export type CostLine = Schemas["CostLine"];

export interface CostGroup {
  slot: Slot;
  lines: readonly CostLine[];
  /** Sum of the lines whose price is known; null when none is. */
  monthly: number | null;
  /** Lines without a known price; they are in no sum. */
  unknown: number;
}

/** The lines of a bill by slot, the most expensive slot first; unknown prices are counted and never summed as 0. */
export function costGroups(lines: readonly CostLine[]): CostGroup[] {
  const bySlot = new Map<Slot, CostLine[]>();
  for (const line of lines) bySlot.set(line.slot, [...(bySlot.get(line.slot) ?? []), line]);
  return [...bySlot]
    .map(([slot, own]) => {
      const known = own.flatMap(({ monthly_usd: monthly }) => (monthly === null ? [] : [monthly]));
      return {
        slot,
        lines: own,
        monthly: known.length ? known.reduce((sum, each) => sum + each, 0) : null,
        unknown: own.length - known.length,
      };
    })
    .sort((one, other) => (other.monthly ?? -1) - (one.monthly ?? -1) || slotPlace(one.slot) - slotPlace(other.slot));
}

const SMALLER = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });
const THOUSANDS: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, B: 1e9 };

/** `730 hours`, `20,000 events` for 0.02 of `1M events`; units that are symbols stay as they are. */
export function quantityOf({ quantity, unit }: CostLine): string {
  const [, many, scale, things] = /^(\d+)([kMB]) (.+)$/.exec(unit) ?? [];
  if (many && scale && things) return `${figure(quantity * Number(many) * (THOUSANDS[scale] ?? 1))} ${things}`;
  return `${quantity < 1 ? SMALLER.format(quantity) : figure(quantity)} ${unit}${quantity !== 1 && /[a-z]$/.test(unit) ? "s" : ""}`;
}

const SMALL = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", maximumSignificantDigits: 6 });

/** The price of one unit with as many digits as it needs; prices of requests are far below a cent. */
export const unitPrice = (price: number | null): string => (price === null ? "unknown" : SMALL.format(price));

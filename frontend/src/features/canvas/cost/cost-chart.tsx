import { Bar, BarChart, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { usd } from "@/shared/lib/format";
import { slotTitle } from "../slots";
import type { CostGroup } from "./cost-groups";

/** What each slot costs a month, as bars; the table above says the same in figures. */
export function CostChart({ groups }: { groups: readonly CostGroup[] }) {
  const data = groups.filter(({ monthly }) => monthly !== null).map(({ slot, monthly }) => ({ name: slotTitle(slot), monthly }));
  return (
    <div aria-hidden className="text-xs" style={{ height: data.length * 32 + 16 }}>
      <ResponsiveContainer width="100%" height="100%">
        <BarChart data={data} layout="vertical" margin={{ left: 0, right: 64, top: 0, bottom: 0 }} accessibilityLayer={false}>
          <XAxis type="number" hide />
          <YAxis type="category" dataKey="name" width={104} axisLine={false} tickLine={false} tick={{ fill: "var(--ink-soft)" }} interval={0} />
          <Bar
            dataKey="monthly"
            fill="var(--accent)"
            radius={2}
            barSize={16}
            isAnimationActive={false}
            label={{ position: "right", fill: "var(--ink)", formatter: (value: unknown) => usd(Number(value)) }}
          />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

import { CircleCheck, CircleMinus, CircleX, TriangleAlert, type LucideIcon } from "lucide-react";
import { Badge, type Tone } from "@/shared/ui/badge";

const OUTCOMES: Record<string, { label: string; icon: LucideIcon; tone: Tone }> = {
  pass: { label: "Passed", icon: CircleCheck, tone: "good" },
  warn: { label: "Warning", icon: TriangleAlert, tone: "warn" },
  fail: { label: "Failed", icon: CircleX, tone: "bad" },
  skipped: { label: "Skipped", icon: CircleMinus, tone: "plain" },
  not_applicable: { label: "Does not apply", icon: CircleMinus, tone: "plain" },
};

/** How a rule or a check came out, by sign and word. */
export function Outcome({ outcome }: { outcome: string }) {
  const { label, icon: Icon, tone } = OUTCOMES[outcome] ?? { label: outcome, icon: CircleMinus, tone: "plain" as const };
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {label}
    </Badge>
  );
}

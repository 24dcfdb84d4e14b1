import { cn } from "@/shared/lib/class-names";
import { Badge } from "@/shared/ui/badge";
import { statusOf } from "./statuses";

export function StatusBadge({ status }: { status: string }) {
  const { label, icon: Icon, tone, turning } = statusOf(status);
  return (
    <Badge tone={tone}>
      <Icon aria-hidden className={cn(turning && "animate-spin")} />
      {label}
    </Badge>
  );
}

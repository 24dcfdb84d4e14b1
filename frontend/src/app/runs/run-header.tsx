import { CircleStop } from "lucide-react";
import type { Schemas } from "@/shared/api/client";
import type { Story } from "@/features/story/story";
import { StatusBadge } from "@/features/story/status-badge";
import { useCancelRun } from "@/shared/api/writing/cancel-run";
import { Button } from "@/shared/ui/button";

interface RunHeaderProps {
  design: Schemas["DecisionSetRead"];
  story: Story;
  onAgain: () => void;
}

export function RunHeader({ design, story }: RunHeaderProps) {
  const cancelling = useCancelRun(design.id);
  const status = story.ending?.status ?? design.status;
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-3">
      <h1 className="min-w-0 flex-1 truncate text-lg" title={design.title}>
        {design.title}
      </h1>
      <span className="text-xs text-ink-soft">Version {design.version}</span>
      <StatusBadge status={status} />
      {story.ending ? null : (
        <Button busy={cancelling.isPending} onClick={() => cancelling.mutate(design.run_id)}>
          <CircleStop aria-hidden />
          Stop
        </Button>
      )}
    </header>
  );
}

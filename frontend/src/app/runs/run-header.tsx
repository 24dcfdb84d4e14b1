import { CircleStop, Link2, RotateCcw } from "lucide-react";
import { useState } from "react";
import { StatusBadge } from "@/features/story/status-badge";
import type { Story } from "@/features/story/story";
import type { Schemas } from "@/shared/api/client";
import { useCancelRun } from "@/shared/api/writing/cancel-run";
import { useRetryRun } from "@/shared/api/writing/retry-run";
import { hasEnded } from "@/shared/lib/has-ended";
import { useLater } from "@/shared/lib/use-later";
import { Button, IconButton } from "@/shared/ui/button";
import { ErrorState } from "@/shared/ui/states";

const loadShareDialog = () => import("@/features/sharing/share-dialog").then((module) => module.ShareDialog);

interface RunHeaderProps {
  design: Schemas["DecisionSetRead"];
  story: Story;
  /** The story that had ended goes on. */
  onAgain: () => void;
}

/** What is looked at, how it stands, and what can be done with the run as a whole. */
export function RunHeader({ design, story, onAgain }: RunHeaderProps) {
  const [sharing, setSharing] = useState(false);
  const { part: ShareDialog, want } = useLater(loadShareDialog);
  const cancelling = useCancelRun(design.id);
  const retrying = useRetryRun(design.id);
  const status = story.ending?.status ?? (design.gate ? "waiting" : design.status);
  const error = cancelling.error ?? retrying.error;
  return (
    <header className="flex flex-col gap-2 border-b border-line px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="min-w-0 flex-1 basis-40 truncate text-lg max-sm:basis-full" title={design.title}>
          {design.title}
        </h1>
        <span className="text-xs text-ink-soft">Version {design.version}</span>
        <StatusBadge status={status} />
        {story.ending === null && !hasEnded(design.status) ? (
          <Button busy={cancelling.isPending} onClick={() => cancelling.mutate(design.run_id)}>
            <CircleStop aria-hidden />
            <span className="max-[22rem]:sr-only">Stop</span>
          </Button>
        ) : null}
        {status === "failed" || status === "cancelled" ? (
          <Button busy={retrying.isPending} onClick={() => retrying.mutate(design.run_id, { onSuccess: onAgain })}>
            <RotateCcw aria-hidden />
            {status === "failed" ? "Retry the failed step" : "Go on"}
          </Button>
        ) : null}
        <IconButton
          label="Share"
          className="max-sm:ml-auto"
          onClick={() => {
            setSharing(true);
            want();
          }}
        >
          <Link2 aria-hidden />
        </IconButton>
      </div>
      {error ? <ErrorState error={error} /> : null}
      {ShareDialog ? <ShareDialog id={design.id} open={sharing} onOpenChange={setSharing} /> : null}
    </header>
  );
}

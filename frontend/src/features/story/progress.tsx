import { ChevronDown } from "lucide-react";
import { useId, useState } from "react";
import type { Story } from "@/features/story/story";
import { useWorkflow } from "@/shared/api/reading/workflow";
import { cn } from "@/shared/lib/class-names";
import { duration } from "@/shared/lib/format";
import { useNow } from "@/shared/lib/use-now";
import { StepList } from "./step-list";

interface ProgressProps {
  story: Story;
  /** How many runs wait before this one; null when it does not wait, or is not known. */
  queuePlace: number | null;
}

/** Where the run is: the step at work, how many are behind it, and how long it has taken. */
export function Progress({ story, queuePlace }: ProgressProps) {
  const [open, setOpen] = useState(false);
  const steps = useId();
  const now = useNow(story.ending === null);
  const nodes = useWorkflow().data?.nodes ?? [];
  const finished = nodes.filter(({ name }) => ["done", "skipped"].includes(story.steps[name]?.state ?? "")).length;
  const present = nodes.find(({ name }) => ["running", "asking", "failed"].includes(story.steps[name]?.state ?? ""));
  return (
    <div className="border-b border-line">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={steps}
        className="flex w-full flex-col gap-2 px-4 py-3 text-left hover:bg-sand focus-visible:-outline-offset-2"
        onClick={() => setOpen(!open)}
      >
        <span className="flex w-full items-center gap-2 text-sm">
          <span className="min-w-0 flex-1 truncate">{describe(story, present?.agent, queuePlace)}</span>
          <span className="text-xs text-ink-soft tabular-nums">
            {finished} of {nodes.length || 13} steps · {elapsed(story, now)}
          </span>
          <ChevronDown aria-hidden className={cn("size-4 text-ink-soft transition-transform", open && "rotate-180")} />
        </span>
        <span aria-hidden className="flex min-h-1 w-full gap-0.5">
          {nodes.map(({ name }) => (
            <span key={name} className={cn("h-1 flex-1 rounded-full", FILLS[story.steps[name]?.state ?? "waiting"])} />
          ))}
        </span>
      </button>
      {/* Never so high that nothing of the conversation is left; what scrolls is reached by the keyboard. */}
      <div
        id={steps}
        hidden={!open}
        role="region"
        aria-label="All steps"
        tabIndex={0}
        className="max-h-[50dvh] overflow-y-auto px-4 pb-3 focus-visible:-outline-offset-2 max-lg:max-h-[40dvh] short:max-h-none"
      >
        {open ? <StepList nodes={nodes} story={story} now={now} /> : null}
      </div>
    </div>
  );
}

const FILLS = {
  waiting: "bg-line",
  running: "animate-pulse bg-accent",
  asking: "bg-accent",
  done: "bg-good",
  skipped: "bg-line-strong",
  failed: "bg-bad",
} as const;

function describe(story: Story, agent: string | undefined, queuePlace: number | null): string {
  if (story.ending) return ENDINGS[story.ending.status] ?? "The run has ended.";
  if (story.startedAt === null) {
    if (queuePlace === null) return "In the queue";
    return queuePlace ? `In the queue: ${queuePlace} before this one` : "In the queue: next to be worked on";
  }
  const asking = Object.values(story.steps).some(({ state }) => state === "asking");
  if (asking) return "Waiting for your decision";
  return agent ? `${agent} is working` : "Still working";
}

export const ENDINGS: Record<string, string> = {
  done: "The repository is ready.",
  rejected: "The design was rejected; nothing was generated.",
  blocked: "The design is blocked.",
  failed: "The run failed.",
  cancelled: "The run was stopped; what it made so far is kept.",
};

function elapsed(story: Story, now: number): string {
  if (story.startedAt === null) return "0 s";
  const until = story.endedAt ? Date.parse(story.endedAt) : now;
  return duration(Math.max(0, (until - Date.parse(story.startedAt)) / 1000));
}

import type { Story } from "@/features/story/story";
import { useWorkflow } from "@/shared/api/reading/workflow";
import { duration } from "@/shared/lib/format";

const STATES: Record<string, string> = {
  waiting: "not begun",
  running: "working",
  asking: "waits for you",
  skipped: "not needed",
  failed: "failed",
};

/** How long each step took, as bars beside the figures. */
export function StepTimes({ story }: { story: Story }) {
  const nodes = useWorkflow().data?.nodes ?? [];
  const longest = Math.max(0.001, ...Object.values(story.steps).map(({ seconds }) => seconds ?? 0));
  return (
    <ol aria-label="Duration of each step" className="flex flex-col gap-1 text-sm">
      {nodes.map(({ name, agent }) => {
        const step = story.steps[name];
        const seconds = step?.state === "done" || step?.state === "failed" ? step.seconds : null;
        return (
          <li key={name} className="grid grid-cols-[minmax(0,11rem)_minmax(2rem,1fr)_5rem] items-center gap-3">
            <span className="truncate">{agent}</span>
            <span aria-hidden className="h-2 rounded-full bg-sand">
              <span className="block h-2 rounded-full bg-accent" style={{ width: `${(100 * (seconds ?? 0)) / longest}%` }} />
            </span>
            <span className="text-right text-xs text-ink-soft tabular-nums">
              {seconds === null ? (STATES[step?.state ?? "waiting"] ?? "done") : duration(seconds)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

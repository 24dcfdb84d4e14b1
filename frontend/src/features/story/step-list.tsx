import { Check, Circle, CircleX, Hand, LoaderCircle, Minus, type LucideIcon } from "lucide-react";
import type { Step, StepState, Story } from "@/features/story/story";
import { UNTOUCHED } from "@/features/story/story";
import { cn } from "@/shared/lib/class-names";
import { duration, words } from "@/shared/lib/format";

interface Node {
  name: string;
  agent: string;
}

const SIGNS: Record<StepState, { icon: LucideIcon; label: string; className: string }> = {
  waiting: { icon: Circle, label: "not begun", className: "text-line-strong" },
  running: { icon: LoaderCircle, label: "working", className: "animate-spin text-accent-ink" },
  asking: { icon: Hand, label: "waiting for you", className: "text-accent-ink" },
  done: { icon: Check, label: "done", className: "text-good" },
  skipped: { icon: Minus, label: "not needed", className: "text-ink-soft" },
  failed: { icon: CircleX, label: "failed", className: "text-bad" },
};

/** The thirteen steps, each with its state and the time it took. */
export function StepList({ nodes, story, now }: { nodes: Node[]; story: Story; now: number }) {
  return (
    <ol className="flex flex-col" aria-label="Steps">
      {nodes.map((node) => (
        <StepLine key={node.name} node={node} step={story.steps[node.name] ?? UNTOUCHED} now={now} />
      ))}
    </ol>
  );
}

function StepLine({ node, step, now }: { node: Node; step: Step; now: number }) {
  const { icon: Icon, label, className } = SIGNS[step.state];
  return (
    <li
      className={cn("flex min-h-8 items-center gap-3 text-sm", step.state === "waiting" && "text-ink-soft")}
      aria-current={step.state === "running" || step.state === "asking" ? "step" : undefined}
      data-node={node.name}
      data-state={step.state}
    >
      <Icon aria-hidden className={cn("size-4 shrink-0", className)} />
      <span className="min-w-0 flex-1 truncate" title={words(node.name)}>
        {node.agent}
      </span>
      {step.visits > 1 ? <span className="text-xs text-ink-soft">{step.visits} times</span> : null}
      <span className="text-xs text-ink-soft tabular-nums">{timeOf(step, now)}</span>
      <span className="sr-only">{label}</span>
    </li>
  );
}

function timeOf(step: Step, now: number): string {
  if (step.state === "running" && step.startedAt) return duration(Math.max(0, (now - Date.parse(step.startedAt)) / 1000));
  if (step.state === "asking") return "waits for you";
  if (step.state === "skipped") return "not needed";
  return step.seconds === null ? "" : duration(step.seconds);
}

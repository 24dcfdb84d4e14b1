import { BellRing, CircleX, Gavel, RotateCcw } from "lucide-react";
import { memo, type ReactNode } from "react";
import { aboutRules } from "@/features/story/about-rules";
import type { Entry as StoryEntry } from "@/features/story/story";
import { ENDINGS } from "@/features/story/progress";
import { StatusBadge } from "@/features/story/status-badge";
import { dateTime, words } from "@/shared/lib/format";
import { ReasonCard } from "./reason-card";

/** One line of the transcript; every kind of entry has its form. An entry never changes, so it is drawn once. */
export const Entry = memo(function Entry({ entry }: { entry: StoryEntry }) {
  switch (entry.kind) {
    case "card":
      return <ReasonCard card={entry.card} />;
    case "decision":
      return (
        <Line icon={<Gavel />} at={entry.at}>
          <strong className="font-medium">{person(entry.decision.actor)}</strong> decided:{" "}
          {aboutRules(entry.decision) || (DECISIONS[entry.decision.decision] ?? entry.decision.decision)}
          {entry.decision.comment ? <q className="ml-1 italic">{entry.decision.comment}</q> : null}
        </Line>
      );
    case "error":
      return (
        <Line icon={<CircleX className="text-bad" />} at={entry.at}>
          {entry.node ? `${words(entry.node)}: ` : ""}
          {entry.message}
          {entry.attempt ? ` (attempt ${entry.attempt})` : ""}
        </Line>
      );
    case "reminder":
      return (
        <Line icon={<BellRing />} at={entry.at}>
          Reminder: the gate still waits.
        </Line>
      );
    case "retry":
      return (
        <Line icon={<RotateCcw />} at={entry.at}>
          {person(entry.by)} let the run go on from the step that had failed.
        </Line>
      );
    case "end":
      return (
        <div className="flex flex-wrap items-center gap-2 py-2 text-sm">
          <StatusBadge status={entry.ending.status} />
          <span>{ENDINGS[entry.ending.status] ?? entry.ending.outcome}</span>
        </div>
      );
  }
});

export const DECISIONS: Record<string, string> = {
  approve: "approved",
  respond: "answered",
  edit: "changed the design",
  reject: "rejected",
};

/** `user:local-owner` → `You`; policies speak for themselves. */
export function person(actor: string): string {
  const [kind, name = ""] = actor.split(":");
  if (actor === "user:local-owner") return "You";
  if (kind === "policy") return name === "deadline" ? "The deadline" : "The project's policy";
  return words(name || actor);
}

function Line({ icon, at, children }: { icon: ReactNode; at: string; children: ReactNode }) {
  return (
    <div className="flex items-start gap-3 px-1 text-sm text-ink-soft [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0">
      <span aria-hidden>{icon}</span>
      <p className="min-w-0 flex-1 break-words">{children}</p>
      <time dateTime={at} className="text-xs">
        {dateTime(at)}
      </time>
    </div>
  );
}

import type { Story } from "@/features/story/story";
import type { Schemas } from "@/shared/api/client";
import { EmptyState } from "@/shared/ui/states";
import { Section } from "../section";
import { AgentRuns } from "./agent-runs";
import { EventList } from "./event-list";
import { StepTimes } from "./step-times";

/** What happened when, how long it took and who worked on it. */
export function TimelineTab({ design, story }: { design: Schemas["DecisionSetRead"]; story: Story }) {
  if (!story.lastSeq) return <EmptyState title="Nothing has happened yet">Events appear here as soon as the run begins.</EmptyState>;
  const finished = Object.values(story.steps).reduce((sum, { visits, state }) => sum + visits - Number(state === "running"), 0);
  return (
    <div className="flex flex-col gap-8 p-4">
      <Section title="Steps">
        <StepTimes story={story} />
      </Section>
      <Section title="Agents">
        <AgentRuns runId={design.run_id} finished={finished} />
      </Section>
      <Section title="Events">
        <EventList id={design.id} lastSeq={story.lastSeq} />
      </Section>
    </div>
  );
}

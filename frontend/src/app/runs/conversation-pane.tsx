import { useEffect, useState } from "react";
import { useRouter } from "next/navigation";
import { Branches } from "@/features/conversation/branches";
import { Brief } from "@/features/conversation/brief";
import { Composer } from "@/features/conversation/composer";
import { ConstraintChips, type Constraint } from "@/features/conversation/constraint-chips";
import { Transcript } from "@/features/conversation/transcript";
import { fetchCards, GatePlace } from "@/features/gates/gate-place";
import { ConnectionBanner } from "@/features/story/connection-banner";
import { Progress } from "@/features/story/progress";
import type { Followed } from "@/features/story/use-story";
import { useDecisionSet } from "@/shared/api/reading/decision-set";
import { useQueuePlace } from "@/shared/api/reading/queue-place";
import { useDecide } from "@/shared/api/writing/decide";
import { useStartDesign } from "@/shared/api/writing/start-design";
import { paths } from "@/shared/config/paths";
import { useTitle } from "@/shared/lib/use-title";
import { ErrorState, LoadingState } from "@/shared/ui/states";
import { EndCard } from "@/features/conversation/end-card";
import { RunHeader } from "./run-header";

interface ConversationPaneProps {
  id: string;
  followed: Followed;
  /** The story that had ended goes on. */
  onAgain: () => void;
}

export function ConversationPane({ id, followed, onAgain }: ConversationPaneProps) {
  const { story, connection, problem } = followed;
  const router = useRouter();
  useEffect(fetchCards, []);
  const design = useDecisionSet(id);
  const queuePlace = useQueuePlace(story.lastSeq === 0 ? design.data?.run_id : undefined);
  useTitle(design.data?.title);
  const starting = useStartDesign();
  const deciding = useDecide(id);
  // What waits stands below what led to it: shown before the story has come so far, it would be pushed away under the
  // hands of who decides. A page that hears nothing shows it all the same.
  const told = Object.values(story.steps).some(({ state }) => state === "asking") || !["connecting", "live"].includes(connection);
  const [begun, setBegun] = useState(told);
  if (told && !begun) setBegun(true);
  if (design.error) {
    return (
      <main className="flex flex-col gap-4 p-4">
        <h1 className="text-lg">The design cannot be shown</h1>
        <ErrorState error={design.error} onRetry={() => void design.refetch()} />
      </main>
    );
  }
  if (!design.data) return <LoadingState label="Opening the design" lines={8} />;
  const gate = design.data.gate ?? null;
  const ended = story.ending !== null;
  const start = (design: Parameters<typeof starting.mutate>[0], taken?: () => void): void =>
    starting.mutate(design, {
      onSuccess: (started) => {
        taken?.();
        router.push(paths.run(started.decision_set_id));
      },
    });
  return (
    <main className="flex h-full flex-col short:block short:overflow-y-auto">
      <RunHeader design={design.data} story={story} onAgain={onAgain} />
      <Progress story={story} queuePlace={queuePlace} />
      <ConnectionBanner connection={connection} problem={problem} />
      <Transcript
        story={story}
        footer={
          <>
            {begun ? <GatePlace key={id} design={design.data} story={story} deciding={deciding} /> : null}
            {story.ending ? <EndCard ending={story.ending} design={design.data} /> : null}
            {starting.error ? <ErrorState error={starting.error} /> : null}
          </>
        }
      >
        <Brief messages={design.data.messages} busy={starting.isPending} onFork={(messages) => start({ messages, fork_of: id })} />
        <Branches id={id} />
        <ConstraintChips
          constraints={design.data.constraints as unknown as Constraint[]}
          coverage={coverageOf(story)}
          onEdit={
            gate?.decisions.includes("edit")
              ? (field, value) =>
                  deciding.mutate({ gate_id: gate.id, digest: gate.digest, decision: "edit", edits: { constraints: { [field]: value } } })
              : undefined
          }
        />
      </Transcript>
      <Composer
        draftOf={id}
        label={gate ? "Answer in your own words" : "What should be different?"}
        placeholder={gate ? "Answer or add something in your own words…" : "What should be different in the next version?"}
        action="Send"
        busy={starting.isPending || deciding.isPending}
        closed={gate || ended ? undefined : "The design is being worked on; you can write when it waits or has ended."}
        onSend={(text, taken) => {
          if (gate) {
            // Taken is taken, even if somebody has gone to another design by then; a refusal is shown above.
            const sending = deciding.mutateAsync({ gate_id: gate.id, digest: gate.digest, decision: "respond", text });
            void sending.then(taken, () => undefined);
          } else start({ message: text, decision_set_id: id }, taken);
        }}
      />
    </main>
  );
}

/** What the last measurement said. */
function coverageOf(story: Followed["story"]): number | null {
  const measured = story.entries.findLast((entry) => entry.kind === "card" && entry.card.node === "coverage_check");
  return measured?.kind === "card" ? measured.card.confidence : null;
}

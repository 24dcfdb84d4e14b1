import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Story } from "@/features/story/story";
import { asProblem } from "@/shared/api/problem";
import type { useDecide } from "@/shared/api/writing/decide";
import { useLater } from "@/shared/lib/use-later";
import { ErrorState, LoadingState } from "@/shared/ui/states";
import type { Design, Gate } from "./gate";
import { isStale } from "./gone";
import { forgetWritten } from "./written";

export type Deciding = ReturnType<typeof useDecide>;

async function loadCards() {
  const [{ GateCard }, { GoneCard }] = await Promise.all([import("./gate-card"), import("./gone-card")]);
  return { GateCard, GoneCard };
}

/** Fetches the code of the cards while it is still unknown whether one is needed, so that the page waits only once. */
export const fetchCards = (): void => void loadCards().catch(() => undefined);

interface GatePlaceProps {
  design: Design;
  story: Story;
  deciding: Deciding;
}

/** Where the gate stands that waits. When one goes while somebody is at it, its place says what became of it. The code of
 * its cards comes with the first gate. */
export function GatePlace({ design, story, deciding }: GatePlaceProps) {
  const client = useQueryClient();
  const gate: Gate | null = design.gate ?? null;
  const [last, setLast] = useState(gate);
  const [gone, setGone] = useState<readonly Gate[]>([]);
  if (gate?.id !== last?.id) {
    setLast(gate);
    if (last) setGone([...gone, last]);
  }
  const { part: cards, failed, want } = useLater(loadCards);
  const isWanted = gate !== null || gone.length > 0;
  useEffect(() => {
    if (isWanted) want();
  }, [isWanted, want]);
  const problem = deciding.error ? asProblem(deciding.error) : null;
  const about = deciding.variables?.gate_id;
  const refused = problem !== null && isStale(problem) && gone.some(({ id }) => id === about);
  const close = (id: string): void => {
    forgetWritten(client, id);
    if (about === id) deciding.reset();
    setGone(gone.filter((each) => each.id !== id));
  };
  if (isWanted && failed) return <ErrorState error={new Error("The gate waits, but its card could not be fetched.")} onRetry={want} />;
  if (isWanted && !cards) return <LoadingState label="Opening the gate" lines={8} className="rounded-lg border-2 border-accent bg-surface" />;
  return (
    <>
      {cards && gone.map((each) => {
        const isAbout = about === each.id;
        // A decision that is on its way, or was taken, is this person's own: its gate went as it should.
        if (isAbout && !problem) return null;
        return (
          <cards.GoneCard
            key={`${each.id} ${isAbout}`}
            gate={each}
            problem={isAbout && refused ? problem : null}
            refused={isAbout && refused ? (deciding.variables ?? null) : null}
            told={decisionOn(story, each.id)}
            next={gate}
            ended={story.ending !== null}
            onClose={() => close(each.id)}
          />
        );
      })}
      {cards && gate ? <cards.GateCard design={design} gate={gate} deciding={deciding} /> : null}
      {problem && !refused && (!gate || about !== gate.id) ? <ErrorState error={problem} /> : null}
    </>
  );
}

function decisionOn(story: Story, gateId: string) {
  const found = story.entries.findLast((entry) => entry.kind === "decision" && entry.decision.gate_id === gateId);
  return found?.kind === "decision" ? found.decision : null;
}

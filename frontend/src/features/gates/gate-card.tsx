import { useQueryClient } from "@tanstack/react-query";
import { Hand } from "lucide-react";
import { useCallback, useRef } from "react";
import { asProblem } from "@/shared/api/problem";
import { keys } from "@/shared/api/keys";
import { ApprovalCard } from "./approval-card";
import type { Decision, Design, Gate } from "./gate";
import { InputCard } from "./input-card";
import type { Deciding } from "./gate-place";
import { isStale } from "./gone";
import { StaleNotice } from "./stale-notice";
import { useFocusOnce } from "./use-focus-once";
import { useRights } from "./use-rights";
import { forgetWritten } from "./written";
import { WhoDecides } from "./who-decides";

interface GateCardProps {
  design: Design;
  gate: Gate;
  deciding: Deciding;
}

/** What waits for a person: everything needed to decide, and only what may be decided. */
export function GateCard({ design, gate, deciding }: GateCardProps) {
  const client = useQueryClient();
  const heading = useRef<HTMLHeadingElement>(null);
  const announcement = useRef<HTMLParagraphElement>(null);
  const announce = useCallback((words: string) => {
    if (announcement.current) announcement.current.textContent = words;
  }, []);
  useFocusOnce(gate.id, heading, announce);
  const problem = deciding.error ? asProblem(deciding.error) : null;
  const isSame = deciding.variables?.gate_id === gate.id;
  const { actor, mayDecide, hasApproved } = useRights(gate);
  const stale = problem !== null && isSame && isStale(problem);
  const counted = hasApproved || (deciding.data?.id === gate.id && deciding.data.status === "waiting");
  const taken = deciding.data?.id === gate.id && deciding.data.status !== "waiting";
  const send = (decision: Decision): void =>
    deciding.mutate(
      { ...decision, gate_id: gate.id, digest: gate.digest },
      {
        onSuccess: ({ status }) => {
          forgetWritten(client, gate.id);
          // One approval of several: the button that was pressed goes, and the gate stays.
          if (status === "waiting") heading.current?.focus();
        },
      },
    );
  const showPresent = (): void => {
    deciding.reset();
    heading.current?.focus();
    void client.invalidateQueries({ queryKey: keys.decisionSet(design.id) });
  };
  return (
    <section aria-labelledby={`gate-${gate.id}`} className="flex min-w-0 flex-col gap-6 rounded-lg border-2 border-accent bg-surface p-4 sm:p-6">
      <header className="flex flex-col gap-2">
        <p className="flex items-center gap-2 text-xs font-medium text-accent-ink">
          <Hand aria-hidden className="size-4" />
          {gate.kind === "final" ? "Your approval is needed" : "Your answer is needed"}
        </p>
        <h2 id={`gate-${gate.id}`} ref={heading} tabIndex={-1} className="self-start rounded-sm text-lg break-words">
          {gate.title}
        </h2>
        <p ref={announcement} role="status" className="sr-only" />
        <WhoDecides gate={gate} actor={actor} />
      </header>
      {stale ? <StaleNotice problem={problem} onShowPresent={showPresent} /> : null}
      {counted ? (
        <p role="status" className="text-sm">
          Your approval is counted; it takes {gate.needs.approvals - gate.needs.votes} more, from somebody else.
        </p>
      ) : null}
      {mayDecide ? null : <p className="text-sm">You can read this, and somebody with the role {gate.needs.role} decides it.</p>}
      {taken ? (
        <p role="status" className="text-sm">
          Your decision was taken; the run goes on.
        </p>
      ) : (
        <Body
          key={gate.id}
          design={design}
          gate={gate}
          busy={deciding.isPending}
          closed={stale || !mayDecide}
          approved={counted}
          problem={stale || !isSame ? null : problem}
          onDecide={send}
        />
      )}
    </section>
  );
}

export interface GateBodyProps extends Omit<GateCardProps, "deciding"> {
  /** A decision is on its way. */
  busy: boolean;
  /** Nothing may be decided here: what is shown is not the present state, or it is for others to decide. */
  closed: boolean;
  /** Whoever reads this has approved it already. */
  approved: boolean;
  /** Why the last decision was refused. */
  problem: ReturnType<typeof asProblem> | null;
  onDecide: (decision: Decision) => void;
}

function Body(props: GateBodyProps) {
  return props.gate.kind === "final" ? <ApprovalCard {...props} /> : <InputCard {...props} />;
}

import { useQueryClient } from "@tanstack/react-query";
import { Hand } from "lucide-react";
import { useCallback, useId, useRef } from "react";
import { asProblem } from "@/shared/api/problem";
import { keys } from "@/shared/api/keys";
import { useDecide } from "@/shared/api/writing/decide";
import { useToast } from "@/shared/ui/toasts";
import { ApprovalCard } from "./approval-card";
import type { Decision, Design, Gate } from "./gate";
import { InputCard } from "./input-card";
import { isStale, StaleNotice, staleText, staleTitle } from "./stale-notice";
import { useFocusOnce } from "./use-focus-once";
import { WhoDecides } from "./who-decides";

interface GateCardProps {
  design: Design;
  gate: Gate;
}

/** What waits for a person: everything needed to decide, and only what may be decided. */
export function GateCard({ design, gate }: GateCardProps) {
  const client = useQueryClient();
  const say = useToast();
  const deciding = useDecide(design.id);
  const heading = useRef<HTMLHeadingElement>(null);
  const headingId = useId();
  const announcement = useRef<HTMLParagraphElement>(null);
  const announce = useCallback((words: string) => {
    if (announcement.current) announcement.current.textContent = words;
  }, []);
  useFocusOnce(gate.id, heading, announce);
  const problem = deciding.error ? asProblem(deciding.error) : null;
  const stale = problem !== null && isStale(problem);
  const isSame = deciding.variables?.gate_id === gate.id;
  const counted = deciding.data?.id === gate.id && deciding.data.status === "waiting";
  const taken = deciding.data?.id === gate.id && deciding.data.status !== "waiting";
  const send = (decision: Decision): void =>
    void deciding.mutateAsync({ ...decision, gate_id: gate.id, digest: gate.digest }).catch((error: unknown) => {
      // Said in passing as well: the card itself is gone as soon as the page knows that nothing waits any more.
      const refused = asProblem(error);
      if (isStale(refused)) say({ title: staleTitle(refused), text: staleText(refused) });
    });
  const showPresent = (): void => {
    deciding.reset();
    heading.current?.focus();
    void client.invalidateQueries({ queryKey: keys.decisionSet(design.id) });
  };
  return (
    <section aria-labelledby={headingId} className="flex min-w-0 flex-col gap-6 rounded-lg border-2 border-accent bg-surface p-4 sm:p-6">
      <header className="flex flex-col gap-2">
        <p className="flex items-center gap-2 text-xs font-medium text-accent-ink">
          <Hand aria-hidden className="size-4" />
          {gate.kind === "final" ? "Your approval is needed" : "Your answer is needed"}
        </p>
        <h2 id={headingId} ref={heading} tabIndex={-1} className="self-start rounded-sm text-lg break-words">
          {gate.title}
        </h2>
        <p ref={announcement} role="status" className="sr-only" />
        <WhoDecides gate={gate} />
      </header>
      {stale ? <StaleNotice problem={problem} onShowPresent={showPresent} /> : null}
      {counted ? (
        <p role="status" className="text-sm">
          Your approval is counted; it takes {gate.needs.approvals - gate.needs.votes} more.
        </p>
      ) : null}
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
          closed={stale && isSame}
          problem={stale || !isSame ? null : problem}
          onDecide={send}
        />
      )}
    </section>
  );
}

export interface GateBodyProps extends GateCardProps {
  /** A decision is on its way. */
  busy: boolean;
  /** What is shown is not the present state: nothing may be decided on it. */
  closed: boolean;
  /** Why the last decision was refused. */
  problem: ReturnType<typeof asProblem> | null;
  onDecide: (decision: Decision) => void;
}

function Body(props: GateBodyProps) {
  return props.gate.kind === "final" ? <ApprovalCard {...props} /> : <InputCard {...props} />;
}

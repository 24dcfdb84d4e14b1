import { useQueryClient } from "@tanstack/react-query";
import { MessageSquareText, PanelsTopLeft, Shapes, type LucideIcon } from "lucide-react";
import { Suspense, useCallback, useState, type ReactNode } from "react";
import { Canvas } from "@/features/canvas/canvas";
import type { RunEvent } from "@/features/story/events";
import { refresh } from "@/features/story/refresh";
import { useStory } from "@/features/story/use-story";
import type { PaneRule } from "@/shared/lib/pane-sizes";
import { useDecisionSet } from "@/shared/api/reading/decision-set";
import { lazily } from "@/shared/lib/lazily";
import { Boundary } from "@/shared/ui/boundary";
import { Panes } from "@/shared/ui/panes";
import { SkipLink } from "@/shared/ui/skip-link";
import { EmptyState, LoadingState } from "@/shared/ui/states";
import { ConversationPane } from "./conversation-pane";
import { usePane, type PaneName } from "./use-pane";

/** Beside what somebody came for, and out of sight on a phone. */
const DesignList = lazily(async () => (await import("@/features/designs/design-list")).DesignList);

const PANES = [
  { name: "designs", label: "Designs", icon: PanelsTopLeft, size: 18, least: 200, collapsible: true },
  { name: "conversation", label: "Conversation", icon: MessageSquareText, size: 42, least: 320 },
  { name: "canvas", label: "Design", icon: Shapes, size: 40, least: 320, collapsible: true },
] as const satisfies readonly (PaneRule & { name: PaneName; label: string; icon: LucideIcon })[];

/** Designs, conversation, canvas: side by side where there is room, one at a time where there is none. */
export function Workspace({ id }: { id: string }) {
  const client = useQueryClient();
  const { pane, show, onClickCapture } = usePane(id);
  const [again, setAgain] = useState(0);
  const onEvents = useCallback((events: RunEvent[]) => refresh(client, id, events), [client, id]);
  const followed = useStory(id, onEvents, again);
  const isMissing = useDecisionSet(id).isError;
  const contents: Record<PaneName, ReactNode> = {
    designs: (
      <Boundary fallback={<EmptyState title="The list of designs cannot be shown" />}>
        <Suspense fallback={<LoadingState label="Reading past designs" className="p-4" />}>
          <DesignList currentId={id} />
        </Suspense>
      </Boundary>
    ),
    // Anew for each design: what was opened, written or refused in one is nothing of the next.
    conversation: <ConversationPane key={id} id={id} followed={followed} onAgain={() => setAgain((count) => count + 1)} />,
    canvas: (
      <section aria-label="Design" className="h-full">
        {isMissing ? <EmptyState title="There is no design to show" /> : <Canvas id={id} story={followed.story} />}
      </section>
    ),
  };
  return (
    <div className="flex h-dvh flex-col" onClickCapture={onClickCapture}>
      <SkipLink label="Skip to the conversation" onSkip={() => show("conversation")} />
      <Panes panes={PANES.map((each) => ({ ...each, children: contents[each.name] }))} shown={pane} keptAs="workspace-panes" />
      <nav aria-label="Panes" className="flex border-t border-line bg-surface lg:hidden">
        {PANES.map(({ name, label, icon: Icon }) => (
          <button
            key={name}
            type="button"
            aria-pressed={pane === name}
            className="flex min-h-14 flex-1 flex-col items-center justify-center gap-1 text-xs short:min-h-9 short:flex-row text-ink-soft aria-pressed:font-medium aria-pressed:text-accent-ink"
            onClick={() => show(name)}
          >
            <Icon aria-hidden className="size-5 short:size-4" />
            {label}
          </button>
        ))}
      </nav>
    </div>
  );
}

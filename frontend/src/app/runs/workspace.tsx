import { useQueryClient } from "@tanstack/react-query";
import { MessageSquareText, PanelsTopLeft, Shapes, type LucideIcon } from "lucide-react";
import { useCallback, useState } from "react";
import { Group, Panel, Separator, useDefaultLayout } from "react-resizable-panels";
import { Canvas } from "@/features/canvas/canvas";
import { DesignList } from "@/features/designs/design-list";
import type { RunEvent } from "@/features/story/events";
import { refresh } from "@/features/story/refresh";
import { useStory } from "@/features/story/use-story";
import { cn } from "@/shared/lib/class-names";
import { ConversationPane } from "./conversation-pane";
import { usePane, type PaneName } from "./use-pane";

const PANES = [
  { name: "designs", label: "Designs", icon: PanelsTopLeft },
  { name: "conversation", label: "Conversation", icon: MessageSquareText },
  { name: "canvas", label: "Design", icon: Shapes },
] as const satisfies readonly { name: PaneName; label: string; icon: LucideIcon }[];

/** Designs, conversation, canvas: side by side where there is room, one at a time where there is none. */
export function Workspace({ id }: { id: string }) {
  const client = useQueryClient();
  const { pane, show, onClickCapture } = usePane(id);
  const [again, setAgain] = useState(0);
  const onEvents = useCallback((events: RunEvent[]) => refresh(client, id, events), [client, id]);
  const followed = useStory(id, onEvents, again);
  const layout = useDefaultLayout({ id: "workspace", storage: typeof window === "undefined" ? undefined : window.localStorage });
  const shown = (name: PaneName): string => cn("min-w-0 max-lg:grow!", pane !== name && "max-lg:hidden");
  return (
    <div className="flex h-dvh flex-col" onClickCapture={onClickCapture}>
      <Group orientation="horizontal" className="min-h-0 flex-1" {...layout}>
        <Panel id="designs" defaultSize="18%" minSize="200px" collapsible className={shown("designs")}>
          <DesignList currentId={id} />
        </Panel>
        <Bar />
        <Panel id="conversation" defaultSize="42%" minSize="320px" className={shown("conversation")}>
          <ConversationPane id={id} followed={followed} onAgain={() => setAgain((count) => count + 1)} />
        </Panel>
        <Bar />
        <Panel id="canvas" defaultSize="40%" minSize="320px" collapsible className={shown("canvas")}>
          <Canvas id={id} story={followed.story} />
        </Panel>
      </Group>
      <nav aria-label="Panes" className="flex border-t border-line bg-surface lg:hidden">
        {PANES.map(({ name, label, icon: Icon }) => (
          <button
            key={name}
            type="button"
            aria-pressed={pane === name}
            className="flex min-h-14 flex-1 flex-col items-center justify-center gap-1 text-xs text-ink-soft aria-pressed:font-medium aria-pressed:text-accent-ink"
            onClick={() => show(name)}
          >
            <Icon aria-hidden className="size-5" />
            {label}
          </button>
        ))}
      </nav>
    </div>
  );
}

function Bar() {
  return (
    <Separator className="w-px bg-line outline-offset-0 transition-colors hover:bg-accent focus-visible:bg-accent max-lg:hidden data-[separator=active]:bg-accent" />
  );
}

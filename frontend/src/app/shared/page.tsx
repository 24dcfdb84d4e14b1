"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Brief } from "@/features/conversation/brief";
import { ConstraintChips, type Constraint } from "@/features/conversation/constraint-chips";
import { Transcript } from "@/features/conversation/transcript";
import { Canvas } from "@/features/canvas/canvas";
import { Progress } from "@/features/story/progress";
import { refresh } from "@/features/story/refresh";
import { StatusBadge } from "@/features/story/status-badge";
import { useStory } from "@/features/story/use-story";
import type { RunEvent } from "@/features/story/events";
import { api, body } from "@/shared/api/client";
import { speakWithShareToken } from "@/shared/api/fetching";
import { useDecisionSet } from "@/shared/api/reading/decision-set";
import { dateTime } from "@/shared/lib/format";
import { ReadOnly } from "@/shared/lib/read-only";
import { useTitle } from "@/shared/lib/use-title";
import { EmptyState, ErrorState, LoadingState } from "@/shared/ui/states";
import { SkipLink } from "@/shared/ui/skip-link";
import { ThemeSwitch } from "@/shared/ui/theme-switch";
import { Wordmark } from "@/shared/ui/wordmark";

const onHash = (change: () => void): (() => void) => {
  window.addEventListener("hashchange", change);
  return () => window.removeEventListener("hashchange", change);
};

/** What a link shows: one version, to be read. The token stands behind `#`, so that no server logs it. */
export default function SharedPage() {
  const token = useSyncExternalStore(onHash, () => decodeURIComponent(window.location.hash.slice(1)), () => null);
  if (token === null) return <LoadingState label="Opening the shared design" />;
  if (!token) {
    return (
      <main>
        <EmptyState page title="The link is not complete">
          Ask whoever sent it for the whole link.
        </EmptyState>
      </main>
    );
  }
  return <Shared key={token} token={token} />;
}

function Shared({ token }: { token: string }) {
  const client = useQueryClient();
  const [speaking, setSpeaking] = useState(false);
  useEffect(() => {
    speakWithShareToken(token);
    client.clear();
    setSpeaking(true); // eslint-disable-line react-hooks/set-state-in-effect -- what is below may ask from now on
    return () => speakWithShareToken(null);
  }, [token, client]);
  const share = useQuery({
    queryKey: ["shared", token],
    queryFn: async ({ signal }) => body(await api.GET("/api/shared", { signal })),
    enabled: speaking,
  });
  if (share.error) return <Closed error={share.error} />;
  if (!share.data) return <LoadingState label="Opening the shared design" />;
  return (
    <ReadOnly value>
      <Version id={share.data.decision_set_id} until={share.data.expires_at} />
    </ReadOnly>
  );
}

/** A link that shows nothing (any more), and why. */
function Closed({ error }: { error: unknown }) {
  return (
    <main className="mx-auto flex max-w-2xl flex-col gap-4 p-6">
      <h1 className="text-xl">The design cannot be shown</h1>
      <ErrorState error={error} />
    </main>
  );
}

function Version({ id, until }: { id: string; until: string }) {
  const client = useQueryClient();
  const [onEvents] = useState(() => (events: RunEvent[]) => refresh(client, id, events));
  const { story } = useStory(id, onEvents);
  const design = useDecisionSet(id);
  useTitle(design.data?.title);
  if (design.error) return <Closed error={design.error} />;
  if (!design.data) return <LoadingState label="Opening the shared design" lines={8} />;
  return (
    <div className="flex min-h-dvh flex-col lg:h-dvh">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-3">
        <SkipLink label="Skip to the conversation" />
        <Wordmark />
        <h1 className="min-w-0 flex-1 basis-60 truncate text-lg">{design.data.title}</h1>
        <StatusBadge status={story.ending?.status ?? design.data.status} />
        <span className="text-xs text-ink-soft">To be read until {dateTime(until)}</span>
        <ThemeSwitch />
      </header>
      <main className="grid min-h-0 flex-1 lg:grid-cols-2">
        <div className="flex min-h-0 flex-col border-line lg:border-r">
          <Progress story={story} queuePlace={null} />
          <Transcript story={story} footer={null}>
            <Brief messages={design.data.messages} busy={false} />
            <ConstraintChips constraints={design.data.constraints as unknown as Constraint[]} coverage={null} />
          </Transcript>
        </div>
        <div className="min-h-0 min-w-0">
          <Canvas id={id} story={story} />
        </div>
      </main>
    </div>
  );
}

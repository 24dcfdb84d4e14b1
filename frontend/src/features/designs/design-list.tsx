import { Inbox, Plus, Search, Settings } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useChosenProject } from "@/shared/api/reading/chosen-project";
import { useInbox } from "@/shared/api/reading/inbox";
import { useDecisionSets } from "@/shared/api/reading/decision-sets";
import { paths } from "@/shared/config/paths";
import { useDebounced } from "@/shared/lib/use-debounced";
import { Badge } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { Input } from "@/shared/ui/field";
import { EmptyState, ErrorState, LoadingState } from "@/shared/ui/states";
import { ThemeSwitch } from "@/shared/ui/theme-switch";
import { Wordmark } from "@/shared/ui/wordmark";
import { DesignItem } from "./design-item";
import { ProjectList } from "./project-list";

/** Projects, and past designs of all of them or of the chosen one: found by words, pinned ones first, each with its menu. */
export function DesignList({ currentId }: { currentId: string }) {
  const [words, setWords] = useState("");
  const q = useDebounced(words.trim()) || undefined;
  const [project, choose] = useChosenProject();
  const project_id = project ?? undefined;
  const pinned = useDecisionSets({ pinned: true, project_id, limit: 20 }, q === undefined);
  const found = useDecisionSets({ q, project_id, limit: 30 });
  const first = q ? [] : (pinned.data?.pages.flatMap((page) => page.items) ?? []);
  const rest = (found.data?.pages.flatMap((page) => page.items) ?? []).filter((design) => q || !design.pinned);
  return (
    <aside aria-label="Designs" className="flex h-full flex-col gap-3 bg-surface p-3 short:overflow-y-auto">
      <div className="flex min-h-8 items-center px-1">
        <Wordmark />
      </div>
      <Button asChild kind="plain">
        <Link href={paths.home} prefetch={false}>
          <Plus aria-hidden />
          New design
        </Link>
      </Button>
      <InboxLink />
      <div className="relative">
        <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-ink-soft" />
        <Input
          type="search"
          aria-label="Search designs and projects"
          placeholder="Search"
          className="pl-9"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
      <ProjectList chosen={project} onChoose={choose} />
      <nav aria-label="Past designs" className="-mx-1 flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-1 short:flex-none short:overflow-visible">
        {found.error ? <ErrorState error={found.error} onRetry={() => void found.refetch()} /> : null}
        {found.isPending ? <LoadingState label="Reading past designs" className="p-1" /> : null}
        {found.data && !rest.length && !first.length ? (
          <EmptyState title={q ? "Nothing has these words" : project ? "No designs in this project yet" : "No designs yet"} />
        ) : null}
        <Group title="Pinned" designs={first} currentId={currentId} />
        <Group title={q ? "Found" : "Designs"} designs={rest} currentId={currentId} />
        {found.hasNextPage ? (
          <Button kind="quiet" busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Older designs
          </Button>
        ) : null}
      </nav>
      <div className="flex items-center justify-between border-t border-line pt-3">
        <Button asChild kind="quiet" className="px-2">
          <Link href={paths.settings} prefetch={false}>
            <Settings aria-hidden />
            Settings
          </Link>
        </Button>
        <ThemeSwitch />
      </div>
    </aside>
  );
}

type Designs = Parameters<typeof DesignItem>[0]["design"][];

function Group({ title, designs, currentId }: { title: string; designs: Designs; currentId: string }) {
  if (!designs.length) return null;
  return (
    <section aria-label={title} className="flex flex-col gap-1">
      <h2 className="px-2 font-sans text-xs font-medium tracking-normal text-ink-soft">{title}</h2>
      <ul className="flex flex-col gap-0.5">
        {designs.map((design) => (
          <DesignItem key={design.id} design={design} current={design.id === currentId} />
        ))}
      </ul>
    </section>
  );
}

function InboxLink() {
  const waiting = useInbox().data?.items.length ?? 0;
  return (
    <Button asChild kind="quiet" className="justify-start px-2">
      <Link href={paths.inbox} prefetch={false}>
        <Inbox aria-hidden />
        Waiting for you
        {waiting ? (
          <Badge tone="accent" className="ml-auto">
            {waiting}
          </Badge>
        ) : null}
      </Link>
    </Button>
  );
}

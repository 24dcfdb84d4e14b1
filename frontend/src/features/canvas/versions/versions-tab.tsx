import { useRef, useState } from "react";
import type { Schemas } from "@/shared/api/client";
import { useDecisionSets } from "@/shared/api/reading/decision-sets";
import { useReadOnly } from "@/shared/lib/read-only";
import { Button } from "@/shared/ui/button";
import { EmptyState, ErrorState, LoadingState } from "@/shared/ui/states";
import { Section } from "../section";
import { Changes, Comparison } from "./comparison";
import { likelyPair, type Pair, type Version } from "./lineage";
import { RestoreDialog } from "./restore-dialog";
import { VersionList } from "./version-list";

/** Every version of the design: to open, to compare, to restore; through a link the one version that it shows. */
export function VersionsTab({ design }: { design: Schemas["DecisionSetRead"] }) {
  return useReadOnly() ? <SharedVersion design={design} /> : <AllVersions design={design} />;
}

/** A link opens the comparison with the version before, and no other version. */
function SharedVersion({ design }: { design: Schemas["DecisionSetRead"] }) {
  if (!design.parent_id) return <EmptyState title="The first version">There is none before it to compare it with.</EmptyState>;
  if (design.status !== "done") return <EmptyState title="Nothing to compare yet">As soon as this version is finished, it is compared with the one before.</EmptyState>;
  return (
    <section aria-label="Comparison" className="flex flex-col gap-4 p-4">
      <h2 className="text-lg">What changed since the version before</h2>
      <Changes pair={{ from: design.parent_id, to: design.id }} openId={design.id} />
    </section>
  );
}

function AllVersions({ design }: { design: Schemas["DecisionSetRead"] }) {
  const found = useDecisionSets({ line_id: design.line_id, archived: true, limit: 200 });
  if (found.error) return <ErrorState error={found.error} className="m-4" onRetry={() => void found.refetch()} />;
  if (!found.data || found.isPlaceholderData) return <LoadingState label="Reading the versions" lines={6} />;
  const versions = found.data.pages.flatMap((page) => page.items);
  if (!versions.length) return <EmptyState title="No versions yet" />;
  return (
    <div className="flex flex-col gap-8 p-4">
      <Versions key={design.id} design={design} versions={versions} />
      {found.hasNextPage ? (
        <Button kind="quiet" busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          Older versions
        </Button>
      ) : null}
    </div>
  );
}

function Versions({ design, versions }: { design: Schemas["DecisionSetRead"]; versions: readonly Version[] }) {
  const [chosen, setChosen] = useState<Pair | null>(null);
  const [restoring, setRestoring] = useState<Version | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const likely = likelyPair(design.id, versions);
  const compare = (version: Version): void => {
    const to = likely?.to === version.id ? likely.from : likely?.to;
    if (to) setChosen({ from: version.id, to });
    heading.current?.focus();
  };
  return (
    <>
      <Section title="Versions">
        <VersionList versions={versions} openId={design.id} onCompare={likely ? compare : null} onRestore={setRestoring} />
      </Section>
      <Comparison versions={versions} pair={chosen ?? likely} openId={design.id} onChoose={setChosen} headingRef={heading} />
      {restoring ? <RestoreDialog version={restoring} onClose={() => setRestoring(null)} /> : null}
    </>
  );
}

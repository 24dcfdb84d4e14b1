import { ArrowLeftRight } from "lucide-react";
import type { Ref } from "react";
import { useDiff } from "@/shared/api/reading/diff";
import { dateTime } from "@/shared/lib/format";
import { IconButton } from "@/shared/ui/button";
import { Field, Select } from "@/shared/ui/field";
import { EmptyState, ErrorState, LoadingState } from "@/shared/ui/states";
import { visible } from "../repository/visible";
import { inWords } from "./change-words";
import { CodeChanges } from "./code-changes";
import { finishedOf, type Pair, type Version } from "./lineage";
import { PlanChanges } from "./plan-changes";

interface ComparisonProps {
  versions: readonly Version[];
  pair: Pair | null;
  /** The design that is open. */
  openId: string;
  onChoose: (pair: Pair) => void;
  headingRef: Ref<HTMLHeadingElement>;
}

/** Two finished versions side by side: what changed in the design and in the files. */
export function Comparison({ versions, pair, openId, onChoose, headingRef }: ComparisonProps) {
  return (
    <section aria-label="Comparison" className="flex flex-col gap-4">
      <h2 ref={headingRef} tabIndex={-1} className="text-lg">
        What changed
      </h2>
      {pair ? (
        <>
          <Chooser finished={finishedOf(versions)} pair={pair} onChoose={onChoose} />
          <Changes key={`${pair.from} ${pair.to}`} pair={pair} openId={openId} />
        </>
      ) : (
        <EmptyState title="Nothing to compare yet">As soon as a second version is finished, both can be compared here.</EmptyState>
      )}
    </section>
  );
}

function Chooser({ finished, pair, onChoose }: { finished: Version[]; pair: Pair; onChoose: (pair: Pair) => void }) {
  const swapped = { from: pair.to, to: pair.from };
  // A version is not compared with itself: choosing the other one's turns them round.
  const choose = (chosen: Pair): void => onChoose(chosen.from === chosen.to ? swapped : chosen);
  const options = finished.map((version) => (
    <option key={version.id} value={version.id}>
      {`Version ${version.version} · ${dateTime(version.created_at)} · ${visible(version.title)}`}
    </option>
  ));
  return (
    <div className="flex flex-wrap items-end gap-3">
      <Field label="From" className="min-w-0 flex-1 basis-48">
        {(props) => (
          <Select {...props} value={pair.from} onChange={(event) => choose({ ...pair, from: event.target.value })}>
            {options}
          </Select>
        )}
      </Field>
      <IconButton label="Turn round" kind="plain" onClick={() => onChoose(swapped)}>
        <ArrowLeftRight aria-hidden />
      </IconButton>
      <Field label="To" className="min-w-0 flex-1 basis-48">
        {(props) => (
          <Select {...props} value={pair.to} onChange={(event) => choose({ ...pair, to: event.target.value })}>
            {options}
          </Select>
        )}
      </Field>
    </div>
  );
}

/** What changed from one version to another. */
export function Changes({ pair, openId }: { pair: Pair; openId: string }) {
  const found = useDiff(pair.to, pair.from);
  if (found.error) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <LoadingState label="Comparing the versions" lines={6} className="px-0" />;
  const { plan, code } = found.data;
  return (
    <>
      <div role="status" className="flex max-w-prose flex-col gap-1 text-sm">
        {inWords(found.data).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      {plan.changed ? <PlanChanges plan={plan} /> : null}
      {code.files.length ? <CodeChanges code={code} isOpenDesign={pair.to === openId} /> : null}
    </>
  );
}

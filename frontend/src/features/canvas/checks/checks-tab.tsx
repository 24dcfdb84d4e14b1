import type { Story } from "@/features/story/story";
import { EmptyState } from "@/shared/ui/states";
import { Loaded } from "../loaded";
import { Tally } from "../tally";
import { useStored } from "../use-stored";
import { CheckItem } from "./check-item";
import { storedChecks, toldChecks } from "./checks";

/** What every check says about the repository: as it comes while they run, with every place when they have finished. */
export function ChecksTab({ id, story }: { id: string; story: Story }) {
  const working = story.steps.validators?.state === "running";
  const stored = useStored(id, "checks.json", storedChecks, !working);
  const told = toldChecks(story.checks);
  const query = stored.data === undefined && told.length && !stored.error ? { ...stored, data: null } : stored;
  return (
    <Loaded query={query} label="Reading the checks">
      {(kept) => {
        const checks = kept ?? told;
        if (!checks.length) {
          return <EmptyState title="No checks yet">They run on the packed repository, after it has been written.</EmptyState>;
        }
        return (
          <div className="flex flex-col gap-4 p-4">
            <Tally outcomes={checks.map(({ status }) => status)} />
            <p role="status" className="text-sm text-ink-soft empty:hidden">
              {working ? "Checks are still running." : null}
            </p>
            <ul aria-label="Checks" className="flex flex-col divide-y divide-line rounded border border-line bg-surface">
              {checks.map((check) => (
                <CheckItem key={check.check} check={check} />
              ))}
            </ul>
          </div>
        );
      }}
    </Loaded>
  );
}

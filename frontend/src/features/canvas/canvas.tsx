import { Suspense, useEffect, useRef, type ReactNode } from "react";
import type { Story } from "@/features/story/story";
import type { Schemas } from "@/shared/api/client";
import { useDecisionSet } from "@/shared/api/reading/decision-set";
import { lazily } from "@/shared/lib/lazily";
import { useAddress } from "@/shared/lib/use-address";
import { ErrorState, LoadingState } from "@/shared/ui/states";
import { Tab, TabList, TabPanel, Tabs } from "@/shared/ui/tabs";
import { Boundary } from "@/shared/ui/boundary";
import { Loaded } from "./loaded";

// A tab is drawn anew when what it shows changes, not with every event of the story.
const ArchitectureTab = lazily(async () => (await import("./architecture/architecture-tab")).ArchitectureTab);
const CostTab = lazily(async () => (await import("./cost/cost-tab")).CostTab);
const PolicyTab = lazily(async () => (await import("./policy/policy-tab")).PolicyTab);
const RequirementsTab = lazily(async () => (await import("./requirements/requirements-tab")).RequirementsTab);
const RepositoryTab = lazily(async () => (await import("./repository/repository-tab")).RepositoryTab);
const ChecksTab = lazily(async () => (await import("./checks/checks-tab")).ChecksTab);
const RationaleTab = lazily(async () => (await import("./rationale/rationale-tab")).RationaleTab);
const TimelineTab = lazily(async () => (await import("./timeline/timeline-tab")).TimelineTab);
const VersionsTab = lazily(async () => (await import("./versions/versions-tab")).VersionsTab);

interface Shown {
  design: Schemas["DecisionSetRead"];
  story: Story;
  file: string | null;
  line: number | null;
  /** Null: none is open any more. */
  onOpen: (file: string | null, line?: number | null) => void;
}

const TABS: readonly { name: string; label: string; show: (shown: Shown) => ReactNode }[] = [
  { name: "architecture", label: "Architecture", show: ({ design }) => <ArchitectureTab design={design} /> },
  { name: "cost", label: "Cost", show: ({ design }) => <CostTab design={design} /> },
  { name: "policy", label: "Policy", show: ({ design }) => <PolicyTab design={design} /> },
  { name: "requirements", label: "Requirements", show: ({ design }) => <RequirementsTab design={design} /> },
  {
    name: "repository",
    label: "Repository",
    show: ({ design, file, line, onOpen }) => <RepositoryTab id={design.id} file={file} line={line} onOpen={onOpen} />,
  },
  { name: "checks", label: "Checks", show: ({ design, story }) => <ChecksTab id={design.id} story={story} /> },
  { name: "rationale", label: "Rationale", show: ({ design }) => <RationaleTab design={design} /> },
  { name: "timeline", label: "Timeline", show: ({ design, story }) => <TimelineTab design={design} story={story} /> },
  { name: "versions", label: "Versions", show: ({ design }) => <VersionsTab design={design} /> },
];

/** Everything a design consists of, one tab for each view of it; the address says which one is open. */
export function Canvas({ id, story }: { id: string; story: Story }) {
  const [params, change] = useAddress();
  const design = useDecisionSet(id);
  const wanted = params.get("tab");
  const open = TABS.find(({ name }) => name === wanted)?.name ?? "architecture";
  const list = useRef<HTMLDivElement>(null);
  // Where there is no room for all tabs, the open one is among those that are seen.
  useEffect(() => {
    void list.current?.querySelector("[data-state=active]")?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }, [open]);
  const line = Number(params.get("line"));
  const onOpen = (file: string | null, at: number | null = null): void =>
    change({ tab: "repository", file, line: at === null ? null : String(at) }, "push");
  return (
    <Tabs value={open} onValueChange={(tab) => change({ tab })} className="flex h-full min-w-0 flex-col">
      <TabList ref={list} aria-label="Views of the design">
        {TABS.map(({ name, label }) => (
          <Tab key={name} value={name}>
            {label}
          </Tab>
        ))}
      </TabList>
      {TABS.map(({ name, label, show }) => (
        <TabPanel key={name} value={name}>
          <Boundary key={id} fallback={<Broken label={label} />}>
            <Suspense fallback={<LoadingState label={`Opening ${label}`} lines={6} />}>
              <Loaded query={design} label="Opening the design">
                {(data) =>
                  show({ design: data, story, file: params.get("file"), line: Number.isInteger(line) && line > 0 ? line : null, onOpen })
                }
              </Loaded>
            </Suspense>
          </Boundary>
        </TabPanel>
      ))}
    </Tabs>
  );
}

function Broken({ label }: { label: string }) {
  return (
    <div className="p-4">
      <ErrorState
        error={new Error(`${label} cannot be shown. The design itself is not harmed; loading the page anew may help.`)}
        onRetry={() => window.location.reload()}
      />
    </div>
  );
}

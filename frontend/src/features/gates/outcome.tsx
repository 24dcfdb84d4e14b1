import { CircleHelp, OctagonX, type LucideIcon } from "lucide-react";
import Link from "next/link";
import { paths } from "@/shared/config/paths";
import { words } from "@/shared/lib/format";
import { Attempts } from "./attempts";
import { conflictsOf, failingRulesOf, tripsOf, type Gate } from "./gate";

interface Blocked {
  icon: LucideIcon;
  title: string;
  next: string;
  /** The kind of trip that names what blocks. */
  trips?: string;
  /** Where one reads more. */
  tab?: { name: string; label: string };
}

const OUTCOMES: Record<string, Blocked> = {
  infeasible: {
    icon: OctagonX,
    title: "No design can meet everything that was asked for.",
    next: "Change or drop one of the requirements below, or say in your own words what may give.",
  },
  not_a_brief: {
    icon: CircleHelp,
    title: "The text describes no machine-learning system.",
    next: "Write in the box below what the system should predict, for whom, and under which limits; the run goes on from there.",
  },
  blocked_by_policy: {
    icon: OctagonX,
    title: "A policy forbids this design as it is, so nobody can approve it.",
    next: "Exchange a component, change a requirement, or reject it.",
    tab: { name: "policy", label: "All policies" },
  },
  blocked_by_checks: {
    icon: OctagonX,
    title: "The generated repository does not pass its checks.",
    next: "Change the design or a requirement, or reject it. The plan and the files are kept.",
    trips: "check",
    tab: { name: "checks", label: "All checks" },
  },
};

/** What stands in the way, said plainly, and what can be done; without an outcome it is the gate's own sentence. */
export function Outcome({ gate, designId }: { gate: Gate; designId: string }) {
  const outcome = OUTCOMES[gate.outcome];
  if (!outcome) return gate.message && !conflictsOf(gate).length ? <p className="max-w-prose text-sm break-words first-letter:uppercase">{gate.message}</p> : null;
  const { icon: Icon, title, next, trips, tab } = outcome;
  const named = trips ? tripsOf(gate, trips) : [];
  return (
    <div className="flex gap-3 rounded border border-bad bg-bad-wash p-4 text-sm">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="flex min-w-0 flex-col gap-2">
        <p className="font-medium">{title}</p>
        {conflictsOf(gate).length ? null : <p className="break-words">{gate.message}</p>}
        {named.length ? <p className="break-words">It concerns: {named.map(words).join(", ")}.</p> : null}
        <Attempts gate={gate} />
        <p>{next}</p>
        {failingRulesOf(gate).length ? (
          <p>
            An administrator can accept a failing rule for a while: “Waive…” beside it under{" "}
            <Link href={paths.run(designId, "policy")} className="text-accent-ink underline">
              Policy
            </Link>
            .
          </p>
        ) : null}
        {tab ? (
          <Link href={paths.run(designId, tab.name)} className="self-start text-accent-ink underline">
            {tab.label}
          </Link>
        ) : null}
      </div>
    </div>
  );
}

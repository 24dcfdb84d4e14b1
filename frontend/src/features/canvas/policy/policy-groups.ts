import type { Schemas } from "@/shared/api/client";
import { words } from "@/shared/lib/format";

export type Result = Schemas["PolicyResult"];

export interface Pack {
  name: string;
  results: readonly Result[];
}

/** Names that are no words. */
const TITLES: Record<string, string> = { pci_dss: "PCI DSS", soc2: "SOC 2", law25: "Law 25" };

export const packTitle = (pack: string): string => TITLES[pack] ?? words(pack);

const WEIGHT: Record<Result["outcome"], number> = { fail: 0, warn: 1, pass: 2, not_applicable: 3 };

const byWeight = (one: Result, other: Result): number =>
  WEIGHT[one.outcome] - WEIGHT[other.outcome] || one.rule.localeCompare(other.rule);

/** Results by pack; within a pack and among packs, what fails comes first, then what warns. */
export function packsOf(results: readonly Result[]): Pack[] {
  const names = [...new Set(results.map(({ pack }) => pack))];
  return names
    .map((name) => ({ name, results: results.filter(({ pack }) => pack === name).sort(byWeight) }))
    .sort((one, other) => worst(one) - worst(other) || one.name.localeCompare(other.name));
}

const worst = ({ results }: Pack): number => Math.min(...results.map(({ outcome }) => WEIGHT[outcome]));

const GRAVITY: Record<Schemas["Finding"]["severity"], number> = { error: 0, warning: 1, info: 2 };

/** What the critics say: what stops the design first, then by gravity. */
export const sortedFindings = (findings: readonly Schemas["Finding"][]): Schemas["Finding"][] =>
  [...findings].sort(
    (one, other) => Number(other.blocking) - Number(one.blocking) || GRAVITY[one.severity] - GRAVITY[other.severity],
  );

import type { Schemas } from "@/shared/api/client";

export type Version = Schemas["DecisionSetSummary"];

export interface Pair {
  from: string;
  to: string;
}

export const isFinished = (version: Version): boolean => version.status === "done";

/** The finished ones, the newest first. */
export const finishedOf = (versions: readonly Version[]): Version[] =>
  versions.filter(isFinished).sort((a, b) => b.version - a.version);

/** Where a version comes from, in words. */
export function originOf(version: Version, versions: readonly Version[]): string {
  const numberOf = (id: string | null): number | undefined => versions.find((each) => each.id === id)?.version;
  const again = version.summary.restored_version;
  if (typeof again === "number") return `Version ${again}, restored`;
  if (version.forked_from) {
    const origin = numberOf(version.forked_from);
    return origin ? `Forked from version ${origin}` : "Forked from another design";
  }
  if (!version.parent_id) return version.version === 1 ? "First version" : "Begins a line of its own";
  const parent = numberOf(version.parent_id);
  return parent ? `Follows version ${parent}` : "Follows an older version";
}

/** The versions a reader most likely wants to compare: the present one with the one it follows. */
export function likelyPair(id: string, versions: readonly Version[]): Pair | null {
  const finished = finishedOf(versions);
  const to = finished.find((version) => version.id === id) ?? finished[0];
  if (!to) return null;
  const from =
    finished.find((version) => version.id === to.parent_id) ??
    finished.find((version) => version.version < to.version) ??
    finished.find((version) => version.id !== to.id);
  return from ? { from: from.id, to: to.id } : null;
}

/** Whether restoring it would change anything: the newest finished one of all is what it is already. */
export function isRestorable(version: Version, versions: readonly Version[]): boolean {
  if (!isFinished(version)) return false;
  const parents = new Map(versions.map((each) => [each.id, each.parent_id]));
  const first = (id: string): string => {
    const parent = parents.get(id);
    return parent ? first(parent) : id;
  };
  const finished = finishedOf(versions);
  const line = finished.filter((each) => first(each.id) === first(version.id));
  return line[0]?.id !== version.id || finished[0]?.id !== version.id;
}

/** Names under which answers are kept; what belongs to one decision set begins with its key. */
export const keys = {
  me: ["me"] as const,
  workflow: ["workflow"] as const,
  inbox: ["inbox"] as const,
  projects: ["projects"] as const,
  decisionSets: ["decision-sets"] as const,
  decisionSet: (id: string) => ["decision-set", id] as const,
  part: (id: string, part: string, ...more: (string | null)[]) => ["decision-set", id, part, ...more] as const,
  run: (runId: string) => ["run", runId] as const,
  dataset: (id: string) => ["dataset", id] as const,
  fields: ["fields"] as const,
  catalogue: ["catalogue"] as const,
};

/** The part of a decision set that a fork of it makes old. */
export const BRANCHES = "branches";

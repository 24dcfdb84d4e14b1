import { BadgeCheck, CircleDashed, CirclePlay, FlaskConical, type LucideIcon } from "lucide-react";
import type { Tone } from "@/shared/ui/badge";

export interface FileBadge {
  badge: string;
  /** The checks that looked at the file and were green. */
  checks: string[];
}

export interface BadgeKind {
  label: string;
  icon: LucideIcon;
  tone: Tone;
  className: string;
}

/** Where the backend keeps what was done with each file. */
export const MATRIX = "reports/matrix.json";

/** The strongest first. */
export const BADGES: Record<string, BadgeKind> = {
  executed: { label: "executed", icon: CirclePlay, tone: "good", className: "text-good" },
  tested: { label: "tested", icon: FlaskConical, tone: "good", className: "text-good" },
  validated: { label: "validated", icon: BadgeCheck, tone: "plain", className: "text-ink-soft" },
  "not checked": { label: "not checked", icon: CircleDashed, tone: "warn", className: "text-warn" },
};

export type Badges = ReadonlyMap<string, FileBadge>;

/** What the matrix of requirements says about each file; null when it is no matrix. */
export function readBadges(text: string): Badges | null {
  try {
    const { badges } = JSON.parse(text) as { badges: (FileBadge & { path: string })[] };
    return new Map(badges.map(({ path, badge, checks }) => [path, { badge, checks: checks ?? [] }]));
  } catch {
    return null;
  }
}

export interface Tally extends BadgeKind {
  count: number;
}

/** How many files have each badge. */
export function tally(badges: ReadonlyMap<string, FileBadge>): Tally[] {
  const counts = new Map<string, number>();
  for (const { badge } of badges.values()) counts.set(badge, (counts.get(badge) ?? 0) + 1);
  return Object.entries(BADGES).map(([name, kind]) => ({ ...kind, count: counts.get(name) ?? 0 }));
}

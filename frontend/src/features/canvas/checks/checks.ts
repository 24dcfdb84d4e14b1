import type { CheckResult } from "@/features/story/events";

/** One thing a check complains about. */
export interface CheckFinding {
  check_id: string;
  severity: "low" | "medium" | "high";
  path: string;
  line: number | null;
  message: string;
  suppressed: boolean;
  /** Why it is suppressed. */
  reason: string;
}

/** A check as the page shows it: from the story while it runs, from `checks.json` with everything it found. */
export interface Check {
  check: string;
  status: CheckResult["status"];
  reason: string;
  seconds: number | null;
  tool: string;
  /** Null: only their number is known so far. */
  findings: readonly CheckFinding[] | null;
}

const WEIGHT: Record<CheckResult["status"], number> = { fail: 0, warn: 1, skipped: 2, pass: 3 };

const sorted = (checks: readonly Check[]): Check[] =>
  [...checks].sort((one, other) => WEIGHT[one.status] - WEIGHT[other.status] || one.check.localeCompare(other.check));

/** The checks as the story tells them. */
export const toldChecks = (told: readonly CheckResult[]): Check[] =>
  sorted(
    told.map(({ check, status, reason = "", seconds, tool = "" }) => ({
      check,
      status,
      reason,
      seconds: seconds ?? null,
      tool,
      findings: null,
    })),
  );

interface StoredCheck {
  check: string;
  status: CheckResult["status"];
  reason: string;
  seconds?: number;
  tool_version?: string;
  findings?: CheckFinding[];
}

/** The checks as they are stored.
 *
 * @throws where the text is no list of checks.
 */
export const storedChecks = (text: string): Check[] =>
  sorted(
    (JSON.parse(text) as StoredCheck[]).map(({ check, status, reason, seconds, tool_version: tool, findings }) => ({
      check,
      status,
      reason,
      seconds: seconds ?? null,
      tool: tool ?? "",
      findings: findings ?? [],
    })),
  );

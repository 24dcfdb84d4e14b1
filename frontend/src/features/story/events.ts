import type { Schemas } from "@/shared/api/client";

/** One line of the story of a run; `seq` counts from 1 without gaps. */
export type RunEvent = Schemas["Event"];
export type ReasonCard = Schemas["ReasonCard"];
export type Gate = Schemas["GateRead"];

export interface CheckResult {
  check: string;
  status: "pass" | "warn" | "fail" | "skipped";
  reason?: string;
  seconds?: number;
  tool?: string;
}

export interface Ending {
  status: string;
  outcome: string;
  problem: { message?: string; detail?: string; kept?: string; advice?: string; code?: string; run_id?: string } | null;
}

export interface GateDecided {
  gate_id: string;
  decision: string;
  actor: string;
  comment: string;
  at: string;
  /** Failing rules that were accepted with it. */
  waived?: string[];
  /** Rules whose waiver holds no longer. */
  withdrawn?: string[];
}

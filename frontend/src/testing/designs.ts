import type { Schemas } from "@/shared/api/client";

export type Design = Schemas["DecisionSetRead"];

/** A finished version of a design, with what the test does not care about filled in. */
export const designOf = (given: Partial<Design> = {}): Design => ({
  id: "ds_1",
  archived: false,
  constraints: [],
  created_at: "2026-11-22T10:00:00Z",
  created_by: "user:local-owner",
  dataset: null,
  forked_from: null,
  gate: null,
  messages: [],
  parent_id: null,
  payload_sha256: "ab",
  pinned: false,
  plan_sha256: "cd",
  project_id: "prj_1",
  line_id: "ds_1",
  run_id: "run_1",
  status: "done",
  summary: {},
  thread_id: "thr_1",
  title: "Churn",
  updated_at: "2026-11-22T10:00:00Z",
  version: 1,
  ...given,
});

/** The same while this gate waits; null: while it is worked on. */
export const waitingAt = (gate: Design["gate"], given: Partial<Design> = {}): Design =>
  designOf({ gate, status: gate ? "waiting" : "running", payload_sha256: null, plan_sha256: null, ...given });

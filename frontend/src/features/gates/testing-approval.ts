import { gateOf, type Answers } from "./testing";

export const part = (slot: string, option: string, title: string) => ({ slot, option, title, size: {}, monthly_usd: 10, ops_hours_month: 1, why: `${title} fits.` });

export const PLAN = {
  requirements: { budget_usd_month: 2000 },
  components: [part("serve", "fargate", "AWS Fargate"), part("store", "s3", "Amazon S3")],
  cost: { expected_usd: 1700, low_usd: 1000, high_usd: 2600, lines: [], unknown_lines: 0, as_of: "2026-11-01" },
  latency: { hops: [], conservative_p95_ms: 48, target_ms: 100 },
  availability: { expected_pct: 99.98, target_pct: 99.9, single_points: [] },
  ops_hours_month: 27,
  proven_optimal: true,
  alternatives: [
    { label: "fastest", components: [part("serve", "eks", "Amazon EKS"), part("store", "s3", "Amazon S3")], monthly_usd: 2100, p95_ms: 30, availability_pct: 99.99, ops_hours_month: 40, trade_off: "costs more" },
  ],
  figures: [{ name: "hour_rate", value: 80, usual: 80, unit: "USD", text: "An hour of operation", source: "Survey.", low: 10, high: 500, slots: [] }],
};
const POLICY = {
  results: [{ rule: "pci.own_keys", pack: "pci", control: "", outcome: "fail", message: "Own keys are missing.", evidence: "" }],
  findings: [{ code: "cost.high", severity: "warning", message: "Logs cost much.", evidence: "", fix: "Keep fewer.", blocking: false }],
};
const CATALOGUE = {
  slots: [
    { slot: "serve", title: "How predictions are served", options: [{ id: "fargate", title: "AWS Fargate", generated: true, summary: "" }, { id: "eks", title: "Amazon EKS", generated: true, summary: "" }, { id: "gke", title: "Other", generated: false, summary: "" }] },
    { slot: "store", title: "Where data is kept", options: [{ id: "s3", title: "Amazon S3", generated: true, summary: "" }] },
  ],
};
const EFFECT = {
  summary: { monthly_usd: 2100, p95_ms: 30, availability_pct: 99.99, ops_hours_month: 40 },
  monthly_usd_delta: 400,
  p95_ms_delta: -18,
  availability_pct_delta: 0.01,
  ops_hours_delta: 13,
  also_changed: [],
  broken: [{ field: "budget_usd_month", message: "The bill is $2,100." }],
  policies: [],
  findings: [],
  cost: PLAN.cost,
  diff: {},
};
export const READS = { "GET plan": [200, PLAN], "GET policy": [200, POLICY], "GET catalogue": [200, CATALOGUE], "POST what-if": [200, EFFECT] } satisfies Answers;


/** A gate for approval with figures. */
export const approving = (given: Parameters<typeof gateOf>[0] = {}) =>
  gateOf({
    kind: "final",
    title: "Approve the architecture",
    message: "online api in us-east-1",
    needs: { role: "approver", approvals: 2, votes: 1, voters: ["user:ana"] },
    shown: { monthly_usd: 1700, monthly_usd_low: 1000, monthly_usd_high: 2600, p95_ms: 48, p95_target_ms: 100, availability_pct: 99.98, ops_hours_month: 27, policies: { pass: 49, warn: 0, fail: 1 } },
    ...given,
  });

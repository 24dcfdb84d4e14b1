import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { vi } from "vitest";
import type { Schemas } from "@/shared/api/client";

export type Answers = Record<string, unknown>;

export const componentOf = (slot: Schemas["Component"]["slot"], title: string, given: Partial<Schemas["Component"]> = {}): Schemas["Component"] => ({
  slot,
  option: title.toLowerCase().replaceAll(" ", "_"),
  title,
  size: { vcpu: 2 },
  monthly_usd: 100,
  ops_hours_month: 1,
  why: `${title} fits.`,
  ...given,
});

export const lineOf = (slot: Schemas["CostLine"]["slot"], monthly: number | null, given: Partial<Schemas["CostLine"]> = {}): Schemas["CostLine"] => ({
  slot,
  option: "option",
  item: `${slot} hours`,
  quantity: 730,
  unit: "h",
  unit_price_usd: monthly === null ? null : monthly / 730,
  monthly_usd: monthly,
  formula: "one all month",
  source: "Price list",
  source_date: "2026-10-01",
  method: "exact",
  region: "us-east-1",
  ...given,
});

export const costOf = (lines: Schemas["CostLine"][], given: Partial<Schemas["CostEstimate"]> = {}): Schemas["CostEstimate"] => ({
  lines,
  low_usd: 80,
  expected_usd: 1719,
  high_usd: 2600,
  per_1000_predictions_usd: 0.05,
  per_retrain_usd: null,
  unknown_lines: lines.filter(({ monthly_usd: monthly }) => monthly === null).length,
  as_of: "2026-11-01",
  ...given,
});

export const planOf = (given: Partial<Schemas["Plan"]> = {}): Schemas["Plan"] => ({
  requirements: {} as Schemas["Requirements"],
  components: [componentOf("store", "Amazon S3"), componentOf("serve", "AWS Fargate", { monthly_usd: null })],
  cost: costOf([lineOf("store", 12), lineOf("serve", 1707)]),
  latency: { hops: [], conservative_p95_ms: 48, target_ms: 100 },
  availability: { expected_pct: 99.98, target_pct: 99.9, single_points: [] },
  ops_hours_month: 27,
  objective: 3338,
  proven_optimal: true,
  alternatives: [],
  rejected: [{ slot: "serve", option: "eks_service", reason: "costs more", constraint: null, delta_usd_month: 241 }],
  assumptions: [],
  catalogue_sha256: "ef",
  prices_as_of: "2026-11-01",
  ...given,
});

/** Shows a part of the canvas with these answers of the server; an answer is found by the end of its address. */
export function show(page: ReactNode, answers: Answers = {}): { asked: { address: string; body: unknown }[] } {
  const asked: { address: string; body: unknown }[] = [];
  vi.stubGlobal("fetch", async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    const body: unknown = request.method === "GET" ? undefined : await request.json();
    asked.push({ address: `${request.method} ${pathname}`, body });
    const found = Object.keys(answers).find((end) => pathname.endsWith(end));
    if (found === undefined) return new Response(JSON.stringify({ detail: `There is no ${pathname}.` }), { status: 404 });
    const answer = answers[found];
    const content = typeof answer === "function" ? (answer as (sent: unknown) => unknown)(body) : answer;
    if (content instanceof Response) return content;
    const isText = typeof content === "string";
    return new Response(isText ? content : JSON.stringify(content), { headers: { "content-type": isText ? "text/plain" : "application/json" } });
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(<QueryClientProvider client={client}>{page}</QueryClientProvider>);
  return { asked };
}

const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** The answers to a question for stored artifacts of these names. */
export function stored(contents: Record<string, unknown>): Answers {
  const items = Object.keys(contents).map((name) => ({ id: name, name, sha256: name, download: `/api/artifacts/${name}/download` }));
  const downloads = Object.fromEntries(Object.entries(contents).map(([name, content]) => [`/api/artifacts/${name}/download`, text(content)]));
  return { ...downloads, "/ds_1/artifacts": { items, next_cursor: null } };
}

// A reason card: the decision first, the rest on demand.

import { el, plain, usd, words } from "./elements.js";

export function reasonCard(card) {
  return el(
    "article",
    { class: "card" },
    el("h4", {}, card.title),
    el("p", { class: "quiet" }, `${card.agent} · ${words(card.node)} · because ${card.trigger}`),
    el("p", {}, el("strong", {}, card.choice)),
    el("p", {}, card.justification),
    el("p", { class: "quiet" }, impact(card)),
    more(card),
  );
}

function impact(card) {
  const parts = [`${Math.round(card.confidence * 100)} % confident`];
  const { monthly_usd: cost, p95_ms: latency, availability_pct: availability } = card.impact;
  if (cost !== null) parts.push(`${usd(cost)} a month`);
  if (latency !== null) parts.push(`p95 ${latency.toFixed(0)} ms`);
  if (availability !== null) parts.push(`${availability.toFixed(3)} % available`);
  return parts.join(" · ");
}

function more(card) {
  const lists = [
    ["Rests on", card.inputs.map((i) => `${words(i.name)}: ${plain(i.value)}${i.quote ? ` (${i.quote})` : ""}`)],
    ["Weighed", card.candidates.map((c) => `${c.name}: ${c.trade_off}`)],
    ["Rejected", card.rejected.map((r) => `${r.name}: ${r.why}`)],
    ["Policies", card.policies.map((p) => `${p.outcome}: ${p.rule}: ${p.message}`)],
    ["Risks", card.risks],
    ["Next", card.next_steps],
  ].filter(([, items]) => items.length);
  if (!lists.length) return null;
  return el(
    "details",
    {},
    el("summary", {}, `More about “${card.title}”`),
    lists.map(([title, items]) => [
      el("p", { class: "quiet" }, title),
      el("ul", { class: "plain-list" }, items.map((item) => el("li", {}, item))),
    ]),
  );
}

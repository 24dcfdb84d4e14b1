// Plan, bill and policies of the present design.

import { el, table, usd, words } from "./elements.js";

export function figures(summary) {
  const rows = [
    ["Monthly cost", summary.monthly_usd !== undefined ? `${usd(summary.monthly_usd)}` : null],
    ["Range", summary.monthly_usd_low !== undefined ? `${usd(summary.monthly_usd_low)} to ${usd(summary.monthly_usd_high)}` : null],
    ["Unknown prices", summary.unknown_cost_lines || null],
    ["p95, conservative sum", typeof summary.p95_ms === "number" ? `${summary.p95_ms.toFixed(0)} ms of ${summary.p95_target_ms} ms` : null],
    ["Availability", typeof summary.availability_pct === "number" ? `${summary.availability_pct.toFixed(3)} %` : null],
    ["Operation", typeof summary.ops_hours_month === "number" ? `${summary.ops_hours_month.toFixed(1)} h a month` : null],
    ["Region", summary.region ?? null],
    ["Files", summary.files ?? null],
    ["Requirements proven", typeof summary.coverage_pct === "number" ? `${summary.coverage_pct.toFixed(0)} %` : null],
  ];
  return rows.filter(([, value]) => value !== null).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, String(value))));
}

export function details(plan, cost, policy) {
  const notable = policy.results.filter((result) => result.outcome === "fail" || result.outcome === "warn");
  const passed = policy.results.filter((result) => result.outcome === "pass").length;
  return el(
    "section",
    { class: "panel", "aria-labelledby": "details-title" },
    el("h3", { id: "details-title" }, "The design"),
    table(
      [{ title: "Part" }, { title: "Chosen" }, { title: "A month", number: true }, { title: "Why" }],
      plan.components.map((c) => [words(c.slot), c.title, usd(c.monthly_usd), c.why]),
    ),
    fold(`The bill: ${cost.lines.length} lines`, table(
      [{ title: "Item" }, { title: "Quantity", number: true }, { title: "Unit price", number: true }, { title: "A month", number: true }, { title: "Source" }],
      cost.lines.map((line) => [
        `${words(line.option)}: ${line.item}`,
        `${line.quantity.toLocaleString("en-US", { maximumFractionDigits: 2 })} ${line.unit}`,
        line.unit_price_usd === null ? "unknown" : `$${line.unit_price_usd}`,
        usd(line.monthly_usd),
        `${line.method}; ${line.source}${line.source_date ? `, ${line.source_date}` : ""}`,
      ]),
    )),
    fold(`Other designs that meet every requirement: ${plan.alternatives.length}`, table(
      [{ title: "Which" }, { title: "A month", number: true }, { title: "Trade-off" }],
      plan.alternatives.map((a) => [a.label, usd(a.monthly_usd), a.trade_off]),
    )),
    fold(`Options that were rejected: ${plan.rejected.length}`, el("ul", { class: "plain-list" }, plan.rejected.map((r) => el("li", {}, `${words(r.slot)}: ${words(r.option)}: ${r.reason}`)))),
    el("h4", {}, "Policies"),
    el("p", { class: notable.length ? "warn" : "good" }, `${passed} passed, ${notable.length} to look at.`),
    el("ul", { class: "plain-list" }, notable.map((r) => el("li", { class: r.outcome === "fail" ? "bad" : "warn" }, `${r.outcome}: ${r.control}: ${r.message} ${r.fix}`))),
    policy.findings.length ? el("h4", {}, "Findings of the critics") : "",
    el("ul", { class: "plain-list" }, policy.findings.map((f) => el("li", { class: f.severity === "error" ? "bad" : "" }, `${f.severity}: ${f.message} ${f.fix}`))),
  );
}

const fold = (title, content) => el("details", {}, el("summary", {}, title), content);

"""The Markdown pages of `reports/`: checks, matrix, cost, policies, rationale, summary."""

from collections.abc import Sequence

from libs.codegen.filters import code, md, usd
from libs.codegen.matrix import RequirementsMatrix
from libs.codegen.models import Blueprint, CheckResult
from libs.codegen.wording import number
from libs.events.models import ReasonCard
from libs.planning.models import CostEstimate, Plan, PolicyResult
from libs.planning.policies.waivers import told
from libs.planning.wording import quantity

_BADGES = ("executed", "tested", "validated", "not checked")
_STATUSES = {"pass": "passed", "warn": "with warnings", "fail": "failed", "skipped": "skipped"}


def checks_page(results: Sequence[CheckResult], payload_sha256: str) -> str:
    """What each check said about this payload."""
    lines = [
        "# Checks",
        "",
        f"Every check looked at the unpacked payload {code(payload_sha256)}.",
        "",
        "| check | result | what it says | tool | wall s | CPU s |",
        "| --- | --- | --- | --- | --- | --- |",
        *(
            f"| {code(r.check)} | {r.status} | {md(r.reason)} | {md(r.tool_version)} | {r.seconds:.2f} "
            f"| {r.cpu_seconds:.2f} |"
            for r in results
        ),
    ]
    for result in results:
        if result.findings:
            lines += ["", f"## {md(result.check)}", "", "| id | severity | place | message | suppressed |"]
            lines += ["| --- | --- | --- | --- | --- |"]
            for f in result.findings:
                place = f.path if f.line is None else f"{f.path}:{f.line}"
                why = f"yes: {f.reason}" if f.suppressed else "no"
                lines.append(
                    f"| {code(f.check_id)} | {f.severity} | {code(place)} | {md(f.message)} | {md(why)} |"
                )
    return _page(lines)


def matrix_page(matrix: RequirementsMatrix) -> str:
    """Which requirement is proven by what."""
    stated = f"{matrix.stated_coverage_pct:g} % of those a person stated"
    lines = [
        "# Requirements",
        "",
        f"Proven: {matrix.coverage_pct:g} % of all requirements, {stated}.",
        "",
        "| requirement | value | source | decisions | files | checks | status |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in matrix.rows:
        source = f"{row.source}: “{row.quote}”" if row.quote else row.source
        links = ", ".join(f"[{_number(path)}](../{path})" for path in row.decisions)
        status = row.status if not row.gap else f"{row.status}: {row.gap}"
        proof = f"{quantity(len(row.files), 'file')}, {quantity(len(row.resources), 'resource')}"
        lines.append(
            f"| {code(row.requirement)} | {md(row.value)} | {md(source)} | {links} | {proof} "
            f"| {md('; '.join(row.checks))} | {md(status)} |"
        )
    lines += ["", "## Files", "", "| file | badge | by |", "| --- | --- | --- |"]
    lines += [f"| {code(b.path)} | {b.badge} | {md(', '.join(b.checks))} |" for b in matrix.badges]
    return _page(lines)


def cost_page(cost: CostEstimate, previous: CostEstimate | None) -> str:
    """Every line of the bill with its receipt."""
    spread = f"low {usd(cost.low_usd)}, high {usd(cost.high_usd)}"
    lines = [
        "# Cost",
        "",
        f"Expected {usd(cost.expected_usd)} a month ({spread}), prices as of {cost.as_of.isoformat()}.",
        "",
        f"- per 1,000 predictions: {usd(cost.per_1000_predictions_usd, 4)}",
        f"- per retraining: {usd(cost.per_retrain_usd)}",
        f"- lines without a known price: {cost.unknown_lines}; they are not in the totals",
    ]
    if previous is not None:
        lines.append(
            f"- against the version before: {cost.expected_usd - previous.expected_usd:+,.2f} USD a month"
        )
    lines += [
        "",
        "| slot | item | quantity | unit price | a month | how | source | date | method |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for line in cost.lines:
        dated = line.source_date.isoformat() if line.source_date else "unknown"
        lines.append(
            f"| {line.slot} | {md(line.item)} | {md(quantity(line.quantity, line.unit))} "
            f"| {usd(line.unit_price_usd, 6)} | {usd(line.monthly_usd)} | {md(line.formula)} "
            f"| {md(line.source)} ({md(line.region)}) | {dated} | {md(line.method)} |"
        )
    return _page(lines)


def policy_page(policies: Sequence[PolicyResult]) -> str:
    """What each rule says about the plan."""
    lines = [
        "# Policies",
        "",
        "| rule | control | outcome | what it says | evidence | fix |",
        "| --- | --- | --- | --- | --- | --- |",
        *(
            f"| {code(p.rule)} | {md(p.control)} | {p.outcome.replace('_', ' ')} | {md(p.message)} "
            f"| {md(f'{p.evidence} ({told(p.waiver)})' if p.waiver else p.evidence)} | {md(p.fix)} |"
            for p in policies
        ),
    ]
    return _page(lines)


def rationale_page(bp: Blueprint, plan: Plan, cards: Sequence[ReasonCard]) -> str:
    """Why the design is as it is, card by card."""
    proof = "proven to be the optimum" if plan.proven_optimal else "the best found"
    lines = [
        f"# Why {md(bp.title)} is built this way",
        "",
        f"{md(bp.summary)} The plan is {proof} for its objective of {usd(plan.objective)} a month.",
        "",
        "## What is assumed",
        "",
        *(f"- {md(assumption)}" for assumption in bp.assumptions),
        "",
        "## Other plans that meet every hard constraint",
        "",
        "| plan | a month | p95 | availability | trade-off |",
        "| --- | --- | --- | --- | --- |",
    ]
    for other in plan.alternatives:
        p95 = "none" if other.p95_ms is None else f"{number(other.p95_ms)} ms"
        lines.append(
            f"| {md(other.label)} | {usd(other.monthly_usd)} | {p95} | {number(other.availability_pct)} % "
            f"| {md(other.trade_off)} |"
        )
    for card in cards:
        lines += ["", f"## {md(card.title)}", "", f"{md(card.choice)}. {md(card.justification)}", ""]
        lines += [f"- weighed: {md(c.name)}: {md(c.trade_off)}" for c in card.candidates]
        lines += [f"- rejected: {md(r.name)}: {md(r.why)}" for r in card.rejected]
        lines += [
            f"- policy {code(p.rule)}: {p.outcome.replace('_', ' ')}: {md(p.message)}" for p in card.policies
        ]
        lines += [f"- risk: {md(risk)}" for risk in card.risks]
        lines += [f"- based on {md(i.name)}: “{md(i.quote)}”" for i in card.inputs if i.quote]
        lines.append(f"- decided by {md(card.agent)} with a confidence of {card.confidence:.0%}")
    return _page(lines)


def summary_page(
    bp: Blueprint, plan: Plan, results: Sequence[CheckResult], matrix: RequirementsMatrix, payload_sha256: str
) -> str:
    """One page for someone who has a minute."""
    states = {status: sum(r.status == status for r in results) for status in _STATUSES}
    spread = f"{usd(plan.cost.low_usd)} to {usd(plan.cost.high_usd)}"
    expected = number(plan.availability.expected_pct)
    badges = {name: sum(b.badge == name for b in matrix.badges) for name in _BADGES}
    target = "no target" if plan.latency.target_ms is None else f"target {number(plan.latency.target_ms)} ms"
    p95 = (
        "not for a batch"
        if bp.archetype == "batch_scoring"
        else f"{number(plan.latency.conservative_p95_ms)} ms"
    )
    return _page(
        [
            f"# {md(bp.title)}",
            "",
            md(bp.summary),
            "",
            f"- payload: {code(payload_sha256)}; verify with `sha256sum -c reports/MANIFEST.sha256`",
            f"- cost: {usd(plan.cost.expected_usd)} a month ({spread})",
            f"- latency, conservative p95: {p95} ({target})",
            f"- availability: {expected} % expected, {number(plan.availability.target_pct)} % asked for",
            "- checks: " + ", ".join(f"{states[status]} {words}" for status, words in _STATUSES.items()),
            f"- requirements proven: {matrix.coverage_pct:g} %, stated {matrix.stated_coverage_pct:g} %",
            "- files: " + ", ".join(f"{badges[name]} {name}" for name in _BADGES),
            *(f"- skipped: {code(r.check)}: {md(r.reason)}" for r in results if r.status == "skipped"),
        ]
    )


def _number(path: str) -> str:
    return path.rsplit("/", 1)[-1][:4]


def _page(lines: Sequence[str]) -> str:
    return "\n".join(lines) + "\n"

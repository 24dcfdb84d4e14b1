"""Requirement → decision → file and resource → check: what is proven by what, and what is not."""

import re
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Literal, NamedTuple

from libs.codegen.badges import FileBadge, file_badges, looks_at
from libs.codegen.models import Blueprint, CheckResult, RenderedFile, RequirementAnswer
from libs.codegen.parts import parts_of
from libs.codegen.tracing import TRACES, Trace, file_patterns
from libs.codegen.wording import UNSTATED, counted
from libs.core.values import Value
from libs.planning.models import CostEstimate, Plan, PolicyResult, Slot
from libs.planning.policies.waivers import told

MatrixStatus = Literal["proven", "traced", "failed", "open", "not asked"]
_RESOURCE = re.compile(rb'^resource\s+"([a-z0-9_]+)"\s+"([a-z0-9_]+)"', re.MULTILINE)
_SHOWN_RESOURCES = 40

_NOWHERE = Trace((), (), ())


class _Verdict(NamedTuple):
    """What is known of a property of the plan."""

    holds: bool | None
    """None: it cannot be told, so it proves nothing and fails nothing."""
    says: str


class MatrixRow(Value):
    """One requirement and everything that answers it."""

    requirement: str
    value: str
    source: str
    quote: str
    decisions: tuple[str, ...]
    """Paths of the decision records."""
    files: tuple[str, ...]
    resources: tuple[str, ...]
    """Terraform resources declared in those files."""
    checks: tuple[str, ...]
    """Green checks that looked at those files, and properties of the plan that hold."""
    status: MatrixStatus
    """`proven`: a green check or a property of the plan says so, and every property that it rests on holds; `traced`:
    files, but nothing proves them, a property cannot be told, or somebody accepted that it does not hold; `failed`: a
    check or property says no; `open`: nothing answers it, or its value is in none of its files; `not asked`: there is
    nothing to prove, such as no limit on cost."""
    gap: str
    """What is missing; empty when proven."""


class RequirementsMatrix(Value):
    """The rows, how many of them are proven, and the badge of every file."""

    rows: tuple[MatrixRow, ...]
    badges: tuple[FileBadge, ...]
    coverage_pct: float
    """Proven rows of all rows that ask for something."""
    stated_coverage_pct: float
    """Proven rows of those a person stated or answered; 100 when there is none."""


def requirements_matrix(
    bp: Blueprint,
    files: Sequence[RenderedFile],
    results: Sequence[CheckResult],
    *,
    plan: Plan,
    policies: Sequence[PolicyResult] = (),
) -> RequirementsMatrix:
    """Traces every requirement of the blueprint.

    Args:
        bp: the answers the payload was rendered from.
        files: the payload.
        results: what the checks said about this payload.
        plan: for the properties that no file can prove (latency, cost, availability).
        policies: for compliance and data classification.
    """
    design = _design_verdicts(plan, policies)
    modules = {slot: part.modules for slot, part in parts_of(bp).items()}
    rows = tuple(_row(requirement, bp, files, results, design, modules) for requirement in bp.requirements)
    asked = [row for row in rows if row.source in ("stated", "answered")]
    return RequirementsMatrix(
        rows=rows,
        badges=file_badges(files, results),
        coverage_pct=_share(rows),
        stated_coverage_pct=_share(asked),
    )


def _design_verdicts(plan: Plan, policies: Sequence[PolicyResult]) -> dict[str, _Verdict]:
    """What the plan and the rules say of each property; what was not evaluated is left out and proves nothing."""
    latency, availability, cost = plan.latency, plan.availability, plan.cost
    hours = plan.requirements.team_size * plan.figure("team_hours_person")
    verdicts = {
        "operations": _Verdict(
            plan.ops_hours_month <= hours,
            f"operation: {counted(plan.ops_hours_month, 'hours')} a month, the team has about {hours:g}",
        ),
        "availability": _Verdict(
            availability.expected_pct >= availability.target_pct,
            f"availability: {availability.expected_pct:g} % expected, {availability.target_pct:g} % asked",
        ),
    }
    if latency.target_ms is not None:
        verdicts["latency"] = _Verdict(
            latency.conservative_p95_ms <= latency.target_ms,
            f"latency budget: {latency.conservative_p95_ms:g} ms, target {latency.target_ms:g} ms",
        )
    budget = plan.requirements.budget_usd_month
    if budget is not None:
        verdicts["cost"] = _cost_verdict(cost, budget)
    evaluated = [policy for policy in policies if policy.outcome != "not_applicable"]
    if evaluated:
        verdicts["policy"] = _policy_verdict(evaluated)
    return verdicts


def _cost_verdict(cost: CostEstimate, budget: float) -> _Verdict:
    says = f"cost estimate: {cost.expected_usd:,.2f} USD a month, limit {budget:,.2f} USD"
    if cost.expected_usd <= budget and cost.unknown_lines:
        return _Verdict(
            None, f"{says}; {counted(cost.unknown_lines, 'lines')} without a known price not in it"
        )
    return _Verdict(cost.expected_usd <= budget, says)


def _policy_verdict(evaluated: Sequence[PolicyResult]) -> _Verdict:
    says = f"policies: {len(evaluated)} rules"
    failed = sorted(policy.rule for policy in evaluated if policy.outcome == "fail")
    if failed:
        return _Verdict(False, f"{says}, failed {', '.join(failed)}")
    waived = sorted(
        f"{policy.rule} is waived: {told(policy.waiver)}"
        for policy in evaluated
        if policy.waiver is not None and policy.severity == "fail"
    )
    if waived:
        return _Verdict(None, f"{says}, not all of them kept; {'; '.join(dict.fromkeys(waived))}")
    return _Verdict(True, f"{says}, none failed")


def _row(
    requirement: RequirementAnswer,
    bp: Blueprint,
    files: Sequence[RenderedFile],
    results: Sequence[CheckResult],
    design: Mapping[str, _Verdict],
    modules: dict[Slot, tuple[str, ...]],
) -> MatrixRow:
    trace = next((TRACES[field] for field in TRACES if field == requirement.field), _NOWHERE)
    if requirement.value == UNSTATED.get(requirement.field):
        return _row_of(requirement, trace, bp, (), (), "not asked", "")
    patterns = file_patterns(trace, bp, modules)
    holding = tuple(f for f in files if any(fnmatchcase(f.path, pattern) for pattern in patterns))
    looking = [result for result in results if _proves(result.check, trace, holding)]
    green = [result.check for result in looking if result.status in ("pass", "warn")]
    red = [result.check for result in looking if result.status == "fail"]
    verdicts = [design.get(name, _Verdict(None, f"{name}: not evaluated")) for name in trace.design]
    proofs = (*sorted(green), *(verdict.says for verdict in verdicts if verdict.holds))
    broken = (*sorted(red), *(verdict.says for verdict in verdicts if verdict.holds is False))
    untold = [verdict.says for verdict in verdicts if verdict.holds is None]
    absent = [text for text in trace.value(bp) if not any(text.encode() in f.content for f in holding)]
    status, gap = _status(holding, absent, proofs, broken, untold)
    return _row_of(requirement, trace, bp, holding, proofs, status, gap)


def _proves(check: str, trace: Trace, holding: Sequence[RenderedFile]) -> bool:
    if not any(fnmatchcase(check, pattern) for pattern in trace.checks):
        return False
    return any(looks_at(check, file.path) != "not checked" for file in holding)


def _status(
    holding: Sequence[RenderedFile],
    absent: Sequence[str],
    proofs: Sequence[str],
    broken: Sequence[str],
    untold: Sequence[str],
) -> tuple[MatrixStatus, str]:
    if broken:
        return "failed", "Says no: " + "; ".join(broken) + "."
    if not holding:
        return "open", "No file of the repository answers it."
    if absent:
        return "open", f"Its value is in none of its files: {', '.join(absent)}."
    if untold:
        return "traced", f"Not proven by the design: {'; '.join(untold).rstrip('.')}."
    if not proofs:
        return "traced", "No check that could prove it ran on these files."
    return "proven", ""


def _row_of(
    requirement: RequirementAnswer,
    trace: Trace,
    bp: Blueprint,
    holding: Sequence[RenderedFile],
    proofs: Sequence[str],
    status: MatrixStatus,
    gap: str,
) -> MatrixRow:
    return MatrixRow(
        requirement=requirement.field,
        value=requirement.value,
        source=requirement.source,
        quote=requirement.quote,
        decisions=tuple(_records(trace, bp)),
        files=tuple(sorted(file.path for file in holding)),
        resources=_resources(holding),
        checks=tuple(proofs),
        status=status,
        gap=gap,
    )


def _records(trace: Trace, bp: Blueprint) -> list[str]:
    return [
        f"docs/adr/{decision.number:04d}-{decision.slug}.md"
        for decision in bp.decisions
        if any(decision.slug == slot or decision.slug.startswith(f"{slot}-") for slot in trace.slots)
    ]


def _resources(holding: Sequence[RenderedFile]) -> tuple[str, ...]:
    found = {
        f"{kind.decode()}.{name.decode()}"
        for file in holding
        if file.path.endswith(".tf")
        for kind, name in _RESOURCE.findall(file.content)
    }
    return tuple(sorted(found)[:_SHOWN_RESOURCES])


def _share(rows: Sequence[MatrixRow]) -> float:
    asked = [row for row in rows if row.status != "not asked"]
    if not asked:
        return 100.0
    return round(100.0 * sum(row.status == "proven" for row in asked) / len(asked), 1)

"""Can the plan be built and run as it stands: latency, availability, capacity, quotas, recovery, the team."""

from collections.abc import Iterator

from libs.planning.answer_time import answer_time
from libs.planning.models import Component, Finding, Plan
from libs.planning.wording import counted

COUPLED_HOPS = 3
"""From this many services in series on, one slow service is felt by every request."""
HISTORY_TASKS = frozenset(("classification", "regression", "anomaly"))
"""Tasks whose rows often depend on earlier rows of the same customer, device or card."""
_REST = "rest of the answer"
"""The hop of what hands on whole answers."""
HEADROOM_PEAK = 1.2
"""Capacity below this multiple of the peak leaves little for a busy day."""


def criticise_feasibility(plan: Plan) -> tuple[Finding, ...]:
    """Findings about the plan; an error names the option that must not be chosen again."""
    return (
        *_latency(plan),
        *_cold_start(plan),
        *_answer_time(plan),
        *_availability(plan),
        *_capacity(plan),
        *_quotas(plan),
        *_recovery(plan),
        *_features(plan),
        *_coupling(plan),
        *_team(plan),
        *_unwritten(plan),
    )


def _latency(plan: Plan) -> Iterator[Finding]:
    target = plan.latency.target_ms
    if target is None or not plan.latency.hops:
        return
    worst = max(plan.latency.hops, key=lambda hop: hop.p95_ms)
    evidence = " + ".join(f"{hop.name} {hop.p95_ms:g} ms ({hop.share:.0%})" for hop in plan.latency.hops)
    longer = _longer(plan)
    expected = round(plan.latency.conservative_p95_ms + longer, 3)
    if longer:
        worst = next(hop for hop in plan.latency.hops if hop.name == _REST)
        evidence += f" + {longer:g} ms more for the rest of the answer at the speed of the chosen model"
    if expected > target:
        yield Finding(
            code="feasibility.latency_over_target",
            severity="error",
            message=f"The path takes {expected:g} ms at p95, the target is {target:g} ms.",
            evidence=evidence,
            fix=f"Choose something faster for {worst.name}.",
            blocking=True,
            slot=worst.slot,
            option=plan.component(worst.slot).option,
        )
    elif expected > target * plan.figure("latency_headroom"):
        yield Finding(
            code="feasibility.latency_headroom",
            severity="warning",
            message=f"The path takes {expected:g} of {target:g} ms at p95; little is left for slow days.",
            evidence=evidence,
            fix="Confirm it with the load test before the first release.",
            blocking=False,
            slot=worst.slot,
        )
    else:
        yield Finding(
            code="feasibility.latency_budget",
            severity="info",
            message=f"The path takes {expected:g} of {target:g} ms at p95; {worst.name} has the largest share.",
            evidence=evidence,
            fix="",
            blocking=False,
            slot=worst.slot,
        )


def _cold_start(plan: Plan) -> Iterator[Finding]:
    if plan.requirements.archetype != "online_api":
        return
    serve = plan.component("serve")
    if serve.size.get("provisioned_concurrency") == 0:
        yield Finding(
            code="feasibility.cold_start",
            severity="warning",
            message="The first requests after a quiet time wait for a cold start of some seconds.",
            evidence=f"{serve.title} keeps no instance warm",
            fix="Fix provisioned concurrency, or choose an option with replicas that always run.",
            blocking=False,
            slot="serve",
        )


def _longer(plan: Plan) -> float:
    """Milliseconds by which the chosen model writes the rest of an answer more slowly than the path has it.

    What serves is sized apart from the model, at the usual speed of one.
    """
    planned = next((hop.p95_ms for hop in plan.latency.hops if hop.name == _REST), None)
    if planned is None:
        return 0.0
    return round(max(0.0, float(plan.component("llm").size.get("answer_rest_ms", 0)) - planned), 3)


def _answer_time(plan: Plan) -> Iterator[Finding]:
    if plan.requirements.ml_task != "llm_rag":
        return
    llm, serve = plan.component("llm"), plan.component("serve")
    time = answer_time(plan.requirements.archetype, llm.size, serve.size)
    if time is None or not time.cut:
        return
    late = time.usual > time.limit
    yield Finding(
        code="feasibility.answer_over_limit" if late else "feasibility.answer_headroom",
        severity="error" if late else "warning",
        message=f"A whole answer takes {time.usual:.3g} s; {time.limit} s are left to it"
        + ("." if late else f", and {time.wanted} s would leave room for slow days."),
        evidence=f"{llm.title} at the stated lengths; {serve.title} ends a request after {time.most} s",
        fix="Choose a service behind a load balancer, a faster model, or shorter answers.",
        blocking=late,
        slot="serve",
        option=serve.option if late else None,
    )


def _availability(plan: Plan) -> Iterator[Finding]:
    held = plan.availability
    if held.expected_pct < held.target_pct - 1e-6:
        weakest = min(held.parts, key=lambda part: part.pct, default=None)
        slot = weakest.slot if weakest else "serve"
        yield Finding(
            code="feasibility.availability_below_target",
            severity="error",
            message=f"The published availabilities give {held.expected_pct:.6g} %, "
            f"the target is {held.target_pct:g} %.",
            evidence=" x ".join(f"{part.title} {part.pct:g} %" for part in held.parts),
            fix="Choose an option with a higher service level for the weakest part, or lower the target.",
            blocking=True,
            slot=slot,
            option=plan.component(slot).option,
        )
    for point in held.single_points:
        yield Finding(
            code="feasibility.single_point",
            severity="info",
            message=f"{point}.",
            evidence=f"availability target {held.target_pct:g} %",
            fix="Raise the availability target above 99 % to have it twice.",
            blocking=False,
        )


def _capacity(plan: Plan) -> Iterator[Finding]:
    needs = plan.requirements
    if needs.archetype != "online_api":
        return
    peak = needs.throughput_rps
    for part in plan.components:
        if part.capacity_rps is None:
            continue
        evidence = (
            f"{part.title} carries {part.capacity_rps:,.0f} requests a second; {part.scaling or 'fixed size'}"
        )
        if part.capacity_rps < peak:
            yield Finding(
                code="feasibility.capacity_below_peak",
                severity="error",
                message=f"{part.title} carries {part.capacity_rps:,.0f} requests a second, the peak is {peak:,.0f}.",
                evidence=evidence,
                fix="Choose an option that scales further.",
                blocking=True,
                slot=part.slot,
                option=part.option,
            )
        elif part.capacity_rps < peak * HEADROOM_PEAK:
            yield Finding(
                code="feasibility.capacity_headroom",
                severity="warning",
                message=f"{part.title} carries the peak with {part.capacity_rps / peak - 1:.0%} to spare.",
                evidence=evidence,
                fix="Plan a larger size before the next busy season.",
                blocking=False,
                slot=part.slot,
            )


def _quotas(plan: Plan) -> Iterator[Finding]:
    for part in plan.components:
        for quota in part.quotas:
            if quota.needs > quota.default:
                code = f" ({quota.code})" if quota.code else ""
                yield Finding(
                    code="feasibility.quota",
                    severity="warning",
                    message=f"{quota.name}{code} must be raised: {quota.needs:,.6g} needed, "
                    f"{quota.default:,.6g} by default.",
                    evidence=f"{part.title}; {quota.source}",
                    fix="Ask for the increase in Service Quotas before the first deployment; it can take days.",
                    blocking=False,
                    slot=part.slot,
                )


def _recovery(plan: Plan) -> Iterator[Finding]:
    needs = plan.requirements
    for part in plan.components:
        held = part.recovery
        if held is None:
            continue
        if needs.rpo_minutes is not None and held.rpo_minutes > needs.rpo_minutes:
            yield _recovery_finding(part, "rpo", held.rpo_minutes, needs.rpo_minutes, held.source)
        if needs.rto_minutes is not None and held.rto_minutes > needs.rto_minutes:
            yield _recovery_finding(part, "rto", held.rto_minutes, needs.rto_minutes, held.source)


def _recovery_finding(part: Component, kind: str, got: float, wanted: float, source: str) -> Finding:
    words = "may lose" if kind == "rpo" else "takes"
    after = "of data" if kind == "rpo" else "to be restored"
    return Finding(
        code=f"feasibility.{kind}_over_target",
        severity="error",
        message=f"{part.title} {words} {counted(got, 'minutes')} {after}; allowed: {wanted:g}.",
        evidence=source,
        fix="Choose a store with point-in-time recovery or synchronous copies.",
        blocking=True,
        slot=part.slot,
        option=part.option,
    )


def _features(plan: Plan) -> Iterator[Finding]:
    needs = plan.requirements
    looked_up = any(hop.slot == "features" for hop in plan.latency.hops)
    if needs.archetype != "online_api" or needs.ml_task not in HISTORY_TASKS or looked_up:
        return
    yield Finding(
        code="feasibility.features_with_request",
        severity="info",
        message="Every feature must come with the request; nothing is looked up while it waits.",
        evidence=f"{plan.component('features').title} is read by training and batch jobs only",
        fix="Where the model needs what happened before, such as the payments of the last hour, exchange the "
        "features part for an online store and compare price and latency.",
        blocking=False,
        slot="features",
    )


def _coupling(plan: Plan) -> Iterator[Finding]:
    if plan.requirements.archetype != "online_api":
        return
    waited_for = list(dict.fromkeys(hop.slot for hop in plan.latency.hops))
    if len(waited_for) > COUPLED_HOPS:
        yield Finding(
            code="feasibility.coupling",
            severity="warning",
            message=f"A request waits for {len(waited_for)} services one after the other.",
            evidence=", ".join(plan.component(slot).title for slot in waited_for),
            fix="Give each call a timeout and an answer without it (default features, no passages, a smaller model).",
            blocking=False,
            slot=waited_for[-1],
        )


def _team(plan: Plan) -> Iterator[Finding]:
    limit = plan.requirements.team_size * plan.figure("team_hours_person")
    if plan.ops_hours_month <= limit:
        return
    heaviest = max(plan.components, key=lambda component: component.ops_hours_month)
    yield Finding(
        code="feasibility.team_load",
        severity="warning",
        message=f"Operating it takes about {counted(plan.ops_hours_month, 'hours')} a month; a team of "
        f"{plan.requirements.team_size} has about {limit:g}.",
        evidence=f"most of it: {heaviest.title}, {counted(heaviest.ops_hours_month, 'hours')}",
        fix="Look at the alternative that is least to operate.",
        blocking=False,
        slot=heaviest.slot,
    )


def _unwritten(plan: Plan) -> Iterator[Finding]:
    missing = [part for part in plan.components if not part.generated]
    if missing:
        yield Finding(
            code="feasibility.not_written",
            severity="warning",
            message="The repository is written without: " + ", ".join(part.title for part in missing) + ".",
            evidence="the generator has no templates for these parts yet; they are planned and priced",
            fix="Build them by hand from the plan, or fix options that can be written.",
            blocking=False,
            slot=missing[0].slot,
        )

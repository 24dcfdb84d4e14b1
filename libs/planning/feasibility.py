"""Can the plan be built and run as it stands: latency, availability, capacity, quotas, the team."""

from libs.planning import demand, sizing_serving
from libs.planning.models import Finding, Plan

HEADROOM = 0.8
TEAM_HOURS = 20.0
"""Operating hours a month that one person can give beside other work."""


def criticise_feasibility(plan: Plan) -> tuple[Finding, ...]:
    """Findings about the plan; an error names the option that must not be chosen again."""
    return (*_latency(plan), *_availability(plan), *_capacity(plan), *_team(plan))


def _latency(plan: Plan) -> tuple[Finding, ...]:
    target, expected = plan.latency.target_ms, plan.latency.conservative_p95_ms
    if target is None or not plan.latency.hops:
        return ()
    worst = max(plan.latency.hops, key=lambda hop: hop.p95_ms)
    evidence = " + ".join(f"{hop.name} {hop.p95_ms:g} ms" for hop in plan.latency.hops)
    if expected > target:
        return (
            Finding(
                code="feasibility.latency_over_target",
                severity="error",
                message=f"The path takes {expected:g} ms at p95, the target is {target:g} ms.",
                evidence=evidence,
                fix=f"Choose something faster for {worst.name}.",
                blocking=True,
                slot=worst.slot,
                option=plan.component(worst.slot).option,
            ),
        )
    if expected > target * HEADROOM:
        return (
            Finding(
                code="feasibility.latency_headroom",
                severity="warning",
                message=f"The path takes {expected:g} of {target:g} ms at p95; little is left for slow days.",
                evidence=evidence,
                fix="Confirm it with the load test before the first release.",
                blocking=False,
                slot=worst.slot,
            ),
        )
    return ()


def _availability(plan: Plan) -> tuple[Finding, ...]:
    found: list[Finding] = []
    got, target = plan.availability.expected_pct, plan.availability.target_pct
    if got < target - 1e-6:
        found.append(
            Finding(
                code="feasibility.availability_below_target",
                severity="error",
                message=f"The published availabilities give {got:.4g} %, the target is {target:g} %.",
                evidence="product of the service levels of what a request passes",
                fix="Choose a serving option with a higher service level, or lower the target.",
                blocking=True,
                slot="serve",
                option=plan.component("serve").option,
            )
        )
    found.extend(
        Finding(
            code="feasibility.single_point",
            severity="info",
            message=f"{point}.",
            evidence=f"availability target {target:g} %",
            fix="Raise the availability target above 99 % to have it twice.",
            blocking=False,
        )
        for point in plan.availability.single_points
    )
    return tuple(found)


def _capacity(plan: Plan) -> tuple[Finding, ...]:
    needs, serve = plan.requirements, plan.component("serve")
    load = demand.inference(needs)
    if serve.option == "ecs_fargate_service":
        per_second = float(serve.size["max_tasks"]) * float(serve.size["vcpu"]) * 1000 / load.cpu_ms
        return _under(plan, per_second, f"{serve.size['max_tasks']} tasks of {serve.size['vcpu']} vCPU")
    if serve.option == "lambda_service":
        seconds = sizing_serving.lambda_seconds(needs, int(serve.size["memory_mb"]))
        per_second = float(serve.size["reserved_concurrency"]) / seconds
        return _under(plan, per_second, f"{serve.size['reserved_concurrency']} concurrent executions")
    return ()


def _under(plan: Plan, per_second: float, evidence: str) -> tuple[Finding, ...]:
    peak = plan.requirements.throughput_rps
    if per_second >= peak:
        return ()
    return (
        Finding(
            code="feasibility.capacity_below_peak",
            severity="error",
            message=f"Serving carries {per_second:,.0f} requests a second, the peak is {peak:,.0f}.",
            evidence=evidence,
            fix="Choose a serving option that scales further.",
            blocking=True,
            slot="serve",
            option=plan.component("serve").option,
        ),
    )


def _team(plan: Plan) -> tuple[Finding, ...]:
    limit = plan.requirements.team_size * TEAM_HOURS
    if plan.ops_hours_month <= limit:
        return ()
    heaviest = max(plan.components, key=lambda component: component.ops_hours_month)
    return (
        Finding(
            code="feasibility.team_load",
            severity="warning",
            message=f"Operating it takes about {plan.ops_hours_month:g} hours a month; a team of "
            f"{plan.requirements.team_size} has about {limit:g}.",
            evidence=f"most of it: {heaviest.title}, {heaviest.ops_hours_month:g} hours",
            fix="Look at the alternative that is least to operate.",
            blocking=False,
            slot=heaviest.slot,
        ),
    )

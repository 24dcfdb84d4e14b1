"""Critics look at a plan and name what is wrong with it."""

from datetime import date

import pytest

from libs.planning.costs_critic import criticise_cost
from libs.planning.feasibility import criticise_feasibility
from libs.planning.models import Finding, Plan
from tests.unit.planning.scenes import CHURN, FRAUD, SMALL, Desk


def codes(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.code for finding in findings}


def blocking(findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.blocking]


class TestFeasibility:
    @pytest.mark.parametrize("brief", [FRAUD, CHURN, SMALL], ids=["fraud", "churn", "small"])
    def test_a_planned_design_has_nothing_that_blocks(self, desk: Desk, brief: dict) -> None:
        assert blocking(criticise_feasibility(desk.plan(brief))) == []

    def test_a_slow_path_blocks_its_slowest_option(self, desk: Desk) -> None:
        made = desk.plan(FRAUD)
        slow = made.model_copy(update={"latency": made.latency.model_copy(update={"target_ms": 10.0})})
        [finding] = blocking(criticise_feasibility(slow))
        assert finding.code == "feasibility.latency_over_target"
        assert (finding.slot, finding.option) == ("serve", "ecs_fargate_service")

    def test_little_headroom_is_a_warning(self, desk: Desk) -> None:
        made = desk.plan(FRAUD, latency_ms_p95=50)
        assert "feasibility.latency_headroom" in codes(criticise_feasibility(made))

    def test_too_low_an_availability_blocks(self, desk: Desk) -> None:
        made = desk.plan(FRAUD)
        low = made.availability.model_copy(update={"expected_pct": 99.0})
        assert "feasibility.availability_below_target" in codes(
            tuple(blocking(criticise_feasibility(made.model_copy(update={"availability": low}))))
        )

    def test_too_few_tasks_for_the_peak_block(self, desk: Desk) -> None:
        made = desk.plan(FRAUD)
        shrunk = tuple(
            c.model_copy(update={"size": {**c.size, "max_tasks": 3}}) if c.slot == "serve" else c
            for c in made.components
        )
        [finding] = blocking(criticise_feasibility(made.model_copy(update={"components": shrunk})))
        assert finding.code == "feasibility.capacity_below_peak"

    def test_too_few_concurrent_executions_block(self, desk: Desk) -> None:
        made = desk.plan(SMALL)
        busy = made.requirements.model_copy(update={"throughput_rps": 5000.0})
        [finding] = blocking(criticise_feasibility(made.model_copy(update={"requirements": busy})))
        assert finding.option == "lambda_service"

    def test_a_team_of_one_is_warned_of_the_load(self, desk: Desk) -> None:
        assert "feasibility.team_load" in codes(criticise_feasibility(desk.plan(FRAUD, team_size=1)))
        assert "feasibility.team_load" not in codes(criticise_feasibility(desk.plan(FRAUD, team_size=5)))

    def test_single_points_are_named(self, desk: Desk) -> None:
        assert "feasibility.single_point" in codes(criticise_feasibility(desk.plan(CHURN)))


class TestCost:
    def with_budget(self, made: Plan, usd: float) -> Plan:
        asked = made.requirements.model_copy(update={"budget_usd_month": usd})
        return made.model_copy(update={"requirements": asked})

    def test_names_the_three_biggest_lines(self, desk: Desk) -> None:
        [finding] = [f for f in criticise_cost(desk.plan(FRAUD)) if f.code == "cost.drivers"]
        assert finding.evidence.count(";") == 2
        assert "vCPU hours" in finding.evidence

    def test_over_budget_blocks_the_heaviest_option(self, desk: Desk) -> None:
        [finding] = blocking(criticise_cost(self.with_budget(desk.plan(FRAUD), 100)))
        assert (finding.code, finding.option) == ("cost.over_budget", "ecs_fargate_service")

    def test_a_budget_that_a_busy_month_breaks_is_a_warning(self, desk: Desk) -> None:
        made = desk.plan(FRAUD)
        findings = criticise_cost(self.with_budget(made, made.cost.expected_usd + 1))
        assert "cost.budget_at_risk" in codes(findings)
        assert blocking(findings) == []

    def test_unknown_prices_are_named(self, desk: Desk) -> None:
        made = desk.plan(SMALL)
        first = made.cost.lines[0].model_copy(update={"unit_price_usd": None, "monthly_usd": None})
        cost = made.cost.model_copy(update={"lines": (first, *made.cost.lines[1:]), "unknown_lines": 1})
        findings = criticise_cost(made.model_copy(update={"cost": cost}))
        [unknown] = [f for f in findings if f.code == "cost.unknown_prices"]
        assert first.item in unknown.evidence

    def test_estimates_are_said_outside_the_home_region(self, desk: Desk) -> None:
        assert "cost.estimated_prices" in codes(criticise_cost(desk.plan(SMALL, regions=["eu-west-1"])))
        assert "cost.estimated_prices" not in codes(criticise_cost(desk.plan(SMALL, regions=["us-east-1"])))

    def test_old_prices_are_said(self, desk: Desk) -> None:
        made = desk.plan(SMALL)
        later = made.cost.model_copy(update={"as_of": date(2031, 1, 1)})
        assert "cost.old_prices" in codes(criticise_cost(made.model_copy(update={"cost": later})))

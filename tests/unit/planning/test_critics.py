"""Critics look at a plan and name what is wrong with it."""

from datetime import date

import pytest

from libs.planning.costs_critic import criticise_cost
from libs.planning.feasibility import criticise_feasibility
from libs.planning.models import Finding, Plan
from libs.planning.solver import plan
from tests.unit.planning.scenes import CHURN, FRAUD, RAG, SMALL, Desk, needs


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
        worst = max(made.latency.hops, key=lambda hop: hop.p95_ms)
        assert (finding.slot, finding.option) == (worst.slot, made.component(worst.slot).option)

    def test_the_share_of_each_hop_is_told(self, desk: Desk) -> None:
        made = desk.plan(FRAUD)
        [finding] = [f for f in criticise_feasibility(made) if f.code.startswith("feasibility.latency")]
        assert sum(hop.share for hop in made.latency.hops) == pytest.approx(1, abs=0.001)
        assert all(
            f"{hop.name} {hop.p95_ms:g} ms ({hop.share:.0%})" in finding.evidence for hop in made.latency.hops
        )

    def test_little_headroom_is_a_warning(self, desk: Desk) -> None:
        made = desk.plan(FRAUD, latency_ms_p95=50)
        assert "feasibility.latency_headroom" in codes(criticise_feasibility(made))

    def test_too_low_an_availability_blocks(self, desk: Desk) -> None:
        made = desk.plan(FRAUD)
        low = made.availability.model_copy(update={"expected_pct": 99.0})
        assert "feasibility.availability_below_target" in codes(
            tuple(blocking(criticise_feasibility(made.model_copy(update={"availability": low}))))
        )

    @pytest.mark.parametrize("brief", [FRAUD, SMALL], ids=["fraud", "small"])
    def test_a_part_that_does_not_carry_the_peak_blocks(self, desk: Desk, brief: dict) -> None:
        made = desk.plan(brief)
        carried = made.component("serve").capacity_rps
        assert carried is not None
        busy = made.requirements.model_copy(update={"throughput_rps": carried + 1})
        [finding] = blocking(criticise_feasibility(made.model_copy(update={"requirements": busy})))
        assert finding.code == "feasibility.capacity_below_peak"
        assert finding.option == made.component("serve").option

    def test_a_peak_close_to_what_is_carried_is_a_warning(self, desk: Desk) -> None:
        made = desk.plan(FRAUD)
        carried = made.component("serve").capacity_rps
        assert carried is not None
        near = made.requirements.model_copy(update={"throughput_rps": carried / 1.1})
        findings = criticise_feasibility(made.model_copy(update={"requirements": near}))
        assert "feasibility.capacity_headroom" in codes(findings)
        assert blocking(findings) == []

    def test_a_cold_start_is_said(self, desk: Desk) -> None:
        cold = desk.plan(SMALL, latency_ms_p95=10_000, throughput_rps=0.01)
        assert cold.component("serve").size["provisioned_concurrency"] == 0
        assert "feasibility.cold_start" in codes(criticise_feasibility(cold))
        assert "feasibility.cold_start" not in codes(criticise_feasibility(desk.plan(SMALL)))

    def test_quotas_of_a_new_account_are_named_with_their_codes(self, desk: Desk) -> None:
        made = desk.plan(FRAUD)
        [quota] = [
            f for f in criticise_feasibility(made) if f.code == "feasibility.quota" and f.slot == "serve"
        ]
        assert "L-3032A538" in quota.message
        size = made.component("serve").size
        assert f"{float(size['max_tasks']) * float(size['vcpu']):,.6g} needed" in quota.message

    def test_a_store_that_recovers_too_late_blocks(self, desk: Desk) -> None:
        made = desk.plan(CHURN)
        hasty = made.requirements.model_copy(update={"rto_minutes": 1.0})
        [finding] = blocking(criticise_feasibility(made.model_copy(update={"requirements": hasty})))
        assert (finding.code, finding.option) == (
            "feasibility.rto_over_target",
            made.component("store").option,
        )

    def test_many_services_in_series_are_a_warning(self, desk: Desk) -> None:
        assert "feasibility.coupling" in codes(criticise_feasibility(desk.plan(RAG)))
        assert "feasibility.coupling" not in codes(criticise_feasibility(desk.plan(SMALL)))

    def test_parts_that_nobody_writes_are_said(self, desk: Desk) -> None:
        made = desk.plan(SMALL)
        part = made.components[0].model_copy(update={"generated": False})
        [finding] = [
            f
            for f in criticise_feasibility(
                made.model_copy(update={"components": (part, *made.components[1:])})
            )
            if f.code == "feasibility.not_written"
        ]
        assert part.title in finding.message
        assert "feasibility.not_written" not in codes(criticise_feasibility(made))

    def test_a_team_of_one_is_warned_of_the_load(self, desk: Desk) -> None:
        assert "feasibility.team_load" in codes(criticise_feasibility(desk.plan(FRAUD, team_size=1)))
        assert "feasibility.team_load" not in codes(criticise_feasibility(desk.plan(FRAUD, team_size=5)))

    def test_single_points_are_named(self, desk: Desk) -> None:
        made = desk.plan(SMALL, availability_pct=99.0, deployment_preference="containers")
        assert made.component("serve").size["min_tasks"] == 1
        [point] = [f for f in criticise_feasibility(made) if f.code == "feasibility.single_point"]
        assert made.component("serve").title in point.message
        assert "feasibility.single_point" not in codes(criticise_feasibility(desk.plan(FRAUD)))


class TestCost:
    def with_budget(self, made: Plan, usd: float) -> Plan:
        asked = made.requirements.model_copy(update={"budget_usd_month": usd})
        return made.model_copy(update={"requirements": asked})

    def test_names_the_three_biggest_lines(self, desk: Desk) -> None:
        [finding] = [f for f in criticise_cost(desk.plan(FRAUD)) if f.code == "cost.drivers"]
        told = finding.evidence.split("; ")
        heaviest = sorted(desk.plan(FRAUD).cost.lines, key=lambda line: -(line.monthly_usd or 0))[:3]
        assert len(told) == 3
        assert all(f"{line.option} {line.item}" in text for line, text in zip(heaviest, told, strict=True))

    def test_over_budget_blocks_the_heaviest_option(self, desk: Desk) -> None:
        [finding] = blocking(criticise_cost(self.with_budget(desk.plan(FRAUD), 100)))
        assert (finding.code, finding.option) == (
            "cost.over_budget",
            desk.plan(FRAUD).component("serve").option,
        )

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

    def test_prices_older_than_half_a_year_warn_on_the_estimate(self, desk: Desk) -> None:
        stale = plan(needs(SMALL), desk.catalogue, desk.prices, as_of=date(2027, 6, 1))
        assert isinstance(stale, Plan)
        assert "cost.stale_prices" in codes(criticise_cost(stale))
        assert "cost.stale_prices" not in codes(criticise_cost(desk.plan(SMALL)))

    def test_savings_name_the_amount_and_what_has_to_be_accepted(self, desk: Desk) -> None:
        made = desk.plan(FRAUD)
        told = [f for f in criticise_cost(made) if f.code == "cost.saving"]
        assert 0 < len(told) <= 3
        for finding, idea in zip(told, made.cost.savings, strict=False):
            assert f"${idea.monthly_usd:,.0f}" in finding.message
            assert idea.condition in finding.fix
            assert idea.source in finding.evidence

    def test_growth_beyond_the_budget_is_a_warning(self, desk: Desk) -> None:
        growing = desk.plan(FRAUD, growth_pct_year=100)
        [calm] = [f for f in criticise_cost(growing) if f.code == "cost.growth"]
        assert calm.severity == "info"
        tight = self.with_budget(growing, growing.cost.expected_usd + 1)
        [warned] = [f for f in criticise_cost(tight) if f.code == "cost.growth"]
        assert warned.severity == "warning"

"""Policy packs: what passes, warns, fails, and does not apply."""

import pytest

from libs.planning.models import Plan, PolicyResult
from libs.planning.policies.evaluation import blocking, evaluate_policies
from tests.unit.planning.scenes import CHURN, FRAUD, SMALL, VISION, Desk


def result(made: Plan, rule: str) -> PolicyResult:
    return next(r for r in evaluate_policies(made) if r.rule == rule)


def refitted(made: Plan, slot: str, **facts: object) -> Plan:
    """The plan with some facts of one component changed."""
    components = tuple(
        c.model_copy(update={"title": "Something else", "facts": {**c.facts, **facts}})
        if c.slot == slot
        else c
        for c in made.components
    )
    return made.model_copy(update={"components": components})


class TestPlannedDesigns:
    @pytest.mark.parametrize(
        ("brief", "regimes"),
        [
            (FRAUD, ["PCI-DSS"]),
            (FRAUD, ["PCI-DSS", "SOC2", "GDPR"]),
            (SMALL, ["HIPAA"]),
            (CHURN, ["GDPR"]),
            (CHURN, ["PCI-DSS", "HIPAA", "SOC2"]),
            (VISION, []),
        ],
    )
    def test_fail_nothing(self, desk: Desk, brief: dict, regimes: list[str]) -> None:
        assert blocking(evaluate_policies(desk.plan(brief, compliance=regimes))) == ()


class TestRules:
    def test_packs_apply_by_regime(self, desk: Desk) -> None:
        outcomes = {r.rule: r.outcome for r in evaluate_policies(desk.plan(FRAUD))}
        assert outcomes["pci_dss.encryption_at_rest"] == "pass"
        assert outcomes["hipaa.encryption_at_rest"] == "not_applicable"
        assert outcomes["baseline.private_network"] == "pass"

    @pytest.mark.parametrize(
        ("slot", "fact", "value", "rule"),
        [
            ("network", "internet_egress", True, "pci_dss.no_way_out"),
            ("security", "own_keys", False, "pci_dss.key_management"),
            ("serve", "waf", False, "pci_dss.web_application_firewall"),
            ("orchestrate", "step_records", False, "pci_dss.step_records"),
            ("network", "internet_egress", True, "baseline.restricted_without_internet"),
        ],
    )
    def test_a_wrong_choice_fails_with_evidence_control_and_fix(
        self, desk: Desk, slot: str, fact: str, value: bool, rule: str
    ) -> None:
        found = result(refitted(desk.plan(FRAUD), slot, **{fact: value}), rule)
        assert found.outcome == "fail"
        assert found.slot == slot
        assert "Something else" in found.evidence
        assert found.control
        assert found.fix

    def test_personal_data_outside_the_union_is_a_warning(self, desk: Desk) -> None:
        away = desk.plan(CHURN, compliance=["GDPR"], regions=["us-east-1"])
        assert result(away, "gdpr.transfers").outcome == "warn"
        assert result(desk.plan(CHURN, compliance=["GDPR"]), "gdpr.transfers").outcome == "pass"

    def test_targets_are_rules_too(self, desk: Desk) -> None:
        made = desk.plan(FRAUD)
        tight = made.model_copy(update={"latency": made.latency.model_copy(update={"target_ms": 1.0})})
        assert result(tight, "baseline.latency_target").outcome == "fail"
        poor = made.model_copy(
            update={"requirements": made.requirements.model_copy(update={"budget_usd_month": 1.0})}
        )
        assert result(poor, "baseline.budget").outcome == "fail"
        assert result(made, "baseline.budget").outcome == "not_applicable"
        down = made.availability.model_copy(update={"expected_pct": 90.0})
        assert (
            result(made.model_copy(update={"availability": down}), "baseline.availability_target").outcome
            == "fail"
        )
        blind = made.model_copy(update={"cost": made.cost.model_copy(update={"unknown_lines": 2})})
        assert result(blind, "baseline.prices_known").outcome == "warn"

    def test_a_single_task_is_a_warning_under_soc2(self, desk: Desk) -> None:
        made = desk.plan(SMALL, compliance=["SOC2"])
        alone = made.availability.model_copy(update={"single_points": ("serve: one task",)})
        assert result(made.model_copy(update={"availability": alone}), "soc2.capacity").outcome == "warn"

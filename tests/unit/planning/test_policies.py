"""Policy packs: what passes, warns, fails, and does not apply."""

from importlib import resources

import pytest

from libs.planning.errors import PoliciesUnusable
from libs.planning.models import Plan, PolicyResult
from libs.planning.policies.evaluation import blocking, evaluate_policies
from libs.planning.policies.loading import PACKS, load_packs, parse_packs
from tests.unit.planning.scenes import CHURN, FRAUD, SMALL, VISION, Desk


def result(made: Plan, rule: str) -> PolicyResult:
    return next(r for r in evaluate_policies(made) if r.rule == rule)


def replaced(made: Plan, slot: str, option: str, title: str = "Something else", **size: object) -> Plan:
    components = tuple(
        c.model_copy(update={"option": option, "title": title, "size": size or c.size})
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
        ("slot", "option", "rule"),
        [
            ("network", "private_nat", "pci_dss.no_public_data_path"),
            ("security", "aws_managed_keys", "pci_dss.encryption_at_rest"),
            ("serve", "lambda_service", "pci_dss.web_application_firewall"),
            ("orchestrate", "eventbridge_scheduler", "pci_dss.step_records"),
            ("network", "private_nat", "baseline.restricted_without_internet"),
        ],
    )
    def test_a_wrong_choice_fails_with_evidence_control_and_fix(
        self, desk: Desk, slot: str, option: str, rule: str
    ) -> None:
        found = result(replaced(desk.plan(FRAUD), slot, option), rule)
        assert found.outcome == "fail"
        assert found.slot == slot
        assert "Something else" in found.evidence
        assert found.control
        assert found.fix

    def test_too_short_a_retention_fails(self, desk: Desk) -> None:
        short = replaced(desk.plan(FRAUD), "store", "s3_lake", storage_gb=10, retention_days=30)
        assert result(short, "pci_dss.audit_retention").outcome == "fail"

    def test_personal_data_outside_the_union_is_a_warning(self, desk: Desk) -> None:
        away = desk.plan(CHURN, compliance=["GDPR"], regions=["us-east-1"])
        assert result(away, "gdpr.region_in_union").outcome == "warn"
        assert result(desk.plan(CHURN, compliance=["GDPR"]), "gdpr.region_in_union").outcome == "pass"

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
        made = desk.plan(
            SMALL, compliance=["SOC2"], deployment_preference="containers", availability_pct=99.0
        )
        assert result(made, "soc2.availability").outcome == "warn"


class TestPacks:
    def test_every_file_is_listed(self) -> None:
        files = {entry.name for entry in resources.files("libs.planning.policies").iterdir()}
        assert {name for name in files if name.endswith(".yaml")} == {f"{name}.yaml" for name in PACKS}
        assert [pack.id for pack in load_packs()] == list(PACKS)

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("title: [", "not readable"),
            ("title: x\nrules:\n  - {id: a}", "rules.0"),
            ("title: x\nrules: 3", "rules"),
            (
                "title: x\nrules:\n"
                + "  - {id: a, control: c, message: m, test: {kind: budget_met}, otherwise: fail, fix: f}\n"
                * 2,
                "used twice",
            ),
        ],
    )
    def test_a_bad_one_is_refused_with_file_and_reason(self, text: str, reason: str) -> None:
        with pytest.raises(PoliciesUnusable) as caught:
            parse_packs({"ours": text})
        assert "ours.yaml" in caught.value.message
        assert reason in caught.value.message

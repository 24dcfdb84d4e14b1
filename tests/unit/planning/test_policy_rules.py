"""Rules on a plan: each passes on a plan that meets it and fails on one that does not."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from libs.planning.policies import rules
from libs.planning.policies.judging import judge
from libs.planning.policies.packs import load_packs
from tests.unit.planning.policy_scenes import (
    AS_OF,
    FILES,
    SLOTS,
    Document,
    good_plan,
    judged,
    with_fact,
    with_value,
)

SPOILED_TARGETS = {
    "availability_met": ("availability.expected_pct", 90.0),
    "latency_met": ("latency.conservative_p95_ms", 100.5),
    "budget_met": ("cost.expected_usd", 1000.01),
    "prices_known": ("cost.unknown_lines", 2),
}
ALL = [(f"{pack.id}.{rule.id}", rule) for pack in load_packs().packs for rule in pack.rules]
ON_PLANS = [(name, rule) for name, rule in ALL if not isinstance(rule.test, rules.Resource | rules.Terraform)]


def fitting(rule: rules.Rule) -> Document:
    """The good plan, in the scope of the rule."""
    classes = rule.scope.data_classification
    return with_value(
        good_plan(), "requirements.data_classification", classes[0] if classes else "restricted"
    )


def spoiled(plan: Document, test: rules.Test) -> Document:
    """The plan as the test does not want it."""
    match test:
        case rules.EachHas() | rules.EachLacks():
            slot = next(s for s in SLOTS if test.covers(s))
            return with_fact(plan, (slot,), test.fact, isinstance(test, rules.EachLacks))
        case rules.SomeHas():
            return with_fact(plan, tuple(SLOTS), test.fact, False)
        case rules.InScope():
            return with_fact(plan, ("serve",), "compliance", [])
        case rules.SizeAtLeast():
            plan["components"][SLOTS.index("store")]["size"] = {test.key: test.value - 1}
            return plan
        case rules.RegionIn():
            return with_value(plan, "requirements.region", "us-east-1")
        case rules.NoSinglePoint():
            return with_value(plan, "availability.single_points", ["serve: one task"])
        case rules.Target():
            place, value = SPOILED_TARGETS[test.kind]
            return with_value(plan, place, value)
    raise AssertionError(test)


class TestEveryRuleOnPlans:
    @pytest.mark.parametrize(("name", "rule"), ON_PLANS, ids=[name for name, _ in ON_PLANS])
    def test_passes_where_it_is_met_and_speaks_up_where_it_is_not(self, name: str, rule: rules.Rule) -> None:
        plan = fitting(rule)
        assert [r.outcome for r in judged(plan, name, repository=FILES)] == ["pass"]
        if isinstance(rule.test, rules.FileExists):
            found = judged(plan, name, repository=())
        else:
            found = judged(spoiled(plan, rule.test), name, repository=FILES)
        assert [r.outcome for r in found] == [rule.severity]
        assert found[0].evidence
        assert found[0].fix
        assert found[0].control == rule.control

    def test_a_good_plan_fails_nothing(self) -> None:
        results = judge(good_plan(), load_packs().packs, as_of=AS_OF, repository=FILES)
        assert [r.rule for r in results if r.outcome in ("fail", "warn")] == []

    def test_bare_components_fail_what_a_design_must_have(self) -> None:
        plan = good_plan()
        for component in plan["components"]:
            component["facts"] = {}
        failed = {r.rule for r in judge(plan, load_packs().packs, as_of=AS_OF) if r.outcome == "fail"}
        assert {
            "baseline.encryption_at_rest",
            "baseline.private_network",
            "pci_dss.key_management",
            "hipaa.business_associates",
            "gdpr.storage_limitation",
            "soc2.change_management",
            "law25.destruction",
            "ml_governance.approval",
        } <= failed


class TestEvidence:
    @pytest.mark.parametrize(
        ("slot", "fact", "value", "rule", "evidence"),
        [
            (
                "network",
                "internet_egress",
                True,
                "pci_dss.no_way_out",
                "The network service: way out to the Internet",
            ),
            (
                "security",
                "own_keys",
                False,
                "hipaa.own_keys",
                "The security service: no customer managed keys",
            ),
            (
                "serve",
                "waf",
                False,
                "pci_dss.web_application_firewall",
                "The serve service: no web application firewall",
            ),
            (
                "store",
                "expires_data",
                False,
                "gdpr.storage_limitation",
                "The store service: no deletion after",
            ),
            (
                "llm",
                "data_leaves_account",
                True,
                "baseline.guarded_data_stays",
                "The llm service: data goes to another",
            ),
            (
                "registry",
                "approval",
                False,
                "ml_governance.approval",
                "The registry service: no approval status",
            ),
            (
                "orchestrate",
                "step_records",
                False,
                "soc2.step_records",
                "The orchestrate service: no records of steps",
            ),
        ],
    )
    def test_names_the_component_that_is_to_blame(
        self, slot: str, fact: str, value: bool, rule: str, evidence: str
    ) -> None:
        (found,) = judged(with_fact(good_plan(), (slot,), fact, value), rule)
        assert found.evidence.startswith(evidence)
        if slot != "llm":
            assert found.slot == slot

    def test_every_component_at_fault_has_a_result_of_its_own(self) -> None:
        found = judged(
            with_fact(good_plan(), ("process", "train"), "task_roles", False), "baseline.least_privilege"
        )
        assert [(r.slot, r.outcome) for r in found] == [("process", "fail"), ("train", "fail")]

    def test_a_size_is_quoted_with_what_was_asked_for(self) -> None:
        plan = good_plan()
        plan["components"][SLOTS.index("store")]["size"] = {"retention_days": 30}
        (found,) = judged(plan, "ml_governance.records_kept")
        assert found.evidence == "The store service: retention_days = 30, 183 asked for"


class TestScope:
    def test_a_regime_that_is_not_asked_for_does_not_apply(self) -> None:
        plan = with_value(good_plan(), "requirements.compliance", ["GDPR"])
        results = judge(plan, load_packs().packs, as_of=AS_OF)
        assert {r.outcome for r in results if r.pack == "hipaa"} == {"not_applicable"}
        assert {r.evidence for r in results if r.pack == "hipaa"} == {"HIPAA is not asked for"}
        assert "pass" in {r.outcome for r in results if r.pack == "gdpr"}

    def test_rules_of_restricted_data_leave_public_data_alone(self) -> None:
        plan = with_value(good_plan(), "requirements.data_classification", "public")
        open_ = with_fact(plan, ("serve",), "public_endpoint", True)
        (found,) = judged(open_, "baseline.restricted_private_serving")
        assert found.outcome == "not_applicable"
        assert found.evidence == "data is public"

    def test_a_language_model_without_an_evaluation_slot_fails(self) -> None:
        plan = good_plan()
        plan["components"] = [c for c in plan["components"] if c["slot"] != "evaluation"]
        plan = with_fact(plan, tuple(SLOTS), "evaluation_set", False)
        assert [r.outcome for r in judged(plan, "ml_governance.evaluation_set")] == ["fail"]

    def test_targets_that_were_not_given_do_not_apply(self) -> None:
        plan = with_value(
            with_value(good_plan(), "requirements.budget_usd_month", None), "latency.target_ms", None
        )
        assert judged(plan, "baseline.budget")[0].outcome == "not_applicable"
        assert judged(plan, "baseline.latency_target")[0].outcome == "not_applicable"

    def test_what_is_generated_later_does_not_apply_yet(self) -> None:
        assert judged(good_plan(), "ml_governance.model_card")[0].outcome == "not_applicable"
        (found,) = judged(good_plan(), "baseline.tf_key_rotation")
        assert (found.outcome, found.evidence) == ("not_applicable", "Terraform is not generated yet")


class TestHostileValues:
    @pytest.mark.parametrize(
        "text",
        ['"}{', "\\", "%s {0} {title}", "line\nbreak\x00", "\u202e\ud83d", "${jndi:x}", "' or 1=1 --", ""],
    )
    def test_are_shown_as_they_are_and_change_no_outcome(self, text: str) -> None:
        calm = with_fact(good_plan(), ("store",), "backups", False)
        wild = with_fact(good_plan(), ("store",), "backups", False)
        for component in wild["components"]:
            component["title"] = text
            component["option"] = text
            component["size"][text] = text
        outcomes = [
            [(r.rule, r.outcome) for r in judge(plan, load_packs().packs, as_of=AS_OF)]
            for plan in (calm, wild)
        ]
        assert outcomes[0] == outcomes[1]
        assert text in judged(wild, "baseline.backups")[0].evidence

    @pytest.mark.parametrize("value", ["true", 1, "yes", [], {}, None])
    def test_a_fact_that_is_not_true_does_not_count(self, value: object) -> None:
        plan = with_fact(good_plan(), ("security",), "audit_trail", value)
        assert judged(plan, "baseline.audit_trail")[0].outcome == "fail"

    def test_a_size_that_is_no_number_is_passed_over_and_nan_does_not_pass(self) -> None:
        plan = good_plan()
        plan["components"][SLOTS.index("store")]["size"] = {"retention_days": "forever"}
        assert judged(plan, "ml_governance.records_kept")[0].outcome == "not_applicable"
        plan["components"][SLOTS.index("store")]["size"] = {"retention_days": float("nan")}
        assert judged(plan, "ml_governance.records_kept")[0].outcome == "warn"


def test_threads_get_the_same_results() -> None:
    packs = load_packs().packs
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: judge(good_plan(), packs, as_of=AS_OF), range(8)))
    assert all(results == found[0] for results in found)

"""Policies on a plan as the planner hands it over."""

from datetime import date

from libs.planning.models import (
    Availability,
    Component,
    CostEstimate,
    LatencyBudget,
    Plan,
    Requirements,
    Slot,
)
from libs.planning.policies.evaluation import blocking, evaluate_policies
from libs.planning.policies.packs import load_packs, parse_waivers
from libs.planning.policies.terraform import terraform_input
from tests.unit.planning.policy_scenes import good_facts

SLOTS: tuple[Slot, ...] = (
    "ingest",
    "store",
    "process",
    "features",
    "orchestrate",
    "train",
    "registry",
    "serve",
    "observe",
    "cicd",
    "network",
    "security",
)


def planned(**changed: object) -> Plan:
    """A plan under PCI DSS whose components have every fact that is wanted, but for those of the network."""
    facts = {**good_facts(), **changed}
    return Plan.model_construct(
        requirements=Requirements.model_construct(
            archetype="online_api",
            ml_task="classification",
            compliance=("PCI-DSS",),
            data_classification="restricted",
            region="eu-west-1",
            budget_usd_month=None,
        ),
        components=tuple(
            Component.model_construct(
                slot=slot,
                option=slot,
                title=f"The {slot} service",
                size={"retention_days": 400},
                facts=facts if slot == "network" else good_facts(),
            )
            for slot in SLOTS
        ),
        cost=CostEstimate.model_construct(
            expected_usd=5.0, unknown_lines=0, lines=(), as_of=date(2026, 11, 21)
        ),
        latency=LatencyBudget.model_construct(hops=(), conservative_p95_ms=5.0, target_ms=100.0),
        availability=Availability.model_construct(expected_pct=99.9, target_pct=99.0, single_points=()),
    )


def failures(plan: Plan, **more: object) -> set[tuple[str, str | None]]:
    return {(r.rule, r.slot) for r in blocking(evaluate_policies(plan, **more))}  # type: ignore[arg-type]


class TestPlans:
    def test_a_good_one_fails_nothing(self) -> None:
        assert failures(planned()) == set()

    def test_a_way_out_blocks_and_names_the_slot(self) -> None:
        assert failures(planned(internet_egress=True)) == {
            ("pci_dss.no_way_out", "network"),
            ("baseline.restricted_without_internet", "network"),
        }

    def test_a_waiver_lets_it_pass_until_its_day(self) -> None:
        text = "- {rule: RULE, owner: Ada, reason: closed by the firewall, expires: 2026-12-31}\n"
        waivers = parse_waivers(
            "".join(
                text.replace("RULE", rule)
                for rule in ("pci_dss.no_way_out", "baseline.restricted_without_internet")
            )
        )
        plan = planned(internet_egress=True)
        assert failures(plan, waivers=waivers) == set()
        assert len(failures(plan, waivers=waivers, as_of=date(2027, 1, 1))) == 2

    def test_terraform_is_judged_with_the_plan(self) -> None:
        terraform = terraform_input({"main.tf": 'resource "aws_kms_key" "k" {\n  description = "d"\n}\n'})
        found = [
            r
            for r in evaluate_policies(planned(), terraform=terraform)
            if r.rule == "baseline.tf_key_rotation"
        ]
        assert [(r.outcome, r.file, r.line) for r in found] == [("fail", "main.tf", 1)]

    def test_packs_can_be_chosen(self) -> None:
        packs = tuple(pack for pack in load_packs().packs if pack.id == "soc2")
        assert {r.pack for r in evaluate_policies(planned(), packs)} == {"soc2"}

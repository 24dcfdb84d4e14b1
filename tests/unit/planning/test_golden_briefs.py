"""Golden briefs: from the text to the judged design, each held to the properties that an architect would insist on."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from libs.intake.extraction import extract
from libs.intake.models import Conflict, Constraint
from libs.planning.catalogue.loading import load_catalogue
from libs.planning.catalogue.models import Catalogue
from libs.planning.conflicts import conflicts
from libs.planning.costs_critic import criticise_cost
from libs.planning.feasibility import criticise_feasibility
from libs.planning.models import Finding, Infeasible, Plan, PolicyResult, Question, Requirements
from libs.planning.policies.evaluation import evaluate_policies
from libs.planning.prices.lookup import Prices, load_prices
from libs.planning.questions import questions
from libs.planning.requirements import resolve
from libs.planning.solver import plan
from tests.unit.planning.holding import violations
from tests.unit.planning.scenes import AS_OF

FILE = Path(__file__).parent / "golden" / "briefs.yaml"
REPLANS = 3
"""As often as the workflow sends a design back to the planner."""
BRIEFS: dict[str, dict[str, Any]] = {b["id"]: b for b in yaml.safe_load(FILE.read_text(encoding="utf-8"))}


@dataclass(frozen=True)
class Outcome:
    """What became of a brief."""

    constraints: tuple[Constraint, ...]
    needs: Requirements
    conflicts: tuple[Conflict, ...]
    result: Plan | Infeasible
    policies: tuple[PolicyResult, ...]
    findings: tuple[Finding, ...]

    @property
    def plan(self) -> Plan:
        assert isinstance(self.result, Plan), self.result
        return self.result

    def asked(self) -> tuple[Question, ...]:
        catalogue, prices = knowledge()
        return questions(
            self.constraints,
            catalogue,
            prices,
            as_of=AS_OF,
            judge=lambda made: frozenset(r.rule for r in evaluate_policies(made) if r.outcome == "fail"),
        )


@cache
def knowledge() -> tuple[Catalogue, Prices]:
    return load_catalogue(), load_prices()


@cache
def outcome(name: str) -> Outcome:
    """Extracts, resolves, plans with every option, judges; refused options go back to the planner."""
    catalogue, prices = knowledge()
    stated = tuple(extract(BRIEFS[name]["brief"]).constraints)
    needs, _ = resolve(stated, AS_OF)
    found = conflicts(stated, needs, catalogue, prices)
    excluded: frozenset[tuple[Any, str]] = frozenset()
    for _ in range(1 + REPLANS):
        result = plan(needs, catalogue, prices, as_of=AS_OF, excluded=excluded)
        if isinstance(result, Infeasible):
            return Outcome(stated, needs, found, result, (), ())
        policies = evaluate_policies(result)
        findings = (*criticise_feasibility(result), *criticise_cost(result))
        chosen = {part.slot: part.option for part in result.components}
        refused = {(r.slot, chosen[r.slot]) for r in policies if r.outcome == "fail" and r.slot in chosen}
        refused |= {(f.slot, f.option) for f in findings if f.blocking and f.slot and f.option}
        if not refused - excluded:
            break
        excluded |= refused
    return Outcome(stated, needs, found, result, policies, findings)


def _options(got: Outcome) -> dict[str, str]:
    return {part.slot: part.option for part in got.plan.components}


def _archetype(got: Outcome, wanted: str) -> None:
    assert got.needs.archetype == wanted


def _requirements(got: Outcome, wanted: dict[str, Any]) -> None:
    planned_for = got.needs.to_json()
    assert {name: planned_for[name] for name in wanted} == wanted


def _region(got: Outcome, wanted: str) -> None:
    assert got.needs.region == wanted


def _usd_month(got: Outcome, wanted: list[float]) -> None:
    least, most = wanted
    assert least <= got.plan.cost.expected_usd <= most


def _one_of(got: Outcome, wanted: dict[str, list[str]]) -> None:
    assert {slot: _options(got)[slot] for slot in wanted if _options(got)[slot] not in wanted[slot]} == {}


def _none_of(got: Outcome, wanted: dict[str, list[str]]) -> None:
    assert {slot: _options(got)[slot] for slot in wanted if _options(got)[slot] in wanted[slot]} == {}


def _facts(got: Outcome, wanted: dict[str, list[str]]) -> None:
    missing = {
        slot: [f for f in facts if not got.plan.component(slot).facts.get(f)]
        for slot, facts in wanted.items()
    }  # type: ignore[arg-type]
    assert not any(missing.values()), missing


def _size_at_least(got: Outcome, wanted: dict[str, float]) -> None:
    for place, least in wanted.items():
        slot, key = place.split(".")
        assert float(got.plan.component(slot).size[key]) >= least, place  # type: ignore[arg-type]


def _capacity_least(got: Outcome, wanted: float) -> None:
    carried = got.plan.component("serve").capacity_rps
    assert carried is not None
    assert carried >= wanted


def _p95_ms_most(got: Outcome, wanted: float) -> None:
    assert 0 < got.plan.latency.conservative_p95_ms <= wanted


def _availability_least(got: Outcome, wanted: float) -> None:
    assert got.plan.availability.expected_pct >= wanted


def _retention_least(got: Outcome, wanted: int) -> None:
    kept = {slot: got.plan.component(slot).size.get("retention_days") for slot in ("ingest", "store")}
    assert all(days is not None and float(days) >= wanted for days in kept.values()), kept


def _infeasible(got: Outcome, wanted: list[str]) -> None:
    assert isinstance(got.result, Infeasible), _options(got)
    assert set(wanted) <= set(got.result.conflicting)
    assert got.result.relaxations


def _conflicts(got: Outcome, wanted: list[str]) -> None:
    assert set(wanted) <= {conflict.code for conflict in got.conflicts}


def _no_conflicts(got: Outcome, wanted: list[str]) -> None:
    assert not set(wanted) & {conflict.code for conflict in got.conflicts}


def _asks(got: Outcome, wanted: list[str]) -> None:
    assert set(wanted) <= {question.field for question in got.asked()}


def _asks_nothing(got: Outcome, wanted: bool) -> None:
    assert (got.asked() == ()) is wanted, [(q.field, q.swing) for q in got.asked()]


def _asks_some(got: Outcome, wanted: bool) -> None:
    assert (1 <= len(got.asked()) <= 5) is wanted


def _findings(got: Outcome, wanted: list[str]) -> None:
    assert set(wanted) <= {finding.code for finding in got.findings}


def _slots(got: Outcome, wanted: list[str]) -> None:
    assert set(wanted) <= set(_options(got))


def _no_slots(got: Outcome, wanted: list[str]) -> None:
    assert not set(wanted) & set(_options(got))


def _cheaper_than(got: Outcome, wanted: str) -> None:
    assert got.plan.cost.expected_usd < outcome(wanted).plan.cost.expected_usd


def _dearer_than(got: Outcome, wanted: str) -> None:
    assert got.plan.cost.expected_usd > outcome(wanted).plan.cost.expected_usd


def _policy_fails(got: Outcome, wanted: list[str]) -> None:
    assert {r.rule for r in got.policies if r.outcome == "fail"} == set(wanted)


CHECKS: dict[str, Callable[[Outcome, Any], None]] = {
    "archetype": _archetype,
    "requirements": _requirements,
    "region": _region,
    "usd_month": _usd_month,
    "one_of": _one_of,
    "none_of": _none_of,
    "facts": _facts,
    "size_at_least": _size_at_least,
    "capacity_least": _capacity_least,
    "p95_ms_most": _p95_ms_most,
    "availability_least": _availability_least,
    "retention_least": _retention_least,
    "infeasible": _infeasible,
    "conflicts": _conflicts,
    "no_conflicts": _no_conflicts,
    "asks": _asks,
    "asks_nothing": _asks_nothing,
    "asks_some": _asks_some,
    "findings": _findings,
    "slots": _slots,
    "no_slots": _no_slots,
    "cheaper_than": _cheaper_than,
    "dearer_than": _dearer_than,
    "policy_fails": _policy_fails,
}
"""What each key of `must` holds a design to."""


READING = ("archetype", "requirements", "region", "conflicts", "no_conflicts")
"""Keys that hold what was read of the text; the others hold what was designed for it."""


def _cases(*reasons: str) -> list[Any]:
    """Every brief; expected to fail where it gives one of these reasons."""
    cases = []
    for name, brief in BRIEFS.items():
        given = [brief[reason] for reason in reasons if reason in brief]
        marks = [pytest.mark.xfail(reason=given[0], strict=True)] if given else []
        cases.append(pytest.param(name, id=name, marks=marks))
    return cases


@pytest.mark.parametrize("name", _cases("misread", "xfail"))
def test_the_brief_is_read_as_it_is_meant(name: str) -> None:
    must, got = BRIEFS[name]["must"], outcome(name)
    for key in READING:
        if key in must:
            CHECKS[key](got, must[key])
    assert got.constraints


@pytest.mark.parametrize("name", _cases("xfail"))
def test_the_design_has_what_an_architect_would_insist_on(name: str) -> None:
    must, got = BRIEFS[name]["must"], outcome(name)
    for key, wanted in must.items():
        if key not in READING:
            CHECKS[key](got, wanted)
    assert isinstance(got.result, Infeasible) is ("infeasible" in must), got.result
    if isinstance(got.result, Plan):
        failed = {r.rule: r.evidence for r in got.policies if r.outcome == "fail"}
        assert {rule: why for rule, why in failed.items() if rule not in must.get("policy_fails", ())} == {}
        assert [finding.message for finding in got.findings if finding.blocking] == []
        assert violations(got.result) == []
        assert got.result.cost.unknown_lines == 0


@pytest.mark.parametrize("name", BRIEFS)
def test_a_golden_brief_is_written_the_way_the_runner_reads_it(name: str) -> None:
    brief = BRIEFS[name]
    assert set(brief) <= {"id", "why", "brief", "must", "xfail", "misread"}
    assert set(brief["must"]) <= set(CHECKS), "an unknown key would hold nothing"
    assert brief["why"]
    assert brief["must"]


def test_there_are_enough_of_them_and_each_has_a_name_of_its_own() -> None:
    listed = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    assert len(listed) == len(BRIEFS) >= 25
    named = [b["must"][key] for b in listed for key in ("cheaper_than", "dearer_than") if key in b["must"]]
    assert set(named) <= set(BRIEFS)

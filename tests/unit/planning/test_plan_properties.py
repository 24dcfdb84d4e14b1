"""What every plan keeps, over many requirements of every kind."""

import itertools
import math
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from libs.planning import candidates, optimiser
from libs.planning.candidates import Candidate, Pool
from libs.planning.catalogue.models import Catalogue, Option
from libs.planning.models import Infeasible, Plan, Requirements, Slot
from libs.planning.optimiser import Rules, Solution
from libs.planning.solver import plan
from tests.unit.planning.demands import RAISED, TIGHTENED, raised, requirements, tightened
from tests.unit.planning.holding import violations
from tests.unit.planning.scenes import AS_OF, CHURN, FRAUD, RAG, SMALL, VISION, Desk

BOUNDED = settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
FEW = settings(BOUNDED, max_examples=10)
FREE = Rules({}, frozenset())
STREAM: dict[Any, Any] = {"workloads": ["streaming_inference"], "throughput_rps": 500}

either = pytest.mark.parametrize("written_only", [False, True], ids=["every option", "written only"])


def rate(asked: Requirements) -> float:
    return asked.assumptions["ops_hour_rate_usd"]


def objective(asked: Requirements, solution: Solution) -> float:
    return sum(c.monthly_usd + c.option.ops_hours_month * rate(asked) for c in solution.chosen)


@either
class TestEveryPlan:
    @BOUNDED
    @given(asked=requirements())
    def test_holds_every_hard_constraint_or_says_why_not(
        self, asked: Requirements, written_only: bool, desk: Desk
    ) -> None:
        result = plan(asked, desk.catalogue, desk.prices, as_of=AS_OF, written_only=written_only)
        if isinstance(result, Infeasible):
            event("infeasible")
            assert result.conflicting
            assert result.message
        else:
            event(f"{asked.archetype} {asked.ml_task == 'llm_rag'}")
            assert violations(result, written_only=written_only) == []

    @FEW
    @given(asked=requirements())
    def test_has_alternatives_that_differ_hold_too_and_never_beat_the_objective(
        self, asked: Requirements, written_only: bool, desk: Desk
    ) -> None:
        result = plan(asked, desk.catalogue, desk.prices, as_of=AS_OF, written_only=written_only)
        assume(isinstance(result, Plan))
        assert isinstance(result, Plan)
        shapes = [
            tuple((c.option, tuple(sorted(c.size.items()))) for c in components)
            for components in [result.components, *(a.components for a in result.alternatives)]
        ]
        assert len(set(shapes)) == len(shapes)
        for other in result.alternatives:
            value = other.monthly_usd + other.ops_hours_month * rate(asked)
            assert value >= result.objective - 0.02
            assert asked.budget_usd_month is None or other.monthly_usd <= asked.budget_usd_month + 0.01
            assert asked.latency_ms_p95 is None or (other.p95_ms or 0) <= asked.latency_ms_p95
            assert other.availability_pct >= asked.availability_pct - 1e-5

    @FEW
    @given(asked=requirements())
    def test_the_same_requirements_give_the_same_bytes(
        self, asked: Requirements, written_only: bool, desk: Desk
    ) -> None:
        first, second = (
            plan(asked, desk.catalogue, desk.prices, as_of=AS_OF, written_only=written_only) for _ in range(2)
        )
        assert first.model_dump_json() == second.model_dump_json()


class TestRunsOverQuestions:
    @settings(BOUNDED, max_examples=25)
    @given(
        asked=requirements(),
        daily=st.floats(1, 7).map(lambda power: 10**power),
        words=st.integers(10, 4000),
        often=st.sampled_from(["hourly", "daily", "weekly", "quarterly"]),
        places=st.integers(4, 100),
    )
    def test_are_over_in_time_with_the_questions_that_a_machine_asks_at_once(
        self, asked: Requirements, daily: float, words: int, often: Any, places: int, desk: Desk
    ) -> None:
        run: dict[str, Any] = {
            "archetype": "batch_scoring", "ml_task": "llm_rag", "latency_ms_p95": None, "streaming": False,
            "answers_requests": True, "budget_usd_month": None, "predictions_per_day": daily,
            "throughput_rps": 0.001, "output_tokens": words, "scoring_frequency": often,
            "assumptions": {**asked.assumptions, "questions_at_once": places},
        }  # fmt: skip
        result = plan(asked.model_copy(update=run), desk.catalogue, desk.prices, as_of=AS_OF)
        event(type(result).__name__)
        assert isinstance(result, Infeasible) or violations(result) == []


class TestOptimum:
    @settings(BOUNDED, max_examples=25)
    @given(asked=requirements(), data=st.data())
    def test_no_combination_of_a_small_catalogue_is_better(
        self, asked: Requirements, data: st.DataObject, desk: Desk
    ) -> None:
        pool = candidates.pool(asked, thinned(desk.catalogue, asked, data), desk.prices)
        solution, least = optimiser.best(pool, FREE), walked(pool)
        event("none" if solution is None else "found")
        if solution is None:
            assert least is None
        else:
            assert least == pytest.approx(objective(asked, solution), abs=0.01)

    @BOUNDED
    @given(
        asked=requirements(),
        written_only=st.booleans(),
        aim=st.sampled_from(["objective", "cost", "operation", "latency", "availability"]),
        data=st.data(),
    )
    def test_the_shortcut_and_the_whole_model_agree(
        self,
        asked: Requirements,
        written_only: bool,
        aim: optimiser.Aim,
        data: st.DataObject,
        desk: Desk,
    ) -> None:
        pool = candidates.pool(asked, desk.catalogue, desk.prices, written_only=written_only)
        option = data.draw(st.sampled_from([c.option for c in pool.candidates]))
        forced: dict[Slot, str] = data.draw(st.sampled_from([{}, {option.slot: option.id}]))
        rules = Rules(forced, frozenset())
        short, modelled = optimiser.best(pool, rules, aim), optimiser.best(pool, rules, aim, shortcut=False)
        assert (short and short.keys) == (modelled and modelled.keys)


def thinned(catalogue: Catalogue, asked: Requirements, data: st.DataObject) -> Catalogue:
    """Three options a slot at most: few enough to walk through all that go together."""
    kept: list[Option] = []
    for _, group in itertools.groupby(catalogue.options, key=lambda option: option.slot):
        offered = [option for option in group if asked.archetype in option.archetypes]
        kept += data.draw(st.permutations(offered))[:3]
    return Catalogue(options=tuple(kept), figures=catalogue.figures, loads=catalogue.loads)


def walked(pool: Pool) -> float | None:
    """The least objective by walking through the combinations, leaving out only what no completion can mend."""
    asked = pool.needs
    groups = [[c for c in pool.of_slot(slot) if not c.blocks and not c.unpriced] for slot in pool.slots]
    if not all(groups):
        return None

    def value(candidate: Candidate) -> float:
        return candidate.monthly_usd + candidate.option.ops_hours_month * rate(asked)

    def loss(candidate: Candidate) -> float:
        return -math.log(candidate.availability_pct / 100)

    measures = (value, lambda c: c.monthly_usd, lambda c: c.p95_ms, loss)
    limits = (
        math.inf,
        math.inf if asked.budget_usd_month is None else asked.budget_usd_month + 1e-6,
        math.inf if asked.latency_ms_p95 is None else asked.latency_ms_p95 + 1e-6,
        -math.log(asked.availability_pct / 100) + 1e-10,
    )
    rest = [
        [sum(min(measure(c) for c in group) for group in groups[i:]) for measure in measures]
        for i in range(len(groups) + 1)
    ]
    best = math.inf

    def walk(depth: int, chosen: tuple[Candidate, ...], sums: tuple[float, ...]) -> None:
        nonlocal best
        reach = [held + least for held, least in zip(sums, rest[depth], strict=True)]
        if reach[0] >= best or any(r > limit for r, limit in zip(reach, limits, strict=True)):
            return
        if depth == len(groups):
            if paired(chosen, pool):
                best = sums[0]
            return
        for candidate in sorted(groups[depth], key=value):
            added = (measure(candidate) for measure in measures)
            walk(depth + 1, (*chosen, candidate), tuple(map(sum, zip(sums, added, strict=True))))

    walk(0, (), (0.0,) * len(measures))
    return None if best == math.inf else best


def paired(chosen: tuple[Candidate, ...], pool: Pool) -> bool:
    taken = {(c.slot, c.option.id) for c in chosen}
    return all(
        taken & set(pairing.partners)
        for c in chosen
        for pairing in c.option.requires
        if pairing.when(pool.names)
    )


@either
class TestDemand:
    @pytest.mark.parametrize("field", RAISED)
    @settings(BOUNDED, max_examples=8)
    @given(asked=requirements(), factor=st.floats(1.01, 30.0))
    def test_more_demand_never_lowers_the_objective(
        self,
        asked: Requirements,
        factor: float,
        field: str,
        written_only: bool,
        desk: Desk,
    ) -> None:
        more = raised(asked, field, factor)
        assume(more is not None)
        assert more is not None
        before, after = (
            optimiser.best(
                candidates.pool(needs, desk.catalogue, desk.prices, written_only=written_only), FREE
            )
            for needs in (asked, more)
        )
        if before is None:
            assert after is None
        elif after is not None:
            assert objective(more, after) >= objective(asked, before) - 0.01


@either
class TestConstraints:
    @pytest.mark.parametrize("field", TIGHTENED)
    @settings(BOUNDED, max_examples=5)
    @given(asked=requirements(), which=st.integers(0, 50))
    def test_one_more_never_adds_an_option(
        self,
        asked: Requirements,
        which: int,
        field: str,
        written_only: bool,
        desk: Desk,
    ) -> None:
        harder = tightened(asked, field, which)
        assume(harder is not None)
        assert harder is not None
        pools = [
            candidates.pool(needs, desk.catalogue, desk.prices, written_only=written_only)
            for needs in (asked, harder)
        ]
        added = usable(pools[1]) - usable(pools[0])
        assert added == set()


def usable(pool: Pool) -> set[tuple[Slot, str]]:
    """Options with which there is a design."""
    picks = dict.fromkeys((c.slot, c.option.id) for c in pool.candidates)
    found: set[tuple[Slot, str]] = set()
    for slot, option in picks:
        if (slot, option) not in found:
            solution = optimiser.best(pool, Rules({slot: option}, frozenset()))
            if solution is not None:
                unpriced = any(candidate.unpriced for candidate in solution.chosen)
                found |= {(slot, option)} if unpriced else solution.picks
    return found


class TestChecker:
    """The checker notices what is wrong with a plan; otherwise the properties above would say nothing."""

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"latency_ms_p95": 5.0}, "too slow"),
            ({"availability_pct": 99.999}, "no size|not available enough"),
            ({"throughput_rps": 40_000.0}, "no size|does not carry the peak"),
            ({"budget_usd_month": 10.0}, "over budget"),
            ({"growth_pct_year": 900.0}, "no size|does not carry the peak"),
            ({"region": "eu-west-1"}, "another region"),
            ({"ci_provider": "jenkins"}, "jenkins was named"),
            ({"rto_minutes": 0.5}, "away for more than"),
            ({"deployment_preference": "kubernetes"}, "deployed in another way"),
            ({"gpu_needed": True}, "no GPUs|without a GPU"),
            ({"streaming": True}, "stream"),
        ],
        ids=lambda value: "-".join(value) if isinstance(value, dict) else None,
    )
    def test_a_plan_does_not_hold_what_it_was_not_made_for(
        self, desk: Desk, change: dict[str, Any], said: str
    ) -> None:
        made = desk.plan(FRAUD)
        other = made.model_copy(update={"requirements": made.requirements.model_copy(update=change)})
        assert any(part in " ".join(violations(other)) for part in said.split("|")), violations(other)

    @pytest.mark.parametrize(
        "brief",
        [FRAUD, CHURN, SMALL, VISION, RAG, STREAM],
        ids=["fraud", "churn", "small", "vision", "rag", "stream"],
    )
    def test_a_line_that_is_missing_on_the_bill_is_noticed(self, desk: Desk, brief: dict[Any, Any]) -> None:
        made = desk.plan(brief)
        assert violations(made) == []
        shorter = made.cost.model_copy(update={"lines": made.cost.lines[1:]})
        assert violations(made.model_copy(update={"cost": shorter}))

    def test_data_that_leaves_its_area_is_noticed(self, desk: Desk) -> None:
        made = desk.plan(RAG, residency=["eu"], input_tokens=300)
        held = {"residency": ("us",)}
        assert violations(made) == []
        moved = made.model_copy(update={"requirements": made.requirements.model_copy(update=held)})
        assert any("lets data out of us" in said for said in violations(moved))

    def test_an_option_that_is_exchanged_is_noticed(self, desk: Desk) -> None:
        made = desk.plan(FRAUD)
        open_ways = [
            c.model_copy(update={"option": "private_nat", "size": {"azs": 2, "nat_gateways": 2}})
            if c.slot == "network"
            else c
            for c in made.components
        ]
        said = " ".join(violations(made.model_copy(update={"components": tuple(open_ways)})))
        assert "open way to the Internet" in said

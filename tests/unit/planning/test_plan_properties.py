"""What every plan keeps, over many requirements."""

import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from libs.planning import candidates, optimiser
from libs.planning.catalogue.models import Catalogue
from libs.planning.models import SLOTS, Infeasible, Plan, Requirements
from libs.planning.optimiser import Rules
from libs.planning.prices.lookup import Prices
from libs.planning.regions import PRICED
from libs.planning.solver import plan
from tests.unit.planning.holding import violations
from tests.unit.planning.scenes import AS_OF, FRAUD, needs

BOUNDED = settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
FEW = settings(BOUNDED, max_examples=12)
BASE = needs(FRAUD)


@st.composite
def requirements(draw: st.DrawFn, archetype: str | None = None) -> Requirements:
    kind = archetype or draw(st.sampled_from(["online_api", "batch_scoring"]))
    online = kind == "online_api"
    rps = draw(st.floats(0.05, 30_000))
    values: dict[str, Any] = {
        "archetype": kind,
        "ml_task": draw(
            st.sampled_from(
                ["classification", "regression", "anomaly", "ranking", "recommendation", "nlp", "vision"]
            )
        ),
        "latency_ms_p95": draw(st.sampled_from([None, 20.0, 50.0, 100.0, 300.0, 1000.0])) if online else None,
        "throughput_rps": rps,
        "predictions_per_day": rps * 86_400 / 2.5 if online else draw(st.floats(100, 2e8)),
        "budget_usd_month": draw(st.sampled_from([None, None, 60.0, 300.0, 3000.0, 50_000.0])),
        "region": draw(st.sampled_from(PRICED)),
        "compliance": draw(
            st.lists(
                st.sampled_from(["PCI-DSS", "HIPAA", "GDPR", "SOC2", "LAW25"]), unique=True, max_size=3
            ).map(tuple)
        ),
        "data_classification": draw(st.sampled_from(["public", "internal", "sensitive", "restricted"])),
        "availability_pct": draw(st.sampled_from([95.0, 99.0, 99.5, 99.9, 99.95, 99.98, 99.99])),
        "deployment_preference": draw(st.sampled_from([None, None, "serverless", "containers", "managed"])),
        "gpu_needed": draw(st.sampled_from([False, False, True])),
        "data_volume_gb": draw(st.floats(0.01, 4000)),
        "training_frequency": draw(st.sampled_from(["hourly", "daily", "weekly", "monthly", "on_demand"])),
        "streaming": online and draw(st.booleans()),
        "ops_hour_rate_usd": draw(st.sampled_from([0.0, 0.0, 5.0, 80.0])),
        "team_size": draw(st.integers(1, 12)),
        "sources": {},
    }
    return Requirements(**values)


def made(asked: Requirements, catalogue: Catalogue, prices: Prices) -> Plan | Infeasible:
    return plan(asked, catalogue, prices, as_of=AS_OF)


def best(
    asked: Requirements, catalogue: Catalogue, prices: Prices, **rules: Any
) -> optimiser.Solution | None:
    pool = candidates.pool(asked, catalogue, prices)
    return optimiser.best(pool, Rules(rules.get("forced", {}), frozenset()))


def objective(asked: Requirements, solution: optimiser.Solution) -> float:
    return solution.monthly_usd + solution.ops_hours * asked.ops_hour_rate_usd


class TestEveryPlan:
    @BOUNDED
    @given(asked=requirements())
    def test_holds_every_hard_constraint_or_says_why_not(
        self, asked: Requirements, catalogue: Catalogue, prices: Prices
    ) -> None:
        result = made(asked, catalogue, prices)
        if isinstance(result, Infeasible):
            assert result.conflicting
            assert result.message
        else:
            assert violations(result) == []

    @BOUNDED
    @given(asked=requirements())
    def test_has_alternatives_that_differ_and_never_beat_the_objective(
        self, asked: Requirements, catalogue: Catalogue, prices: Prices
    ) -> None:
        result = made(asked, catalogue, prices)
        if isinstance(result, Infeasible):
            return
        shapes = [
            tuple((c.option, tuple(sorted(c.size.items()))) for c in components)
            for components in [result.components, *(a.components for a in result.alternatives)]
        ]
        assert len(set(shapes)) == len(shapes)
        for other in result.alternatives:
            value = other.monthly_usd + other.ops_hours_month * asked.ops_hour_rate_usd
            assert value >= result.objective - 0.02
            assert asked.budget_usd_month is None or other.monthly_usd <= asked.budget_usd_month + 0.01
            assert asked.latency_ms_p95 is None or (other.p95_ms or 0) <= asked.latency_ms_p95
            assert other.availability_pct >= asked.availability_pct - 1e-5

    @FEW
    @given(asked=requirements())
    def test_the_same_requirements_give_the_same_bytes(
        self, asked: Requirements, catalogue: Catalogue, prices: Prices
    ) -> None:
        first, second = made(asked, catalogue, prices), made(asked, catalogue, prices)
        assert first.model_dump_json() == second.model_dump_json()

    @FEW
    @given(asked=requirements())
    def test_no_combination_is_better(
        self, asked: Requirements, catalogue: Catalogue, prices: Prices
    ) -> None:
        solution = best(asked, catalogue, prices)
        cheapest = enumerated(asked, catalogue, prices)
        if solution is None:
            assert cheapest is None
        else:
            assert cheapest == pytest.approx(objective(asked, solution), abs=0.01)

    @BOUNDED
    @given(
        asked=requirements(),
        aim=st.sampled_from(["objective", "operation", "latency", "availability"]),
        data=st.data(),
    )
    def test_the_shortcut_and_the_model_agree(
        self,
        asked: Requirements,
        catalogue: Catalogue,
        prices: Prices,
        aim: optimiser.Aim,
        data: st.DataObject,
    ) -> None:
        pool = candidates.pool(asked, catalogue, prices)
        option = data.draw(st.sampled_from([c.option for c in pool.candidates]))
        forced = data.draw(st.sampled_from([{}, {option.slot: option.id}]))
        rules = Rules(forced, frozenset())
        short, modelled = optimiser.best(pool, rules, aim), optimiser.best(pool, rules, aim, shortcut=False)
        assert (short and short.keys) == (modelled and modelled.keys)


def enumerated(asked: Requirements, catalogue: Catalogue, prices: Prices) -> float | None:
    """The least objective over all combinations, by walking them with bounds of their own."""
    pool = candidates.pool(asked, catalogue, prices)
    groups = []
    for slot in SLOTS:
        open_ones = [c for c in pool.of_slot(slot) if not c.blocks and not c.unpriced]
        if not open_ones:
            return None
        groups.append(open_ones)
    coupled = [i for i, slot in enumerate(SLOTS) if slot in ("features", "serve", "orchestrate", "train")]
    lowest: float | None = None
    for picked in itertools.product(*(groups[i] for i in coupled)):
        names = {c.option.id for c in picked}
        if "eventbridge_scheduler" in names and "fargate_training" not in names:
            continue
        up = 1.0
        for c in picked:
            up *= c.availability_pct / 100
        if up < asked.availability_pct / 100 - 1e-10:
            continue
        if asked.latency_ms_p95 is not None and sum(c.p95_ms for c in picked) > asked.latency_ms_p95:
            continue
        rest = [groups[i] for i in range(len(SLOTS)) if i not in coupled]
        for filling in (
            itertools.product(*rest) if asked.budget_usd_month is not None else [cheapest(rest, asked)]
        ):
            chosen = (*picked, *filling)
            money = sum(c.monthly_usd for c in chosen)
            if asked.budget_usd_month is not None and money > asked.budget_usd_month:
                continue
            value = money + sum(c.option.ops_hours_month for c in chosen) * asked.ops_hour_rate_usd
            lowest = value if lowest is None else min(lowest, value)
    return lowest


def cheapest(
    groups: list[list[candidates.Candidate]], asked: Requirements
) -> tuple[candidates.Candidate, ...]:
    rate = asked.ops_hour_rate_usd
    return tuple(
        min(group, key=lambda c: c.monthly_usd + c.option.ops_hours_month * rate) for group in groups
    )


class TestDemand:
    @BOUNDED
    @given(
        asked=requirements(),
        factor=st.floats(1.0, 40.0),
        field=st.sampled_from(["throughput_rps", "predictions_per_day", "data_volume_gb", "traffic"]),
    )
    def test_more_demand_never_costs_less(
        self, asked: Requirements, catalogue: Catalogue, prices: Prices, factor: float, field: str
    ) -> None:
        fields = ("throughput_rps", "predictions_per_day") if field == "traffic" else (field,)
        more = asked.model_copy(update={name: getattr(asked, name) * factor for name in fields})
        before, after = best(asked, catalogue, prices), best(more, catalogue, prices)
        if before is None:
            assert after is None
        elif after is not None:
            assert objective(more, after) >= objective(asked, before) - 0.01


TIGHTER: list[dict[str, Any]] = [
    {"budget_usd_month": 50.0},
    {"latency_ms_p95": 15.0},
    {"compliance": ("PCI-DSS", "HIPAA", "GDPR", "SOC2", "LAW25")},
    {"data_classification": "restricted"},
    {"availability_pct": 99.99},
    {"deployment_preference": "managed"},
]


class TestConstraints:
    @settings(BOUNDED, max_examples=15)
    @given(asked=requirements(), tighter=st.sampled_from(TIGHTER))
    def test_one_more_never_adds_an_option(
        self, asked: Requirements, catalogue: Catalogue, prices: Prices, tighter: dict[str, Any]
    ) -> None:
        if asked.deployment_preference or (
            asked.latency_ms_p95 is None and asked.archetype == "batch_scoring"
        ):
            tighter = {
                k: v for k, v in tighter.items() if k not in ("deployment_preference", "latency_ms_p95")
            }
        if asked.budget_usd_month is not None:
            tighter = {
                k: v for k, v in tighter.items() if k != "budget_usd_month" or v < asked.budget_usd_month
            }
        harder = asked.model_copy(update=tighter)
        for option in catalogue.options:
            if asked.archetype not in option.archetypes:
                continue
            forced = {option.slot: option.id}
            if best(asked, catalogue, prices, forced=forced) is None:
                assert best(harder, catalogue, prices, forced=forced) is None, option.id

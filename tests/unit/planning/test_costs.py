"""Arithmetic of the bill: what is unknown, free, tiered, elastic, estimated or old."""

from datetime import date, timedelta
from typing import Any

import pytest

from libs.intake.models import FieldName
from libs.planning import costs
from libs.planning.catalogue.formulas import formula, words
from libs.planning.catalogue.models import UseRule
from libs.planning.consumption import Charge
from libs.planning.costs_critic import criticise_cost
from libs.planning.models import CostEstimate, Plan, Slot
from libs.planning.prices.charging import monthly_cost
from libs.planning.prices.lookup import Method, Price, Prices
from libs.planning.solver import plan
from tests.unit.planning.scenes import AS_OF, SMALL, Desk, needs

MIDDLING: dict[FieldName, Any] = {
    "workloads": ["online_inference"],
    "throughput_rps": 50,
    "latency_ms_p95": 500,
}


def priced_at(usd: float, method: Method = "exact", **more: Any) -> Price:
    return Price(
        key="k.hour",
        region="us-east-1",
        unit="hour",
        usd=usd,
        source="a list",
        source_date=date(2026, 10, 1),
        method=method,
        **more,
    )


def charge(
    price: Price | None, quantity: float, *, elastic: bool = False, free: bool = False, slot: Slot = "serve"
) -> Charge:
    rule = UseRule(
        item="hours",
        price=words("k.hour"),
        quantity=formula(str(quantity)),
        formula=words("so many hours"),
        elastic=elastic,
        free=free,
    )
    monthly = None if price is None else monthly_cost(price, quantity, free)
    return Charge(slot, "ecs_fargate_service", rule, "k.hour", quantity, price, monthly, {})


def estimate(*items: Charge, as_of: date = AS_OF) -> CostEstimate:
    prices = Prices((priced_at(1.0),), {"us-east-1": 1.0}, date(2026, 11, 20))
    return costs.estimate(items, needs(SMALL), prices, {"traffic_low": 0.6, "traffic_high": 1.6}, as_of=as_of)


class TestEstimate:
    def test_an_unknown_line_is_counted_and_not_summed(self) -> None:
        bill = estimate(charge(priced_at(2.0), 3), charge(None, 5))
        assert (bill.expected_usd, bill.unknown_lines) == (6.0, 1)
        assert bill.lines[1].unit_price_usd is None
        assert bill.lines[1].monthly_usd is None
        assert (bill.lines[1].method, bill.lines[1].source) == ("unknown", "no figure known")

    def test_what_is_free_is_known_and_costs_nothing(self) -> None:
        (line,) = estimate(
            charge(priced_at(2.0, free_per_month=10, free_source="a page"), 3, free=True)
        ).lines
        assert (line.monthly_usd, line.unit_price_usd, line.source) == (0.0, 0.0, "a page")
        assert line.item.endswith("always free")

    def test_each_tier_that_is_reached_is_a_line(self) -> None:
        price = priced_at(2.0, tiers=((0.0, 2.0), (100.0, 1.0)))
        bill = estimate(charge(price, 150))
        assert [(line.quantity, line.unit_price_usd) for line in bill.lines] == [(100, 2.0), (50, 1.0)]
        assert bill.expected_usd == 250.0

    def test_what_is_fixed_and_exact_has_no_range(self) -> None:
        bill = estimate(charge(priced_at(2.0), 3))
        assert bill.low_usd == bill.expected_usd == bill.high_usd == 6.0

    def test_traffic_moves_what_follows_it_between_its_bounds(self) -> None:
        bill = estimate(charge(priced_at(2.0), 50, elastic=True), charge(priced_at(1.0), 10))
        assert (bill.low_usd, bill.expected_usd, bill.high_usd) == (70.0, 110.0, 170.0)

    def test_an_estimated_price_may_be_fifteen_percent_off(self) -> None:
        bill = estimate(charge(priced_at(1.0, "estimate"), 100))
        assert (bill.low_usd, bill.expected_usd, bill.high_usd) == (85.0, 100.0, 115.0)

    def test_a_thousand_predictions_cost_their_share_of_the_month(self) -> None:
        thousands = 0.4 * 86_400 * 30.4 / 1000
        bill = estimate(charge(priced_at(2.0), 100))
        assert bill.per_1000_predictions_usd == pytest.approx(200 / thousands, rel=1e-3)

    def test_a_retraining_costs_what_training_and_preparation_do(self) -> None:
        bill = estimate(
            charge(priced_at(2.0), 100),
            charge(priced_at(2.0), 8.7, slot="train"),
            charge(None, 1, slot="process"),
        )
        assert bill.per_retrain_usd == pytest.approx(17.4 / 4.35)


class TestUnknownPrices:
    @pytest.fixture
    def blank(self, desk: Desk) -> Prices:
        """The shipped prices without those of SageMaker hosting."""
        kept = (price for price in desk.prices.figures if not price.key.startswith("sagemaker.hosting."))
        return Prices(kept, {"us-east-1": 1.0}, desk.prices.as_of)

    def test_what_cannot_be_priced_is_not_chosen_unasked_and_says_so(self, desk: Desk, blank: Prices) -> None:
        held = needs(MIDDLING)
        made = plan(held, desk.catalogue, blank, as_of=AS_OF)
        assert isinstance(made, Plan)
        assert made.component("serve").option != "sagemaker_endpoint"
        assert made.cost.unknown_lines == 0
        refused = next(r for r in made.rejected if r.option == "sagemaker_endpoint")
        assert "price is not known" in refused.reason
        assert refused.delta_usd_month is None

    def test_when_a_person_fixes_it_the_bill_says_unknown_and_never_zero(
        self, desk: Desk, blank: Prices
    ) -> None:
        made = plan(
            needs(MIDDLING),
            desk.catalogue,
            blank,
            as_of=AS_OF,
            forced={"serve": "sagemaker_endpoint"},
        )
        assert isinstance(made, Plan)
        (line,) = (line for line in made.cost.lines if line.method == "unknown")
        assert line.key.startswith("sagemaker.hosting.")
        assert (line.unit_price_usd, line.monthly_usd) == (None, None)
        assert line.quantity > 0
        assert made.component("serve").monthly_usd is None
        assert made.cost.unknown_lines == 1
        (finding,) = (f for f in criticise_cost(made) if f.code == "cost.unknown_prices")
        assert "sagemaker_endpoint: instances" in finding.evidence


class TestAge:
    def plan(self, desk: Desk, days: int) -> Plan:
        made = plan(needs(SMALL), desk.catalogue, desk.prices, as_of=desk.prices.as_of + timedelta(days=days))
        assert isinstance(made, Plan)
        return made

    def test_prices_of_half_a_year_warn_of_nothing(self, desk: Desk) -> None:
        made = self.plan(desk, 180)
        assert made.cost.warnings == ()
        assert "cost.stale_prices" not in {finding.code for finding in criticise_cost(made)}

    def test_a_day_more_warns_on_the_estimate_and_by_a_finding(self, desk: Desk) -> None:
        made = self.plan(desk, 181)
        (warning,) = made.cost.warnings
        assert "181 days old" in warning
        assert "prices refresh" in warning
        assert warning in {f.message for f in criticise_cost(made) if f.code == "cost.stale_prices"}

"""A month's quantity is charged tier by tier, after what is free."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.planning.prices.charging import monthly_cost, price_of
from libs.planning.prices.models import Price


def price(usd: float, *further: tuple[float, float], free: float = 0.0) -> Price:
    return Price(
        key="a.key",
        region="us-east-1",
        unit="GB",
        usd=usd,
        source="a page",
        source_date=date(2026, 10, 1),
        method="exact",
        tiers=((0.0, usd), *further) if further else (),
        free_per_month=free,
    )


amounts = st.floats(0, 1e7, allow_nan=False)
usds = st.floats(0, 1, allow_nan=False)


@st.composite
def prices(draw: st.DrawFn) -> Price:
    starts = sorted(draw(st.sets(st.integers(1, 1_000_000), max_size=4)))
    steps = tuple((float(start), draw(usds)) for start in starts)
    return price(draw(usds), *steps, free=draw(st.one_of(st.just(0.0), st.floats(0, 2e6))))


class TestPriceOf:
    def test_a_flat_price_is_one_part(self) -> None:
        assert price_of(price(0.5), 10) == ((0, 10, 0.5, 5.0),)

    def test_nothing_costs_nothing(self) -> None:
        assert price_of(price(0.5, (10, 0.4)), 0) == ()

    def test_each_tier_takes_what_falls_into_it(self) -> None:
        parts = price_of(price(0.09, (10240, 0.085), (51200, 0.07)), 60000)
        assert [(part.from_, part.quantity, part.usd) for part in parts] == [
            (0, 10240, 0.09),
            (10240, 40960, 0.085),
            (51200, 8800, 0.07),
        ]
        assert monthly_cost(price(0.09, (10240, 0.085), (51200, 0.07)), 60000) == pytest.approx(
            921.6 + 3481.6 + 616.0
        )

    def test_the_free_part_comes_first_and_fills_the_first_tier(self) -> None:
        parts = price_of(price(0.09, (10240, 0.085), free=100), 10340)
        assert [(part.from_, part.quantity, part.usd) for part in parts] == [
            (0, 100, 0),
            (100, 10140, 0.09),
            (10240, 100, 0.085),
        ]
        assert parts[0].monthly_usd == 0

    def test_an_account_without_its_free_units_pays_for_them(self) -> None:
        assert price_of(price(2.0, free=100), 50, free=False) == ((0, 50, 2.0, 100.0),)
        assert monthly_cost(price(2.0, free=100), 50) == 0

    @pytest.mark.parametrize("quantity", [-1.0, float("nan")])
    def test_a_quantity_that_cannot_be_is_refused(self, quantity: float) -> None:
        with pytest.raises(ValueError, match="quantity"):
            price_of(price(1.0), quantity)

    @given(prices(), amounts, st.booleans())
    def test_the_parts_make_up_the_quantity_without_gaps(
        self, each: Price, quantity: float, free: bool
    ) -> None:
        parts = price_of(each, quantity, free)
        assert sum(part.quantity for part in parts) == pytest.approx(quantity, abs=1e-6)
        end = 0.0
        for part in parts:
            assert part.from_ == pytest.approx(end, abs=1e-6)
            assert part.monthly_usd == part.quantity * part.usd
            end = part.from_ + part.quantity

    @given(prices(), amounts, amounts)
    def test_more_never_costs_less(self, each: Price, one: float, other: float) -> None:
        less, more = sorted((one, other))
        assert monthly_cost(each, more) >= monthly_cost(each, less) - 1e-6

    @given(prices(), amounts)
    def test_a_little_more_costs_a_little_more(self, each: Price, quantity: float) -> None:
        dearest = max([each.usd, *(usd for _, usd in each.tiers)])
        step = 0.5
        assert (
            monthly_cost(each, quantity + step) - monthly_cost(each, quantity)
            <= step * dearest * (1 + 1e-6) + 1e-6
        )

    @given(prices(), amounts)
    def test_free_units_never_make_it_dearer(self, each: Price, quantity: float) -> None:
        assert monthly_cost(each, quantity) <= monthly_cost(each, quantity, free=False) + 1e-6


class TestTiers:
    @pytest.mark.parametrize(
        "tiers",
        [((1.0, 0.5),), ((0.0, 0.5), (10.0, 0.4), (10.0, 0.3)), ((0.0, 0.6),), ((0.0, 0.5), (5.0, -1.0))],
    )
    def test_tiers_that_contradict_themselves_are_refused(
        self, tiers: tuple[tuple[float, float], ...]
    ) -> None:
        whole = price(0.5).model_dump()
        with pytest.raises(ValueError):
            Price(**{**whole, "tiers": tiers})

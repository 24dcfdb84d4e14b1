"""The bill against a hand-made calculation from quoted unit prices, and its arithmetic."""

from datetime import date

import pytest

from libs.planning import costs
from libs.planning.consumed import Use
from libs.planning.models import CostEstimate, Slot
from libs.planning.prices.lookup import Price, Prices
from tests.unit.planning.scenes import AS_OF, CHURN, FRAUD, SMALL, Desk, needs

HOURS = 730
FARGATE_VCPU, FARGATE_GB = 0.04048, 0.004445
S3, GET, PUT = 0.023, 0.0004, 0.005
LOGS, METRIC, ALARM, DASHBOARD = 0.50, 0.30, 0.10, 3.00
"""Prices of us-east-1 as their sources quote them."""


def fargate(vcpu: float, gb: float, hours: float) -> float:
    return hours * (vcpu * FARGATE_VCPU + gb * FARGATE_GB)


def by_slot(estimate: CostEstimate) -> dict[Slot, float]:
    totals: dict[Slot, float] = {}
    for line in estimate.lines:
        totals[line.slot] = totals.get(line.slot, 0.0) + (line.monthly_usd or 0.0)
    return totals


def common() -> dict[str, float]:
    """10 GB of data, weekly training: what the plans below have in common."""
    return {
        "process": fargate(1, 4, 4.35 * 0.6),
        "features": 5 * S3,
        "train": fargate(8, 32, 4.35 * 0.625),
        "registry": 2 * S3,
        "cicd": 600 * 0.006,
    }


class TestAgainstAHandMadeBill:
    def check(self, estimate: CostEstimate, expected: dict[str, float]) -> None:
        totals = by_slot(estimate)
        for slot, usd in expected.items():
            assert totals[slot] == pytest.approx(usd, rel=0.01, abs=0.005), slot  # type: ignore[index]
        assert estimate.expected_usd == pytest.approx(sum(expected.values()), rel=0.01)

    def test_fraud_at_ten_thousand_requests_a_second(self, desk: Desk) -> None:
        requests = 4_000 * 86_400 * 30.4
        tasks = 67  # 4,000 rps x 5 ms / 60 % / 0.5 vCPU, rounded up
        log_gb = 1 + 2_000_000 * 30.4 * 0.5 / 1e6
        self.check(
            desk.plan(FRAUD).cost,
            {
                **common(),
                "ingest": 10 * S3 + 1.01 * PUT + 1010 / 1e6,
                "store": (10 + 2_000_000 * 365 * 0.5 / 1e6) * S3 + 4.35 * 0.2 * GET,
                "orchestrate": 66 / 1000 * 0.025,
                "serve": fargate(0.5, 1, tasks * HOURS)
                + 0.0225 * HOURS
                + 4_000 * 3600 * 1.5 / 1e6 * 0.008 * HOURS
                + 1.5 * 0.10
                + requests * 0.5 / 1e6 * 0.09,
                "observe": log_gb * LOGS + 40 * METRIC + 12 * ALARM + DASHBOARD,
                "network": 2 * 7 * HOURS * 0.01 + (20 + log_gb) * 0.01,
                "security": 3 * 1.00 + 13.75 * 0.03 + 0.1,
            },
        )

    def test_a_nightly_run_over_a_quarter_of_a_million_rows(self, desk: Desk) -> None:
        log_gb = 1 + 250_000 * 30.4 * 0.5 / 1e6
        self.check(
            desk.plan(CHURN).cost,
            {
                **common(),
                "ingest": 10 * 0.1 * (90 / 30.4) * S3 + 1.01 * PUT,
                "store": (10 + 250_000 * 90 * 0.5 / 1e6) * S3,
                "orchestrate": (4.35 + 30.4) / 1e6,
                "serve": fargate(1, 4, 30.4 * (0.1 + 250_000 * 0.005 / 3600)),
                "observe": log_gb * LOGS + 15 * METRIC + 6 * ALARM + DASHBOARD,
                "network": HOURS * 0.045 + (20 + log_gb) * 0.045,
                "security": 0.1,
            },
        )

    def test_one_request_a_second_on_lambda(self, desk: Desk) -> None:
        requests = 0.4 * 86_400 * 30.4
        memory = 1769 / 1024
        log_gb = 1 + 34_560 * 30.4 * 0.5 / 1e6
        self.check(
            desk.plan(SMALL).cost,
            {
                **common(),
                "ingest": 10 * 0.1 * (90 / 30.4) * S3 + 1.01 * PUT,
                "store": (10 + 34_560 * 90 * 0.5 / 1e6) * S3,
                "orchestrate": 4.35 / 1e6,
                "serve": requests / 1e6 * (1.00 + 0.20)
                + memory * HOURS * 3600 * 4.1667e-6
                + requests * 0.010 * memory * 9.7222e-6
                + 1.5 * 0.10
                + requests * 0.5 / 1e6 * 0.09,
                "observe": log_gb * LOGS + 40 * METRIC + 12 * ALARM + DASHBOARD,
                "network": HOURS * 0.045 + (20 + log_gb) * 0.045,
                "security": 0.1,
            },
        )

    def test_another_region_costs_its_index_more_and_is_called_an_estimate(self, desk: Desk) -> None:
        home, away = desk.plan(CHURN), desk.plan(CHURN, regions=["eu-central-1"])
        assert away.cost.expected_usd > home.cost.expected_usd * 1.1
        assert {line.method for line in away.cost.lines} >= {"estimate"}


class TestEstimate:
    @pytest.fixture
    def priced(self) -> Prices:
        def price(key: str, usd: float, method: str) -> Price:
            return Price(
                key=key,
                region="us-east-1",
                unit="hour",
                usd=usd,
                source="a list",
                source_date=date(2026, 10, 1),
                method=method,  # type: ignore[arg-type]
            )

        rows = (price("exact.hour", 2.0, "exact"), price("scaled.hour", 1.0, "estimate"))
        return Prices(rows, {"us-east-1": 1.0}, date(2026, 11, 20))

    def estimate(self, priced: Prices, *uses: Use) -> CostEstimate:
        charges = costs.charges("serve", "ecs_fargate_service", uses, priced, "us-east-1")
        return costs.estimate(charges, needs(SMALL), AS_OF)

    def test_an_unknown_line_is_counted_and_not_summed(self, priced: Prices) -> None:
        bill = self.estimate(priced, Use("a", "exact.hour", 3, "3 h"), Use("b", "nothing.hour", 5, "5 h"))
        assert (bill.expected_usd, bill.unknown_lines) == (6.0, 1)
        assert bill.lines[1].unit_price_usd is None
        assert bill.lines[1].monthly_usd is None
        assert bill.lines[1].method == "unknown"

    def test_what_is_fixed_and_exact_has_no_range(self, priced: Prices) -> None:
        bill = self.estimate(priced, Use("a", "exact.hour", 3, "3 h"))
        assert bill.low_usd == bill.expected_usd == bill.high_usd

    def test_traffic_and_estimated_prices_widen_the_range(self, priced: Prices) -> None:
        elastic = self.estimate(priced, Use("a", "exact.hour", 3, "3 h", elastic=True))
        scaled = self.estimate(priced, Use("a", "scaled.hour", 3, "3 h"))
        assert elastic.low_usd < elastic.expected_usd < elastic.high_usd
        assert scaled.low_usd < scaled.expected_usd < scaled.high_usd

    def test_a_thousand_predictions_cost_their_share_of_the_month(self, priced: Prices) -> None:
        bill = self.estimate(priced, Use("a", "exact.hour", 100, "100 h"))
        thousands = 0.4 * 86_400 * 30.4 / 1000
        assert bill.per_1000_predictions_usd == pytest.approx(200 / thousands, rel=1e-3)

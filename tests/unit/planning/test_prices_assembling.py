"""The snapshot is built from dated records: exact before derived, newer before older, units compared."""

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from libs.planning.errors import PricesUnusable
from libs.planning.prices.assembling import assemble
from libs.planning.prices.keys_files import load_keys, parse_keys, parse_quotes
from libs.planning.prices.lookup import Prices
from libs.planning.prices.models import Price
from libs.planning.regions import PRICED

ROOT = Path(__file__).resolve().parents[3]
UNKNOWN = {
    "sagemaker.feature_store.gb_month",
    "sagemaker.feature_store.million_reads",
    "sagemaker.feature_store.million_writes",
    "sagemaker.serverless_provisioned_gb_second",
    "wandb.user_month",
}
"""Keys that a refresh may fill; until then an option that needs one has an unknown price."""
KEYS = """\
keys:
  - key: vm.hour
    unit: hour
    words: a machine
    assembled:
      - {service: VM, sku: machine}
      - {service: VM, sku: twin, derived: twin of the machine}
  - key: disk.gb_month
    unit: GB-month
    words: a disk
    free_per_month: {quantity: 2, source: a page, date: 2026-01-01}
    assembled:
      - service: Disk
        tiers: [{from: 0, sku: first}, {from: 10, sku: further}]
      - {service: Disk, sku: newest}
  - key: unit.hour
    unit: unit-hour
    words: a monthly figure
    assembled: [{service: Unit, sku: monthly, unit: unit, divide: 730}]
  - key: model.input_1k
    unit: 1k tokens
    words: tokens
    scales: false
    assembled:
      - {service: Model, sku: own, unit: 1M tokens, divide: 1000, not_in: [us-east-1]}
      - {service: Model, sku: eu.own, unit: 1M tokens, divide: 1000, profile: eu, holds_in: [eu-west-1, eu-west-3]}
"""


def record(service: str, sku: str, usd: float, **facts: object) -> dict[str, Any]:
    given = {
        "region": "us-east-1",
        "unit": "hour",
        "source": "a page",
        "source_date": "2026-01-01",
        "method": "exact",
    }
    return {"service": service, "sku": sku, "usd": usd, **given, **facts}


def build(*records: dict[str, Any], quotes: str = "[]") -> dict[tuple[str, str], Price]:
    keys = parse_keys({"k.yaml": KEYS})
    index = {"about": "", "us-east-1": 1.0, "eu-west-1": 1.1, "eu-west-3": 1.2}
    raw = {"assembled": "2026-11-20", "region_index": index, "records": records}
    snapshot = assemble(raw, keys, parse_quotes(quotes, keys))
    return {(price.key, price.region): price for price in snapshot.prices}


class TestChoice:
    def test_exact_comes_before_derived_and_newer_before_older(self) -> None:
        found = build(
            record("VM", "machine", 1.0),
            record("VM", "machine", 2.0, source_date="2026-06-01", unit="hours"),
            record("VM", "machine", 3.0, source_date="2026-09-01", method="derived"),
            record("VM", "twin", 9.0, source_date="2026-10-01"),
        )
        assert found[("vm.hour", "us-east-1")].usd == 2.0

    def test_a_stand_in_is_called_derived_and_says_why(self) -> None:
        found = build(record("VM", "twin", 9.0))[("vm.hour", "us-east-1")]
        assert (found.usd, found.method) == (9.0, "derived")
        assert "twin of the machine" in found.source

    def test_a_stale_record_is_left_out(self) -> None:
        assert build(record("VM", "machine", 9.0, note="prices were cut: treat as stale")) == {}

    def test_an_undated_record_is_older_than_any_dated_one(self) -> None:
        found = build(record("VM", "machine", 1.0, source_date="undated"), record("VM", "machine", 2.0))
        assert found[("vm.hour", "us-east-1")].usd == 2.0

    def test_a_region_that_is_not_priced_is_left_out(self) -> None:
        assert build(record("VM", "machine", 1.0, region="mars-north-1")) == {}


class TestUnits:
    def test_a_record_in_another_unit_stops_the_build(self) -> None:
        with pytest.raises(PricesUnusable, match=r"vm\.hour.*months"):
            build(record("VM", "machine", 700.0, unit="months"))

    def test_a_monthly_figure_is_divided_and_called_derived(self) -> None:
        found = build(record("Unit", "monthly", 73.0, unit="unit"))[("unit.hour", "us-east-1")]
        assert (found.usd, found.method) == (pytest.approx(0.1), "derived")
        assert "divided by 730" in found.source


class TestTiers:
    STEPS = (
        record("Disk", "first", 0.2, unit="GB"),
        record("Disk", "further", 0.1, unit="GB", method="from monthly cost"),
    )

    def test_the_steps_of_one_source_make_a_tiered_price(self) -> None:
        found = build(*self.STEPS)[("disk.gb_month", "us-east-1")]
        assert found.tiers == ((0.0, 0.2), (10.0, 0.1))
        assert found.method == "from monthly cost"
        assert (found.free_per_month, found.free_source) == (2, "a page (2026-01-01)")

    def test_a_newer_figure_lends_its_date_when_the_first_step_agrees(self) -> None:
        newest = record(
            "Disk", "newest", 0.2, unit="GB-month", source="another page", source_date="2026-10-01"
        )
        found = build(*self.STEPS, newest)[("disk.gb_month", "us-east-1")]
        assert found.tiers == ((0.0, 0.2), (10.0, 0.1))
        assert found.source == "another page; further tiers: a page"
        assert str(found.source_date) == "2026-10-01"

    def test_steps_of_a_price_that_has_changed_since_are_left_out(self) -> None:
        newest = record("Disk", "newest", 0.15, unit="GB-month", source_date="2026-10-01")
        found = build(*self.STEPS, newest)[("disk.gb_month", "us-east-1")]
        assert (found.usd, found.tiers) == (0.15, ())

    def test_a_missing_step_makes_no_tiered_price(self) -> None:
        assert build(self.STEPS[0]) == {}


class TestModels:
    def test_a_profile_holds_in_its_regions_but_the_own_figure_comes_first(self) -> None:
        found = build(
            record("Model", "own", 5.0, unit="1M tokens", region="us-east-1"),
            record("Model", "own", 5.0, unit="1M tokens", region="eu-west-3"),
            record("Model", "eu.own", 6.0, unit="1M tokens", region="eu-west-1"),
        )
        assert {region: (price.usd, price.profile) for (_, region), price in found.items()} == {
            "eu-west-1": (0.006, "eu"),
            "eu-west-3": (0.005, ""),
        }
        assert not any(price.scales for price in found.values())


@pytest.mark.shared
class TestShipped:
    def test_building_it_again_gives_the_same_bytes(
        self, tmp_path: Path, shared_file: Callable[[str], Path]
    ) -> None:
        out = tmp_path / "snapshot.json"
        script = ROOT / "scripts" / "build_prices.py"
        source = shared_file("data/prices/aws_prices.json.gz")
        done = subprocess.run(
            [sys.executable, script, source, "--out", out], check=True, capture_output=True, text=True
        )
        assert "prices of" in done.stdout
        assert out.read_bytes() == (ROOT / "libs/planning/prices/snapshot.json").read_bytes()

    def test_every_selector_finds_a_record(self, shared_file: Callable[[str], Path]) -> None:
        with gzip.open(shared_file("data/prices/aws_prices.json.gz"), "rt", encoding="utf-8") as stream:
            known = {(r["service"], r["sku"]) for r in json.load(stream)["records"]}
        lost = [
            (key.key, tier.sku)
            for key in load_keys().values()
            for selector in key.assembled
            for tier in selector.tiers
            if (selector.service, tier.sku) not in known
        ]
        assert lost == []


class TestCoverage:
    def test_only_these_keys_have_no_figure_anywhere(self, prices: Prices) -> None:
        assert set(load_keys()) - set(prices.keys) == UNKNOWN
        assert set(prices.keys) <= set(load_keys())

    @pytest.mark.parametrize(
        "key",
        [
            "bitbucket.linux_minute",
            "circleci.linux_minute",
            "cloudhsm.hour",
            "datadog.million_log_events",
            "guardrails.grounding_thousand_units",
            "rds.postgres.db.r7g.large.multi",
            "sagemaker.hosting.ml.m5.24xlarge.hour",
            "sagemaker.training.ml.m5.12xlarge.hour",
        ],
    )
    def test_these_have_one(self, prices: Prices, key: str) -> None:
        found = prices.find(key, "us-east-1")
        assert found is not None
        assert found.usd > 0
        assert found.source

    def test_a_key_without_a_figure_has_no_price_in_any_region(self, prices: Prices) -> None:
        assert [key for key in UNKNOWN for region in PRICED if prices.find(key, region) is not None] == []

    @pytest.mark.parametrize(
        ("key", "known", "unknown"),
        [
            ("dms.serverless_dcu_hour", "ap-south-1", "us-east-1"),
            ("bedrock.titan-embed-text-v2.input_1k", "eu-west-1", "eu-central-1"),
        ],
    )
    def test_a_figure_of_one_region_does_not_stand_in_for_others(
        self, prices: Prices, key: str, known: str, unknown: str
    ) -> None:
        assert prices.find(key, known) is not None
        assert prices.find(key, unknown) is None

    def test_both_zones_cost_twice_one_within_a_cent(self, prices: Prices) -> None:
        """What makes it fair to derive the Multi-AZ price of a class of which only one is printed."""
        single = {
            key for key in prices.keys if key.startswith("rds.postgres.db.") and key.endswith(".single")
        }
        for key in single:
            one, two = (
                prices.find(name, "us-east-1") for name in (key, f"{key.removesuffix('single')}multi")
            )
            assert one is not None
            assert two is not None
            assert two.usd == pytest.approx(2 * one.usd, abs=0.0015)

    def test_the_rates_of_s3_vectors_give_the_example_of_the_pricing_page(self, prices: Prices) -> None:
        """A million queries of an index of 250,000 vectors of 5.17 KB: 1.93 + 1.44 + 2.50 USD."""
        tb_a_vector = 1_000_000 * 5.17 / 1024**3
        quantities = {
            "tb_processed": 100_000 * tb_a_vector,
            "tb_processed_beyond": 150_000 * tb_a_vector,
            "million_queries": 1,
        }
        cents = []
        for name, quantity in quantities.items():
            found = prices.find(f"s3_vectors.{name}", "us-east-1")
            assert found is not None
            cents.append(round(found.usd * quantity, 2))
        assert cents == [1.93, 1.44, 2.5]

    def test_no_figure_is_nothing(self, prices: Prices) -> None:
        assert [price.key for price in prices.figures if price.usd <= 0] == []

    def test_every_figure_names_its_source(self, prices: Prices) -> None:
        assert all(price.source and price.method != "estimate" for price in prices.figures)

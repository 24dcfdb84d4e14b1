"""Prices: exact where there is a figure, estimates where it is scaled, unknown where there is none."""

import gzip
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from libs.planning.errors import PricesUnusable
from libs.planning.prices.lookup import Prices, parse_prices
from libs.planning.regions import PRICED

ROOT = Path(__file__).resolve().parents[3]


class TestFind:
    def test_gives_the_exact_figure_with_source_and_date(self, prices: Prices) -> None:
        price = prices.find("fargate.vcpu_hour", "us-east-1")
        assert price is not None
        assert (price.usd, price.method, price.source_date) == (0.04048, "exact", date(2026, 10, 1))
        assert price.source

    def test_scales_by_the_region_index_and_calls_it_an_estimate(self, prices: Prices) -> None:
        price = prices.find("fargate.vcpu_hour", "eu-central-1")
        assert price is not None
        assert price.usd == pytest.approx(0.04048 * 1.198)
        assert price.method == "estimate"
        assert "region index" in price.source

    def test_prefers_a_figure_of_the_region_itself(self, prices: Prices) -> None:
        price = prices.find("transfer.gb_out", "ap-northeast-1")
        assert price is not None
        assert price.usd == 0.114
        assert price.method != "estimate"

    def test_a_price_that_holds_everywhere_is_not_scaled(self, prices: Prices) -> None:
        price = prices.find("github.linux_minute", "sa-east-1")
        assert price is not None
        assert price.usd == 0.006

    @pytest.mark.parametrize(
        ("key", "region"), [("quantum.hour", "us-east-1"), ("fargate.vcpu_hour", "mars-north-1")]
    )
    def test_what_is_missing_is_unknown(self, prices: Prices, key: str, region: str) -> None:
        assert prices.find(key, region) is None

    def test_every_offered_region_can_be_priced(self, prices: Prices) -> None:
        assert set(PRICED) == set(prices.regions)


class TestSnapshot:
    @pytest.mark.parametrize(
        "text",
        [
            "not json",
            "{}",
            '{"as_of": "yesterday", "region_index": {}, "prices": []}',
            '{"as_of": "2026-11-20", "region_index": {}, "prices": [{"key": "a", "source_date": "x"}]}',
        ],
    )
    def test_an_unusable_one_is_refused(self, text: str) -> None:
        with pytest.raises(PricesUnusable):
            parse_prices(text)

    def test_the_script_keeps_exact_and_newer_figures(self, tmp_path: Path) -> None:
        def record(usd: float, day: str, method: str) -> dict[str, object]:
            return {
                "service": "AmazonECS-Fargate",
                "sku": "Fargate Linux/x86 vCPU",
                "region": "us-east-1",
                "unit": "vCPU-hour",
                "usd": usd,
                "source": "a page",
                "source_date": day,
                "method": method,
            }

        records = [
            record(1.0, "2026-01-01", "exact"),
            record(2.0, "2026-06-01", "exact"),
            record(3.0, "2026-09-01", "derived"),
            {**record(9.0, "2026-09-01", "exact"), "sku": "something else"},
        ]
        assembled = {
            "assembled": "2026-11-20",
            "region_index": {"about": "", "us-east-1": 1.0},
            "records": records,
        }
        source, out = tmp_path / "prices.json.gz", tmp_path / "snapshot.json"
        source.write_bytes(gzip.compress(json.dumps(assembled).encode()))
        script = ROOT / "scripts" / "build_prices.py"
        subprocess.run([sys.executable, script, source, "--out", out], check=True, capture_output=True)
        price = parse_prices(out.read_text()).find("fargate.vcpu_hour", "us-east-1")
        assert price is not None
        assert price.usd == 2.0

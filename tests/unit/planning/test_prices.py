"""Prices: exact where there is a figure, estimates where it is scaled, unknown where there is none."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from libs.planning.errors import PricesUnusable
from libs.planning.prices.lookup import Price, Prices, load_prices, load_snapshot, parse_prices
from libs.planning.prices.snapshot import Snapshot, read_snapshot, write_snapshot
from libs.planning.regions import PRICED


def price(key: str, region: str, usd: float = 1.0, **facts: object) -> Price:
    given = {"unit": "hour", "source": "a page", "source_date": date(2026, 10, 1), "method": "exact", **facts}
    return Price.model_validate({"key": key, "region": region, "usd": usd, **given})


INDEX = {"us-east-1": 1.0, "us-west-2": 1.0, "eu-west-1": 1.1}
SMALL = Snapshot(
    date(2026, 11, 20),
    None,
    INDEX,
    (
        price("vm.hour", "us-east-1", 2.0, words="a machine"),
        price(
            "disk.gb",
            "us-east-1",
            0.2,
            tiers=((0.0, 0.2), (10.0, 0.1)),
            free_per_month=5,
            free_source="a page",
        ),
        price("model.token", "us-east-1", 0.3, scales=False, profile="us", source_date=None),
    ),
)
TEXT = write_snapshot(SMALL)


class TestFind:
    def test_gives_the_exact_figure_with_source_and_date(self, prices: Prices) -> None:
        found = prices.find("fargate.vcpu_hour", "us-east-1")
        assert found is not None
        assert (found.usd, found.method, found.source_date) == (0.04048, "exact", date(2026, 10, 1))
        assert found.source

    def test_scales_by_the_region_index_and_calls_it_an_estimate(self, prices: Prices) -> None:
        found = prices.find("fargate.vcpu_hour", "eu-west-1")
        assert found is not None
        assert found.usd == pytest.approx(0.04048 * 1.116)
        assert found.method == "estimate"
        assert "region index" in found.source

    def test_scales_the_tiers_with_the_price_and_keeps_what_is_free(self) -> None:
        found = Prices.of(SMALL).find("disk.gb", "eu-west-1")
        assert found is not None
        assert found.tiers == ((0.0, pytest.approx(0.22)), (10.0, pytest.approx(0.11)))
        assert found.free_per_month == 5

    def test_prefers_a_figure_of_the_region_itself(self, prices: Prices) -> None:
        found = prices.find("transfer.gb_out", "ap-northeast-1")
        assert found is not None
        assert found.usd == 0.114
        assert found.method != "estimate"

    def test_a_price_that_holds_everywhere_is_not_scaled(self, prices: Prices) -> None:
        found = prices.find("github.linux_minute", "sa-east-1")
        assert found is not None
        assert found.usd == 0.006

    @pytest.mark.parametrize("only_in", ["us-west-2", "us-east-2"])
    def test_another_region_stands_in_where_the_first_has_no_figure(self, only_in: str) -> None:
        found = Prices([price("vm.hour", only_in, 2.0)], INDEX, date(2026, 11, 20)).find(
            "vm.hour", "eu-west-1"
        )
        assert found is not None
        assert (found.usd, found.method) == (pytest.approx(2.2), "estimate")
        assert only_in in found.source

    @pytest.mark.parametrize(
        ("key", "region"), [("quantum.hour", "us-east-1"), ("fargate.vcpu_hour", "mars-north-1")]
    )
    def test_what_is_missing_is_unknown(self, prices: Prices, key: str, region: str) -> None:
        assert prices.find(key, region) is None

    def test_a_model_that_is_not_offered_in_a_region_has_no_price_there(self, prices: Prices) -> None:
        assert prices.find("bedrock.llama3-3-70b.input_1k", "us-east-1") is not None
        assert prices.find("bedrock.llama3-3-70b.input_1k", "eu-central-1") is None

    def test_a_model_behind_an_inference_profile_names_it(self, prices: Prices) -> None:
        found = prices.find("bedrock.claude-sonnet-4-5.input_1k", "eu-central-1")
        assert found is not None
        assert (found.usd, found.profile, found.method) == (0.0033, "eu", "exact")

    def test_every_offered_region_can_be_priced(self, prices: Prices) -> None:
        assert set(PRICED) == set(prices.regions)


class TestAge:
    @pytest.mark.parametrize(("days", "old"), [(0, False), (180, False), (181, True)])
    def test_prices_are_old_after_180_days(self, days: int, old: bool) -> None:
        prices = Prices.of(SMALL)
        today = SMALL.as_of + timedelta(days=days)
        assert prices.age_days(today) == days
        assert prices.is_old(today) is old
        warning = prices.old_warning(today)
        assert bool(warning) is old
        if old:
            assert "2026-11-20" in warning
            assert "181 days" in warning
            assert "prices refresh" in warning


class TestSnapshot:
    def test_what_is_written_is_read_again(self) -> None:
        assert write_snapshot(read_snapshot(TEXT, "s.json")) == TEXT
        assert sorted(read_snapshot(TEXT, "s.json").prices, key=lambda p: p.key) == sorted(
            SMALL.prices, key=lambda p: p.key
        )

    @pytest.mark.parametrize(
        ("text", "place", "reason"),
        [
            ("not json", "not json", "JSON"),
            ("{}", "{}", "planning-prices/2"),
            (TEXT.replace('"2026-11-20"', '"yesterday"'), "as_of", "yesterday"),
            (TEXT.replace('"vm.hour", "us-east-1", 2.0', '"vm.hour", "us-east-1", -2.0'), "-2.0", "usd"),
            (TEXT.replace('"vm.hour", "us-east-1"', '"vm.week", "us-east-1"'), '"vm.week", "us', "vm.week"),
            (TEXT.replace("[10.0, 0.1]", "[0.0, 0.1]"), "[0.0, 0.1]", "tiers"),
            (TEXT.replace('"model.token", "us-east-1"', '"disk.gb", "us-east-1"'), '"disk.gb", "us', "twice"),
        ],
    )
    def test_an_unusable_one_is_refused_by_file_line_and_reason(
        self, text: str, place: str, reason: str
    ) -> None:
        with pytest.raises(PricesUnusable) as caught:
            parse_prices(text, "s.json")
        line = max(number for number, told in enumerate(text.splitlines(), start=1) if place in told)
        assert (caught.value.facts["file"], caught.value.facts["line"]) == ("s.json", line)
        assert caught.value.message.startswith(f"s.json, line {line}: ")
        assert reason in caught.value.message


class TestLoading:
    def refreshed(self, tmp_path: Path, day: date) -> Path:
        path = tmp_path / "snapshot.json"
        path.write_text(write_snapshot(SMALL._replace(as_of=date(2020, 1, 1), refreshed=day)))
        return path

    def test_a_newer_refreshed_one_is_preferred(self, tmp_path: Path) -> None:
        day = load_snapshot().newest + timedelta(days=1)
        assert load_prices(self.refreshed(tmp_path, day)).keys == ("disk.gb", "model.token", "vm.hour")

    def test_an_older_refreshed_one_is_left_alone(self, tmp_path: Path) -> None:
        day = load_snapshot().newest - timedelta(days=1)
        assert load_prices(self.refreshed(tmp_path, day)).keys == load_prices().keys

    def test_none_is_needed(self, tmp_path: Path) -> None:
        assert load_prices(tmp_path / "nothing.json").keys == load_prices().keys

    def test_a_broken_refreshed_one_is_named(self, tmp_path: Path) -> None:
        path = tmp_path / "snapshot.json"
        path.write_text(TEXT[:200])
        with pytest.raises(PricesUnusable, match=r"snapshot\.json, line"):
            load_prices(path)

"""The public AWS price list: rows in, figures out; what is no price list is refused."""

from collections.abc import Iterator
from datetime import date

import pytest

from libs.planning.prices.errors import PriceListUnusable
from libs.planning.prices.keys_files import load_keys, parse_keys
from libs.planning.prices.keys_models import PriceKey
from libs.planning.prices.price_list import Figures, read_price_list, usage_types
from libs.planning.prices.refreshing import refreshed
from libs.planning.prices.snapshot import Snapshot
from tests.support.price_lists import LINUX, price_file, row

KEYS = parse_keys(
    {
        "k.yaml": """\
keys:
  - {key: requests.million, unit: 1M requests, words: requests, price_list: {offer: X, usage: Request, per: 1000000}}
  - {key: storage.gb, unit: GB-month, words: storage, price_list: {offer: X, usage: [Storage, OldStorage]}}
  - key: vm.hour
    unit: hour
    words: a machine
    price_list: {offer: X, usage: "BoxUsage:m7i.large", where: {Operating System: Linux, Tenancy: Shared}}
"""
    }
)


def read(text: str, region: str = "us-east-1", keys: dict[str, PriceKey] = KEYS) -> Figures:
    return read_price_list(text.splitlines(keepends=True), region, list(keys.values()))


class TestReading:
    def test_takes_the_figure_of_the_matching_row_with_version_and_date(self) -> None:
        found = read(price_file("X", [row("Storage", "0.0230000000"), row("Other", "9.0")]))
        assert found.tiers == {"storage.gb": ((0.0, 0.023),)}
        assert (found.offer, found.version, found.published) == ("X", "20261118201201", date(2026, 11, 18))
        assert found.rows == 2

    def test_multiplies_by_the_units_of_the_key(self) -> None:
        assert read(price_file("X", [row("Request", "0.0000002000")])).tiers == {
            "requests.million": ((0.0, 0.2),)
        }

    def test_ranges_become_tiers_in_units_of_the_key(self) -> None:
        rows = [
            row("Request", "0.0000009", StartingRange="300000000", EndingRange="Inf"),
            row("Request", "0.0000010", StartingRange="0", EndingRange="300000000"),
        ]
        assert read(price_file("X", rows)).tiers == {"requests.million": ((0.0, 1.0), (300.0, 0.9))}

    def test_a_free_first_range_is_left_to_the_key(self) -> None:
        rows = [
            row("Request", "0.0", StartingRange="0", EndingRange="1000000"),
            row("Request", "0.0000004", StartingRange="1000000", EndingRange="Inf"),
        ]
        assert read(price_file("X", rows)).tiers == {"requests.million": ((0.0, 0.4),)}

    def test_reservations_and_other_currencies_do_not_count(self) -> None:
        rows = [
            row(
                "Storage", "0.01", TermType="Reserved", LeaseContractLength="1yr", PurchaseOption="No Upfront"
            ),
            row("Storage", "0.16", Currency="CNY"),
            row("Storage", "0.02"),
        ]
        assert read(price_file("X", rows)).tiers == {"storage.gb": ((0.0, 0.02),)}

    def test_further_columns_have_to_match(self) -> None:
        windows = {**LINUX, "Operating System": "Windows"}
        dedicated = {**LINUX, "Tenancy": "Dedicated"}
        rows = [
            row("BoxUsage:m7i.large", usd, **columns)
            for usd, columns in (("0.2", windows), ("0.3", dedicated), ("0.1008", LINUX))
        ]
        assert read(price_file("X", rows)).tiers == {"vm.hour": ((0.0, 0.1008),)}

    def test_rows_of_different_prices_are_ambiguous_and_not_taken(self) -> None:
        found = read(price_file("X", [row("Storage", "0.02"), row("OldStorage", "0.03")]))
        assert (found.tiers, found.ambiguous) == ({}, ("storage.gb",))

    @pytest.mark.parametrize(
        ("region", "usage"),
        [
            ("us-east-1", "Storage"),
            ("us-east-1", "USE1-Storage"),
            ("eu-central-1", "EUC1-Storage"),
            ("eu-west-1", "EU-Storage"),
            ("eu-west-1", "EUW1-Storage"),
            ("ap-southeast-2", "APS2-Storage"),
            ("eu-north-1", "eu-north-1-Storage"),
        ],
    )
    def test_knows_how_a_region_writes_its_usage_types(self, region: str, usage: str) -> None:
        assert "storage.gb" in read(price_file("X", [row(usage, "0.02")]), region).tiers

    def test_a_usage_type_of_another_region_does_not_match(self) -> None:
        assert read(price_file("X", [row("Storage", "0.02")]), "eu-central-1").tiers == {}
        assert "Storage" not in usage_types("Storage", "eu-central-1")

    def test_column_names_may_be_written_otherwise(self) -> None:
        assert read(price_file("X", [row("Storage", "0.02")], usage_column="Usage Type")).tiers

    def test_reads_line_by_line(self) -> None:
        """An endless file is read until it breaks; were it gathered first, this would never end."""
        lines = price_file("X", [row("Storage", "0.02")]).splitlines(keepends=True)

        def endless() -> Iterator[str]:
            yield from lines
            for _ in range(20_000):
                yield lines[-1]
            yield "and here it breaks\n"
            raise AssertionError("read on after the break")

        with pytest.raises(PriceListUnusable, match="breaks off in row 20002"):
            read_price_list(endless(), "us-east-1", list(KEYS.values()))


class TestWrongContent:
    WHOLE = price_file("X", [row("Storage", "0.02")])

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("", "no header row"),
            ("<html><body>Sorry</body></html>\n", "no header row"),
            ("a,b,c\n1,2,3\n", "no column"),
            (WHOLE.replace("usageType", "usageKind"), "usagetype"),
            (WHOLE.replace('"0.02"', '"dear"'), "PricePerUnit"),
            (WHOLE.replace("2026-11-18T", "yesterday"), "publication date"),
            (WHOLE[: len(WHOLE) - 30], "breaks off"),
        ],
    )
    def test_is_refused(self, text: str, reason: str) -> None:
        with pytest.raises(PriceListUnusable, match=reason):
            read(text)


class TestShippedSelectors:
    def test_the_same_row_serves_one_key_only_when_the_keys_mean_the_same(self) -> None:
        seen: dict[tuple[object, ...], str] = {}
        for key in load_keys().values():
            if key.price_list is None:
                continue
            where = tuple(sorted(key.price_list.where.items()))
            for usage in key.price_list.usage:
                other = seen.setdefault((key.price_list.offer, usage, where), key.key)
                assert other == key.key


class TestRefreshing:
    OLD = Snapshot(date(2026, 1, 1), None, {"us-east-1": 1.0}, ())

    def test_the_date_of_the_whole_moves_only_when_nearly_everything_was_found(self) -> None:
        today = date(2026, 11, 21)
        one = read(price_file("X", [row("Storage", "0.02")]))
        every = read(
            price_file(
                "X", [row("Storage", "0.02"), row("Request", "0.1"), row("BoxUsage:m7i.large", "1", **LINUX)]
            )
        )
        for found, everything, expected in (
            (one, True, self.OLD.as_of),
            (every, False, self.OLD.as_of),
            (every, True, today),
        ):
            new, report = refreshed(
                self.OLD, {"us-east-1": [found]}, KEYS.values(), today, everything=everything
            )
            assert (new.as_of, new.refreshed) == (expected, today)
            assert len(report.changed) + len(report.missing) == len(KEYS)

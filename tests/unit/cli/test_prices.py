"""`prices`: shown with their receipts, refreshed from a price list, and kept when anything goes wrong."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from libs.cli import writing
from libs.cli.prices import app
from libs.core.errors import Invalid, ProductError
from libs.planning.prices.lookup import load_prices
from tests.support.price_lists import LINUX, addresses, price_file, row, served

RUNNER = CliRunner()
FILES = {
    ("AmazonEC2", "us-east-1"): price_file(
        "AmazonEC2",
        [
            row("BoxUsage:m7i.large", "0.1111", **LINUX),
            row("BoxUsage:m7i.large", "0.05", **LINUX, TermType="Reserved"),
            row("BoxUsage:m7g.large", "0.0816", **LINUX),
            row("BoxUsage:c7i.large", "0.08925", **{**LINUX, "Operating System": "Windows"}),
        ],
    ),
    ("AmazonEC2", "eu-central-1"): price_file(
        "AmazonEC2", [row("EUC1-BoxUsage:m7i.large", "0.1333", **LINUX)]
    ),
    ("AmazonApiGateway", "us-east-1"): price_file(
        "AmazonApiGateway",
        [
            row("USE1-ApiGatewayHttpApi", "0.0000012", StartingRange="0", EndingRange="300000000"),
            row("USE1-ApiGatewayHttpApi", "0.0000011", StartingRange="300000000", EndingRange="Inf"),
        ],
    ),
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AGENTIC_MLOPS_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def address() -> Iterator[str]:
    with served(addresses(FILES)) as base:
        yield base


def run(*arguments: str) -> str:
    return RUNNER.invoke(app, list(arguments), catch_exceptions=False).output


def result(*arguments: str) -> dict[str, Any]:
    done = RUNNER.invoke(app, [*arguments, "--json"], catch_exceptions=False)
    found = json.loads(done.stdout.splitlines()[-1])
    assert isinstance(found, dict)
    return found


def refused(*arguments: str) -> ProductError:
    caught = RUNNER.invoke(app, list(arguments)).exception
    assert isinstance(caught, ProductError)
    return caught


class TestShow:
    def test_gives_price_unit_source_and_date(self) -> None:
        shown = result("show", "fargate.vcpu_hour")
        (price,) = shown["prices"]
        assert (price["usd"], price["unit"], price["source_date"]) == (0.04048, "vCPU-hour", "2026-10-01")
        assert shown["as_of"] == load_prices().as_of.isoformat()

    @pytest.mark.parametrize(
        ("key", "told"),
        [
            ("nat.hour", "USD an hour,"),
            ("aurora.acu_hour", "USD an ACU-hour,"),
            ("s3.gb_month", "USD a GB-month,"),
            ("datadog.host_month", "USD a host-month,"),
        ],
    )
    def test_a_narrow_terminal_says_it_in_a_sentence(
        self, key: str, told: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "80")
        assert told in run("show", key)

    def test_a_quantity_is_charged_tier_by_tier(self) -> None:
        (price,) = result("show", "transfer.gb_out", "--quantity", "10340")["prices"]
        assert [(part["quantity"], part["usd"]) for part in price["charges"]] == [
            (100, 0),
            (10140, 0.09),
            (100, 0.085),
        ]
        assert price["monthly_usd"] == pytest.approx(10140 * 0.09 + 8.5)
        (paid,) = result("show", "transfer.gb_out", "--quantity", "100", "--no-free")["prices"]
        assert paid["monthly_usd"] == pytest.approx(9.0)

    def test_what_is_unknown_in_a_region_is_named(self) -> None:
        assert result("show", "bedrock.llama3-3-70b.*", "--region", "eu-west-2")["unknown"] == [
            "bedrock.llama3-3-70b.input_1k",
            "bedrock.llama3-3-70b.output_1k",
        ]
        assert "bedrock.llama3-3-70b.input_1k: unknown in eu-west-2" in run(
            "show", "bedrock.llama3-3-70b.input*", "--region", "eu-west-2"
        )

    @pytest.mark.parametrize("width", [40, 60, 99, 100, 160])
    def test_fits_any_terminal(self, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", str(width))
        told = run("show", "s3.*", "--quantity", "100000")
        assert max(len(line) for line in told.splitlines()) <= width
        assert "0.00099" in told

    @pytest.mark.parametrize("arguments", [("show", "quantum.*"), ("show", "--region", "mars-north-1")])
    def test_nothing_that_matches_is_said(self, arguments: tuple[str, ...]) -> None:
        assert refused(*arguments).advice


class TestRefresh:
    def test_new_prices_are_in_force_and_the_rest_is_kept(self, address: str, home: Path) -> None:
        before = load_prices()
        done = result(
            "refresh",
            "--from",
            address,
            "--region",
            "us-east-1",
            "--region",
            "eu-central-1",
            "--keys",
            "ec2.*",
        )
        assert done["changed"] == [
            ["ec2.m7i.large.hour", "eu-central-1"],
            ["ec2.m7i.large.hour", "us-east-1"],
        ]
        assert done["unchanged"] == [["ec2.m7g.large.hour", "us-east-1"]]
        assert ["ec2.c7i.large.hour", "us-east-1"] in done["missing"]
        after = load_prices(home / "prices" / "snapshot.json")
        new = after.find("ec2.m7i.large.hour", "us-east-1")
        assert new is not None
        assert (new.usd, new.method, str(new.source_date)) == (0.1111, "exact", "2026-11-18")
        assert "AWS Price List AmazonEC2, version 20261118201201" in new.source
        assert after.find("ec2.c7i.large.hour", "us-east-1") == before.find("ec2.c7i.large.hour", "us-east-1")
        assert len(after.figures) == len(before.figures)

    def test_tiers_arrive_and_an_offer_missing_in_a_region_is_no_error(
        self, address: str, home: Path
    ) -> None:
        told = run(
            "refresh",
            "--from",
            address,
            "--keys",
            "apigateway.*",
            "--region",
            "us-east-1",
            "--region",
            "sa-east-1",
        )
        assert "1 changed" in told
        price = load_prices(home / "prices" / "snapshot.json").find("apigateway.http_million", "us-east-1")
        assert price is not None
        assert price.tiers == ((0.0, 1.2), (300.0, 1.1))

    def test_a_refresh_of_a_part_does_not_make_the_whole_younger(self, address: str, home: Path) -> None:
        result("refresh", "--from", address, "--region", "us-east-1", "--keys", "ec2.*")
        assert load_prices(home / "prices" / "snapshot.json").as_of == load_prices().as_of

    def test_refreshing_twice_writes_the_same_bytes(self, address: str, home: Path) -> None:
        arguments = ("refresh", "--from", address, "--region", "us-east-1", "--keys", "ec2.*")
        result(*arguments)
        once = (home / "prices" / "snapshot.json").read_bytes()
        assert result(*arguments)["changed"] == []
        assert (home / "prices" / "snapshot.json").read_bytes() == once


class TestWhatGoesWrong:
    @pytest.fixture
    def kept(self, address: str, home: Path) -> Iterator[Path]:
        """A snapshot that was refreshed before and has to survive every failure."""
        result("refresh", "--from", address, "--region", "us-east-1", "--keys", "ec2.*")
        path = home / "prices" / "snapshot.json"
        before = path.read_bytes()
        yield path
        assert path.read_bytes() == before
        assert [entry.name for entry in path.parent.iterdir()] == ["snapshot.json"]

    def test_a_download_that_breaks_off(self, kept: Path) -> None:
        with served(addresses(FILES), breaks_off="AmazonEC2/20261118201201/us-east-1") as base:
            error = refused("refresh", "--from", base, "--region", "us-east-1", "--keys", "ec2.*")
        assert error.code == "planning.price_list_unavailable"
        assert "us-east-1/index.csv" in error.message
        assert "are kept" in error.advice

    @pytest.mark.parametrize(
        ("address_part", "content"),
        [
            ("us-east-1/index.csv", b"<html>maintenance</html>"),
            ("region_index.json", b"not json"),
            ("aws/index.json", b"[]"),
            ("aws/index.json", b'{"offers": []}'),
            ("aws/index.json", b'{"offers": {"AmazonEC2": {}}}'),
        ],
    )
    def test_an_answer_of_another_kind(self, kept: Path, address_part: str, content: bytes) -> None:
        pages = {k: content if k.endswith(address_part) else v for k, v in addresses(FILES).items()}
        with served(pages) as base:
            error = refused("refresh", "--from", base, "--region", "us-east-1", "--keys", "ec2.*")
        assert error.code == "planning.price_list_unusable"
        assert base in error.message
        assert "are kept" in error.advice

    def test_an_address_that_is_not_there(self, kept: Path) -> None:
        with served({}) as base:
            missing = refused("refresh", "--from", base, "--keys", "ec2.*")
        assert "HTTP 404" in missing.message
        gone = refused("refresh", "--from", base, "--keys", "ec2.*")
        assert gone.code == "planning.price_list_unavailable"
        assert "--from" in gone.advice
        assert refused("refresh", "--from", "nowhere at all", "--keys", "ec2.*").code == gone.code

    def test_no_row_that_matches(self, kept: Path) -> None:
        files = {("AmazonEC2", "us-east-1"): price_file("AmazonEC2", [row("Something", "1.0")])}
        with served(addresses(files)) as base:
            error = refused("refresh", "--from", base, "--region", "us-east-1", "--keys", "ec2.*")
        assert isinstance(error, Invalid)
        assert "kept as they were" in error.advice

    @pytest.mark.parametrize("arguments", [("--keys", "quantum.*"), ("--region", "mars-north-1")])
    def test_a_wrong_argument(self, address: str, arguments: tuple[str, ...]) -> None:
        assert isinstance(refused("refresh", "--from", address, *arguments), Invalid)

    def test_a_disk_that_refuses(self, address: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(_number: int) -> None:
            raise OSError("no space left on device")

        monkeypatch.setattr(writing.os, "fsync", refuse)
        error = refused("refresh", "--from", address, "--region", "us-east-1", "--keys", "ec2.*")
        assert "no space left" in error.message
        assert list((home / "prices").iterdir()) == []

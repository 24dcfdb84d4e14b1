"""`prices`: show unit prices with their receipts, and fetch today's from the public AWS price list."""

from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Any

import typer

from libs.cli.result import ExitCode, emit
from libs.core.errors import Invalid
from libs.core.settings import Settings
from libs.planning.prices.charging import price_of
from libs.planning.prices.lookup import Price, Prices, load_prices, load_snapshot

app = typer.Typer(
    help="Show unit prices with their receipts, or fetch today's.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

AsJson = Annotated[bool, typer.Option("--json", help="End with one JSON object on stdout.")]


def snapshot_path(settings: Settings) -> Path:
    """Where the refreshed snapshot is kept."""
    return settings.home / "prices" / "snapshot.json"


@app.command("show")
def show(
    pattern: Annotated[str, typer.Argument(help="Price keys, with * for any text.")] = "*",
    region: Annotated[str, typer.Option(help="AWS region.")] = "us-east-1",
    quantity: Annotated[
        float | None, typer.Option(min=0, help="Units in a month: shows what they cost, tier by tier.")
    ] = None,
    free: Annotated[bool, typer.Option(help="Whether the account still has its free units.")] = True,
    as_json: AsJson = False,
) -> None:
    """Unit prices of a region, each with source, date and method."""
    from libs.cli.price_table import print_prices

    prices = load_prices(snapshot_path(Settings()))
    if region not in prices.regions:
        raise Invalid(
            f"Nothing is priced in {region}.", advice=f"Priced regions: {', '.join(prices.regions)}"
        )
    names = [key for key in prices.keys if fnmatchcase(key, pattern)]
    found = [price for key in names if (price := prices.find(key, region)) is not None]
    unknown = [key for key in names if prices.find(key, region) is None]
    if not names:
        raise Invalid(f"No price key matches {pattern!r}.", advice="See all with: agentic-mlops prices show")
    today = datetime.now(UTC).date()
    if as_json:
        emit(
            {
                "status": "done",
                "as_of": prices.as_of.isoformat(),
                "warning": prices.old_warning(today),
                "region": region,
                "prices": [_shown(price, quantity, free) for price in found],
                "unknown": unknown,
                "problem": None,
            }
        )
        return
    print_prices(found, unknown, region, quantity, free)
    _say_age(prices)


@app.command("refresh")
def refresh(
    region: Annotated[
        list[str] | None, typer.Option(help="AWS region; repeat for several. All when left out.")
    ] = None,
    keys: Annotated[str, typer.Option(help="Only these price keys, with * for any text.")] = "*",
    source: Annotated[
        str | None, typer.Option("--from", help="Base address of the price list; AWS's own when left out.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Fetch today's prices from the public AWS price list; whatever is not found there is kept."""
    from libs.cli.price_download import fetch_figures
    from libs.cli.price_table import print_report
    from libs.cli.writing import write_whole
    from libs.planning.prices.keys_files import load_keys
    from libs.planning.prices.refreshing import refreshed
    from libs.planning.prices.snapshot import write_snapshot

    settings = Settings()
    path = snapshot_path(settings)
    old = load_snapshot(path)
    regions = tuple(dict.fromkeys(region or sorted(old.region_index)))
    if strange := [name for name in regions if name not in old.region_index]:
        known = ", ".join(sorted(old.region_index))
        raise Invalid(f"Nothing is priced in {strange[0]}.", advice=f"Priced regions: {known}")
    asked = [key for name, key in load_keys().items() if key.price_list and fnmatchcase(name, keys)]
    if not asked:
        raise Invalid(
            f"No price key that the AWS price list holds matches {keys!r}.", advice="Nothing was fetched."
        )
    found = fetch_figures(source or settings.price_list_url, regions, asked, kept=old.as_of)
    today = datetime.now(UTC).date()
    new, report = refreshed(old, found, asked, today, everything=keys == "*" and not region)
    if not report.changed and not report.unchanged:
        raise Invalid(
            "No row of the price list matched any price key.",
            advice=f"The prices of {old.as_of.isoformat()} are kept as they were; check the address and the keys.",
        )
    write_whole(path, write_snapshot(new))
    if as_json:
        places = {name: [list(place) for place in getattr(report, name)] for name in report._fields}
        emit({"status": "done", "as_of": new.as_of.isoformat(), "file": str(path), **places, "problem": None})
    else:
        print_report(old, new, report, path)
    raise typer.Exit(ExitCode.DONE)


def _shown(price: Price, quantity: float | None, free: bool) -> dict[str, Any]:
    shown = price.to_json()
    if quantity is not None:
        parts = price_of(price, quantity, free)
        shown["charges"] = [
            {"from": p.from_, "quantity": p.quantity, "usd": p.usd, "monthly_usd": p.monthly_usd}
            for p in parts
        ]
        shown["monthly_usd"] = sum(part.monthly_usd for part in parts)
    return shown


def _say_age(prices: Prices) -> None:
    warning = prices.old_warning(datetime.now(UTC).date())
    typer.echo(warning or f"Prices as of {prices.as_of.isoformat()}.", err=True)

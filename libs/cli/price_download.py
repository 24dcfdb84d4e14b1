"""Streams the public AWS price list: offer index, region index, then regional CSV files line by line."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

import httpx
import typer

from libs.core.errors import Unavailable
from libs.planning.prices.errors import PriceListUnusable
from libs.planning.prices.keys_models import PriceKey
from libs.planning.prices.price_list import Figures, read_price_list

INDEX = "/offers/v1.0/aws/index.json"
SECONDS = 60.0
"""Longest pause between two pieces of an answer."""


class PriceListUnavailable(Unavailable):
    """The public price list cannot be fetched."""

    code = "planning.price_list_unavailable"


def fetch_figures(
    base: str, regions: Sequence[str], keys: Sequence[PriceKey], kept: date
) -> dict[str, list[Figures]]:
    """By region, what the price list says of the keys; an offer that is not sold in a region is left out.

    Args:
        base: address of the price list.
        regions: to look in.
        keys: those with a `price_list`.
        kept: date of the prices that stay in force when this fails, for the message.

    Raises:
        PriceListUnavailable: an address does not answer, or breaks off.
        PriceListUnusable: an answer is no price list.
    """
    by_offer: dict[str, list[PriceKey]] = defaultdict(list)
    for key in keys:
        if key.price_list is not None:
            by_offer[key.price_list.offer].append(key)
    found: dict[str, list[Figures]] = {region: [] for region in regions}
    url = base.rstrip("/") + INDEX
    try:
        with httpx.Client(timeout=SECONDS, follow_redirects=True) as client:
            offers = _section(client, url, "offers")
            for offer, wanted in sorted(by_offer.items()):
                if offer not in offers:
                    continue
                url = _address(base, offers[offer], "currentRegionIndexUrl")
                places = _section(client, url, "regions")
                for region in regions:
                    if region in places:
                        version = _address(base, places[region], "currentVersionUrl")
                        url = version.removesuffix(".json").removesuffix(".csv") + ".csv"
                        typer.echo(f"{offer} in {region}", err=True)
                        found[region].append(_figures(client, url, region, wanted))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise PriceListUnavailable(
            f"The price list cannot be fetched: {url}: {_said(error)}", advice=_advice(kept)
        ) from error
    except PriceListUnusable as error:
        raise PriceListUnusable(f"{url}: {error.message}", advice=_advice(kept)) from error
    return found


def _figures(client: httpx.Client, url: str, region: str, keys: Sequence[PriceKey]) -> Figures:
    with client.stream("GET", url) as answer:
        answer.raise_for_status()
        return read_price_list((f"{line}\n" for line in answer.iter_lines()), region, keys)


def _section(client: httpx.Client, url: str, name: str) -> dict[str, Any]:
    answer = client.get(url)
    answer.raise_for_status()
    try:
        section = answer.json()[name]
    except (ValueError, KeyError, TypeError) as error:
        raise PriceListUnusable(f"The answer is no index of {name}.") from error
    if not isinstance(section, dict):
        raise PriceListUnusable(f"The answer is no index of {name}.")
    return section


def _address(base: str, entry: Any, name: str) -> str:
    path = entry.get(name) if isinstance(entry, dict) else None
    if not isinstance(path, str) or not path.startswith("/"):
        raise PriceListUnusable(f"The index has an entry without {name}.")
    return base.rstrip("/") + path


def _said(error: Exception) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"HTTP {error.response.status_code}"
    return str(error) or type(error).__name__


def _advice(kept: date) -> str:
    return (
        f"Nothing was changed: the prices of {kept.isoformat()} are kept and stay in force. "
        "Run it again later, or name a mirror with --from."
    )

"""Reads the public AWS price list: lines of a regional CSV file go in, figures come out; memory stays constant."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from libs.planning.prices.errors import PriceListUnusable
from libs.planning.prices.keys_models import PriceKey
from libs.planning.prices.models import Tier

PREFIXES: Mapping[str, tuple[str, ...]] = {
    "us-east-1": ("USE1", ""),
    "us-east-2": ("USE2",),
    "us-west-1": ("USW1",),
    "us-west-2": ("USW2",),
    "ca-central-1": ("CAN1",),
    "sa-east-1": ("SAE1",),
    "eu-west-1": ("EU", "EUW1"),
    "eu-west-2": ("EUW2",),
    "eu-west-3": ("EUW3",),
    "eu-central-1": ("EUC1",),
    "eu-north-1": ("EUN1",),
    "eu-south-1": ("EUS1",),
    "ap-northeast-1": ("APN1",),
    "ap-northeast-2": ("APN2",),
    "ap-south-1": ("APS3",),
    "ap-southeast-1": ("APS1",),
    "ap-southeast-2": ("APS2",),
}
"""What AWS writes before a usage type in a region, with a hyphen; some services write the region's code instead."""
METADATA_LINES = 20
"""The header has to come within so many lines; AWS writes five before it."""
NEEDED = ("termtype", "startingrange", "priceperunit", "currency", "usagetype")


class Figures(NamedTuple):
    """What one regional file says."""

    offer: str
    version: str
    published: date
    tiers: dict[str, tuple[Tier, ...]]
    """By price key; one tier for a flat price."""
    ambiguous: tuple[str, ...]
    """Keys for which rows of different prices match; they are not taken."""
    rows: int


class _Wanted(NamedTuple):
    key: str
    where: tuple[tuple[str, str], ...]
    per: float


def read_price_list(lines: Iterable[str], region: str, keys: Sequence[PriceKey]) -> Figures:
    """Finds the figures of the keys in one regional file, row by row.

    On-demand rows in US dollars count; reservations do not. A free first step is left out, since what is free is
    kept with the key.

    Args:
        lines: of the CSV file.
        region: that the file is for.
        keys: whose `price_list` names the file's offer.

    Raises:
        PriceListUnusable: the lines are no price list, or end early.
    """
    reader = csv.reader(lines)
    metadata, header = _head(reader)
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise PriceListUnusable(f"The price list has no column {', '.join(missing)}.")
    wanted = _by_usage(keys, region)
    columns = {name: header.index(name) for name in header}
    steps: dict[str, dict[float, set[float]]] = defaultdict(lambda: defaultdict(set))
    rows = 0
    for row in reader:
        if not row:
            continue
        if len(row) < len(header):
            raise PriceListUnusable(f"The price list breaks off in row {rows + 1}.")
        rows += 1
        if row[columns["termtype"]] != "OnDemand" or row[columns["currency"]] != "USD":
            continue
        for key, where, per in wanted.get(row[columns["usagetype"]], ()):
            if all(_cell(row, columns, column) == value for column, value in where):
                start = _number(row[columns["startingrange"]], "StartingRange", rows) / per
                steps[key][start].add(_number(row[columns["priceperunit"]], "PricePerUnit", rows) * per)
    tiers, ambiguous = _tiers(steps)
    return Figures(
        metadata.get("offercode", ""),
        metadata.get("version", ""),
        _published(metadata),
        tiers,
        ambiguous,
        rows,
    )


def usage_types(usage: str, region: str) -> tuple[str, ...]:
    """The ways in which AWS may write a usage type in a region."""
    prefixed = tuple(f"{prefix}-{usage}" if prefix else usage for prefix in PREFIXES.get(region, ()))
    return (*prefixed, f"{region}-{usage}")


def _head(reader: Iterator[list[str]]) -> tuple[dict[str, str], list[str]]:
    metadata: dict[str, str] = {}
    for number, row in enumerate(reader):
        if number >= METADATA_LINES:
            break
        if len(row) > 2:
            return metadata, [_plain(name) for name in row]
        if len(row) == 2:
            metadata[_plain(row[0])] = row[1]
    raise PriceListUnusable("The text is no AWS price list: it has no header row.")


def _by_usage(keys: Sequence[PriceKey], region: str) -> dict[str, list[_Wanted]]:
    wanted: dict[str, list[_Wanted]] = defaultdict(list)
    for key in keys:
        if key.price_list is None:
            continue
        where = tuple((_plain(column), value) for column, value in key.price_list.where.items())
        for usage in key.price_list.usage:
            for name in usage_types(usage, region):
                wanted[name].append(_Wanted(key.key, where, key.price_list.per))
    return wanted


def _tiers(
    steps: Mapping[str, Mapping[float, set[float]]],
) -> tuple[dict[str, tuple[Tier, ...]], tuple[str, ...]]:
    tiers: dict[str, tuple[Tier, ...]] = {}
    ambiguous = []
    for key, found in sorted(steps.items()):
        paid = {start: usd - {0.0} for start, usd in found.items() if usd - {0.0}}
        if any(len(usd) > 1 for usd in paid.values()):
            ambiguous.append(key)
        elif paid:
            rising = sorted((_short(start), _short(next(iter(usd)))) for start, usd in paid.items())
            tiers[key] = ((0.0, rising[0][1]), *rising[1:])
    return tiers, tuple(ambiguous)


def _cell(row: Sequence[str], columns: Mapping[str, int], column: str) -> str | None:
    position = columns.get(column)
    return None if position is None else row[position]


def _number(text: str, column: str, row: int) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise PriceListUnusable(f"{column} in row {row} is no number: {text!r}") from error


def _published(metadata: Mapping[str, Any]) -> date:
    text = str(metadata.get("publicationdate", ""))
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise PriceListUnusable(f"The price list has no publication date: {text!r}") from error


def _short(number: float) -> float:
    return float(f"{number:.10g}")


def _plain(name: str) -> str:
    """Column names differ between offers: `usageType`, `Usage Type`, `usagetype`."""
    return "".join(letter for letter in name.lower() if letter.isalnum() or letter == "/")

"""The snapshot file: one figure a line, sources and keys named once; read with its mistakes told by line."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from pydantic import ValidationError

from libs.core.yaml_documents import YamlUnreadable, read_yaml
from libs.planning.errors import PricesUnusable
from libs.planning.prices.models import Price

SCHEMA = "planning-prices/2"


class Snapshot(NamedTuple):
    """Everything that a price file holds."""

    as_of: date
    """When the figures were assembled as a whole."""
    refreshed: date | None
    """When some of them were last fetched anew."""
    region_index: dict[str, float]
    prices: tuple[Price, ...]

    @property
    def newest(self) -> date:
        """The day that decides which of two snapshots is in force."""
        return max(self.as_of, self.refreshed or self.as_of)


def write_snapshot(snapshot: Snapshot) -> str:
    """The text of a snapshot: equal snapshots give equal bytes."""
    prices = sorted(snapshot.prices, key=lambda price: (price.key, price.region))
    sources = sorted({price.source for price in prices})
    numbers = {source: number for number, source in enumerate(sources)}
    keys = {price.key: _key_facts(price) for price in prices}
    head = {
        "schema": SCHEMA,
        "as_of": snapshot.as_of.isoformat(),
        "refreshed": snapshot.refreshed.isoformat() if snapshot.refreshed else None,
    }
    blocks = [f" {json.dumps(name)}: {json.dumps(value)}" for name, value in head.items()]
    blocks.append(_block("region_index", snapshot.region_index))
    blocks.append(' "sources": [\n' + ",\n".join(f"  {_line(source)}" for source in sources) + "\n ]")
    blocks.append(_block("keys", keys))
    rows = ",\n".join(f"  {_line(_row(price, numbers))}" for price in prices)
    blocks.append(f' "prices": [\n{rows}\n ]')
    return "{\n" + ",\n".join(blocks) + "\n}\n"


def read_snapshot(text: str, name: str) -> Snapshot:
    """Checks the text of a snapshot.

    Args:
        text: the whole file.
        name: how the file is called in an error.

    Raises:
        PricesUnusable: with file, line and reason.
    """
    try:
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        raise _unusable(name, error.lineno, f"not readable as JSON: {error.msg}") from error
    if not isinstance(raw, dict) or raw.get("schema") != SCHEMA:
        raise _unusable(name, 1, f"not a price snapshot of the form {SCHEMA}")
    place: tuple[str | int, ...] = ()
    try:
        place = ("as_of",)
        as_of = date.fromisoformat(raw["as_of"])
        place = ("refreshed",)
        refreshed = date.fromisoformat(raw["refreshed"]) if raw.get("refreshed") else None
        place = ("region_index",)
        index = {str(region): float(ratio) for region, ratio in raw["region_index"].items()}
        place = ("prices",)
        prices: dict[tuple[str, str], Price] = {}
        for number, row in enumerate(raw["prices"]):
            place = ("prices", number)
            price = _price(row, raw["keys"], raw["sources"])
            if (price.key, price.region) in prices:
                raise ValueError(f"{price.key} in {price.region} is there twice")
            prices[(price.key, price.region)] = price
    except ValidationError as error:
        first = error.errors()[0]
        reason = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}".removeprefix(": ")
        raise _unusable(name, _line_of(text, place), reason) from error
    except KeyError as error:
        raise _unusable(name, _line_of(text, place), f"{error} is missing") from error
    except (ValueError, TypeError, AttributeError, IndexError) as error:
        raise _unusable(name, _line_of(text, place), str(error)) from error
    return Snapshot(as_of, refreshed, index, tuple(prices.values()))


def _price(row: Sequence[Any], keys: Mapping[str, Any], sources: Sequence[str]) -> Price:
    key, region, figure, source, day, method, *rest = row
    facts = keys[key]
    free, free_source = facts.get("free", (0, ""))
    tiers = tuple((float(start), float(usd)) for start, usd in figure) if isinstance(figure, list) else ()
    return Price(
        key=key,
        region=region,
        unit=facts["unit"],
        usd=tiers[0][1] if tiers else figure,
        source=sources[source],
        source_date=date.fromisoformat(day) if day else None,
        method=method,
        tiers=tiers,
        free_per_month=free,
        free_source=free_source,
        words=facts["words"],
        scales=facts.get("scales", True),
        profile=rest[0] if rest else "",
    )


def _row(price: Price, numbers: Mapping[str, int]) -> list[Any]:
    figure: Any = [list(tier) for tier in price.tiers] if price.tiers else price.usd
    day = price.source_date.isoformat() if price.source_date else None
    row = [price.key, price.region, figure, numbers[price.source], day, price.method]
    return [*row, price.profile] if price.profile else row


def _key_facts(price: Price) -> dict[str, Any]:
    facts: dict[str, Any] = {"unit": price.unit, "words": price.words}
    if price.free_per_month:
        facts["free"] = [price.free_per_month, price.free_source]
    if not price.scales:
        facts["scales"] = False
    return facts


def _block(name: str, values: Mapping[str, Any]) -> str:
    lines = ",\n".join(f"  {_line(key)}: {_line(values[key])}" for key in sorted(values))
    return f' "{name}": {{\n{lines}\n }}'


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _line_of(text: str, place: tuple[str | int, ...]) -> int:
    try:
        return read_yaml(text).line(place)
    except YamlUnreadable as error:
        return int(error.facts["line"])


def _unusable(name: str, line: int, reason: str) -> PricesUnusable:
    return PricesUnusable(f"{name}, line {line}: {reason}", file=name, line=line, reason=reason)

"""The profile of one column."""

from datetime import datetime
from typing import Any

import numpy as np

from . import personal
from .kinds import Kind, kind_of, lengths_of
from .values import Values

_TOP = 50
_LONGEST = 200
"""Characters to which a frequent value is cut."""
_CLASSES = 15
"""Different numbers up to which they may be asked to be learned as classes."""
_QUANTILES = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
_MOST_DATES = 200_000


def profile_column(
    name: str, cells: Any, *, markers: frozenset[str] = frozenset(), nested: bool = False, top: int = _TOP
) -> dict[str, Any]:
    """Everything that is known of a column without looking at the others.

    Args:
        name: of the column.
        cells: all of them, as text.
        markers: literals that stand for a missing cell in the numbers of this file.
        nested: whether the cells were lists or objects.
        top: how many frequent values are kept.
    """
    values, empty = Values.of(cells)
    kind = kind_of(name, values, markers, len(cells))
    if nested and kind.name != "empty":
        kind.name = "nested"
    finding = personal.find(name, kind.name, kind.values)
    kept = kind.values
    result: dict[str, Any] = {
        "name": name,
        "kind": kind.name,
        "missing": empty + sum(kind.missing.values()),
        "missing_literals": dict(sorted(kind.missing.items())),
        "distinct": len(kept),
        # One value and empty cells beside it tell something: a box that was ticked or not.
        "constant": len(kept) == 0 or (len(kept) == 1 and len(cells) == kept.total),
        "personal": finding.to_json() if finding else None,
        "notes": kind.notes,
    }
    if finding is not None and finding.direct:
        # No real value of a personal column leaves the sandbox.
        return result
    few = kind.name == "number" and len(kept) <= _CLASSES
    if len(kept) and (few or kind.name in ("category", "boolean", "integer")):
        result["top_values"] = [{"value": text[:_LONGEST], "count": n} for text, n in kept.top(top)]
    if kind.name in ("number", "integer"):
        result |= _figures(kept)
    elif kind.name == "datetime":
        result |= _span(kind)
    elif kind.name in ("category", "text", "id") and len(kept):
        lengths = lengths_of(kept)
        result |= {"mean_characters": round(lengths.characters, 1), "mean_words": round(lengths.words, 2)}
    return result


def _figures(values: Values) -> dict[str, Any]:
    numbers, counts = values.numbers(), values.counts
    order = np.argsort(numbers, kind="stable")
    numbers, counts = numbers[order], counts[order]
    total = counts.sum()
    reached = np.cumsum(counts) / total
    mean = float((numbers * counts).sum() / total)
    spread = float(np.sqrt((((numbers - mean) ** 2) * counts).sum() / total))
    if not np.isfinite([mean, spread]).all():
        return {"minimum": float(numbers[0]), "maximum": float(numbers[-1])}
    return {
        "minimum": float(numbers[0]),
        "maximum": float(numbers[-1]),
        "mean": mean,
        "deviation": spread,
        "quantiles": {
            f"{share:g}": float(numbers[min(int(np.searchsorted(reached, share)), len(numbers) - 1)])
            for share in _QUANTILES
        },
        "zeros": int(counts[numbers == 0].sum()),
    }


def _span(kind: Kind) -> dict[str, Any]:
    moments = [
        moment
        for text in kind.values.texts.slice(0, _MOST_DATES).to_pylist()
        if (moment := read_moment(text, day_first=kind.day_first)) is not None
    ]
    if not moments:
        return {"day_first": kind.day_first}
    return {
        "earliest": min(moments).isoformat(),
        "latest": max(moments).isoformat(),
        "day_first": kind.day_first,
    }


def read_moment(text: str, *, day_first: bool) -> datetime | None:
    """The moment without its time zone, or None for what is none, such as 31 February."""
    try:
        return datetime.fromisoformat(text.replace(" Z", "Z")).replace(tzinfo=None)
    except ValueError:
        pass
    date = text.split()[0].replace(".", "/").replace("-", "/")
    order = "%d/%m" if day_first else "%m/%d"
    for year in ("%Y", "%y"):
        try:
            return datetime.strptime(date, f"{order}/{year}")  # noqa: DTZ007
        except ValueError:
            continue
    return None

"""Availability of what a request, or a scheduled run, passes in series."""

import math
from collections.abc import Iterable
from typing import NamedTuple

from libs.planning.catalogue.formulas import Names
from libs.planning.catalogue.models import Option
from libs.planning.models import Availability, AvailabilityPart, Requirements, Slot

ONLINE_PATH: tuple[Slot, ...] = ("features", "serve", "llm", "vector_store", "embeddings", "guardrails")
BATCH_PATH: tuple[Slot, ...] = ("serve", "llm", "vector_store", "embeddings", "guardrails")
"""Slots that a request, or a run, waits for; streams, files and schedules feed them and may lag without an error."""


class Availabilities(NamedTuple):
    """What an option contributes."""

    pct: float
    """100 when nothing waits for it."""
    claim: str
    single: bool
    """Whether it runs as one replica without another one beside it."""


NOT_IN_PATH = Availabilities(100.0, "", False)


def in_path(slot: Slot, needs: Requirements) -> bool:
    """Whether a request (or a run) waits for this slot."""
    return slot in (ONLINE_PATH if needs.archetype == "online_api" else BATCH_PATH)


def of_option(option: Option, names: Names, needs: Requirements) -> Availabilities:
    """What the option of this size contributes to the chain."""
    row = next((row for row in option.availability if row.when(names)), None)
    if row is None:
        return NOT_IN_PATH
    claim = option.claims[row.claim]
    pct = float(row.pct(names)) if in_path(option.slot, needs) else 100.0
    return Availabilities(pct, f"{claim.text} ({claim.source})", row.single)


def product(parts: Iterable[float]) -> float:
    """Percent available when all parts must be."""
    return round(math.prod(part / 100 for part in parts) * 100, 6)


def assess(parts: Iterable[tuple[Option, Availabilities]], needs: Requirements) -> Availability:
    """Expected availability of the whole, part by part, and what fails alone."""
    listed = tuple(parts)
    expected = product(own.pct for _, own in listed)
    return Availability(
        expected_pct=expected,
        target_pct=needs.availability_pct,
        downtime_minutes_month=round((100 - expected) / 100 * 730 * 60, 1),
        parts=tuple(
            AvailabilityPart(slot=option.slot, title=option.title, pct=own.pct, claim=own.claim)
            for option, own in listed
            if own.pct < 100
        ),
        single_points=tuple(
            f"{option.slot}: {option.title} runs as a single replica" for option, own in listed if own.single
        ),
    )

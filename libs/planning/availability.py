"""Availability of what a request, or a scheduled run, passes in series."""

import math
from collections.abc import Iterable, Mapping

from libs.planning.catalogue.models import Option
from libs.planning.models import Availability, Requirements, Slot
from libs.planning.sized import Size

REPLICAS = ("min_tasks", "min_instances", "nodes", "nat_gateways")
"""Size keys that count replicas."""
PATH: Mapping[str, tuple[Slot, ...]] = {
    "online_api": ("features", "serve"),
    "batch_scoring": ("serve",),
}
"""Slots that a request waits for; streams, files and schedules feed them and may lag without an error."""


def in_path(slot: Slot, needs: Requirements) -> bool:
    """Whether a request (or a run) waits for this slot."""
    return slot in PATH[needs.archetype]


def single(size: Size) -> bool:
    """Whether this size has one replica of something that could have more."""
    return any(size.get(key) == 1 for key in REPLICAS)


def of_option(option: Option, size: Size, needs: Requirements) -> float:
    """Availability in percent that the option contributes; 100 when nothing waits for it."""
    if option.availability is None or not in_path(option.slot, needs):
        return 100.0
    if single(size) and option.availability.single_pct is not None:
        return option.availability.single_pct
    return option.availability.pct


def product(parts: Iterable[float]) -> float:
    """Percent available when all parts must be."""
    return round(math.prod(part / 100 for part in parts) * 100, 6)


def assess(parts: Iterable[tuple[Option, Size]], needs: Requirements) -> Availability:
    """Expected availability of the whole, and what fails alone."""
    listed = tuple(parts)
    return Availability(
        expected_pct=product(of_option(option, size, needs) for option, size in listed),
        target_pct=needs.availability_pct,
        single_points=tuple(
            f"{option.slot}: {option.title} runs as a single replica"
            for option, size in listed
            if single(size)
        ),
    )

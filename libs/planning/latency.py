"""The request path hop by hop; the sum of 95th percentiles is conservative, not a percentile."""

from collections.abc import Iterable

from libs.planning.catalogue.formulas import Names
from libs.planning.catalogue.models import Option
from libs.planning.models import LatencyBudget, LatencyHop, Requirements


def hops(option: Option, names: Names, needs: Requirements) -> tuple[LatencyHop, ...]:
    """What the option adds to one request; empty when no request waits."""
    if needs.archetype == "batch_scoring":
        return ()
    return tuple(
        LatencyHop(slot=option.slot, name=rule.hop, p95_ms=round(float(rule.ms(names)), 3), basis=rule.basis)
        for rule in option.path
        if rule.when(names)
    )


def conservative_p95(path: Iterable[LatencyHop]) -> float:
    """Sum of the hops' 95th percentiles."""
    return round(sum(hop.p95_ms for hop in path), 3)


def budget(path: Iterable[LatencyHop], needs: Requirements) -> LatencyBudget:
    """The hops against the target, each with its share of the sum."""
    listed = tuple(path)
    total = conservative_p95(listed)
    shared = tuple(
        hop.model_copy(update={"share": round(hop.p95_ms / total, 4) if total else 0.0}) for hop in listed
    )
    return LatencyBudget(hops=shared, conservative_p95_ms=total, target_ms=needs.latency_ms_p95)

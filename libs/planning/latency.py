"""The request path hop by hop; the sum of 95th percentiles is conservative, not a percentile."""

from collections.abc import Iterable

from libs.planning import demand
from libs.planning.catalogue.models import Option
from libs.planning.models import LatencyBudget, LatencyHop, Requirements
from libs.planning.sized import Size

COLD_START_MS = 6000.0
"""Allowance for the first request of a container image with machine-learning libraries."""
ALLOWANCE = "planning allowance, to be confirmed by the load test of the generated repository"
FASTEST_VCPU = 2.0
"""One small model does not use more cores for one request."""


def hops(option: Option, size: Size, needs: Requirements) -> tuple[LatencyHop, ...]:
    """What the option adds to one request; empty when requests do not pass it."""
    if needs.archetype == "batch_scoring" or option.latency is None:
        return ()
    first = LatencyHop(
        slot=option.slot, name=option.latency.hop, p95_ms=option.latency.p95_ms, basis=option.latency.basis
    )
    if option.slot != "serve":
        return (first,)
    model = LatencyHop(
        slot="serve", name="model inference", p95_ms=inference_ms(size, needs), basis=ALLOWANCE
    )
    if size.get("provisioned_concurrency") == 0:
        cold = LatencyHop(slot="serve", name="cold start", p95_ms=COLD_START_MS, basis=ALLOWANCE)
        return (first, model, cold)
    return (first, model)


def inference_ms(size: Size, needs: Requirements) -> float:
    """95th percentile of one prediction on this size."""
    load = demand.inference(needs)
    if str(size.get("instance_type", "")).startswith("ml.g"):
        return round(load.gpu_ms * (1.5 if ".g5." in str(size["instance_type"]) else 3), 3)
    return round(load.wait_ms + load.p95_ms / min(_vcpu(size), FASTEST_VCPU), 3)


def _vcpu(size: Size) -> float:
    if "vcpu" in size:
        return float(size["vcpu"])
    if "memory_mb" in size:
        return float(size["memory_mb"]) / 1769
    return FASTEST_VCPU


def conservative_p95(path: Iterable[LatencyHop]) -> float:
    """Sum of the hops' 95th percentiles."""
    return round(sum(hop.p95_ms for hop in path), 3)


def budget(path: Iterable[LatencyHop], needs: Requirements) -> LatencyBudget:
    """The hops against the target."""
    listed = tuple(path)
    return LatencyBudget(
        hops=listed, conservative_p95_ms=conservative_p95(listed), target_ms=needs.latency_ms_p95
    )

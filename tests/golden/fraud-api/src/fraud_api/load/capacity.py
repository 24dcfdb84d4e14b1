"""What a measured rate means for the planned size, and what it does not prove."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from ..running.repository import ROOT

CAPACITY_FILE = ROOT / "monitoring" / "capacity.yaml"


@dataclass(frozen=True)
class Capacity:
    """`monitoring/capacity.yaml`: what the design promises and with how many replicas."""

    peak_rps: float
    latency_ms_p95: float | None
    availability_pct: float
    replica: str
    """What one replica is, in words."""
    replica_vcpu: float | None
    min_replicas: int
    max_replicas: int
    headroom: float
    """By how much the replicas must exceed the peak: their target load is below 100 %."""
    waiting_rps: float | None = None
    """What one replica takes at most while requests wait for others, by the plan."""


def sizing(capacity: Capacity, proven_rps: float) -> dict[str, Any]:
    """Replicas for the planned peak at the measured rate, against the planned ones."""
    if proven_rps <= 0:
        return {"replicas": None, "enough": False, "says": "No rate kept the promise."}
    most = math.inf if capacity.waiting_rps is None else capacity.waiting_rps
    rate = min(proven_rps, most)
    replicas = math.ceil(capacity.peak_rps / rate * capacity.headroom)
    enough = replicas <= capacity.max_replicas
    verdict = "covers it" if enough else "does not cover it"
    waiting = f"the {rate:g} requests/s that wait in one by the plan"
    speed = waiting if rate < proven_rps else "this machine's speed"
    return {
        "formula": "ceil(peak / the lower rate of one replica, measured or waiting, x headroom)",
        "peak_rps": capacity.peak_rps,
        "measured_rps": proven_rps,
        "waiting_rps": capacity.waiting_rps,
        "headroom": capacity.headroom,
        "replicas": replicas,
        "planned_min": capacity.min_replicas,
        "planned_max": capacity.max_replicas,
        "enough": enough,
        "says": (
            f"{replicas} replicas of {speed} for {capacity.peak_rps:g} requests/s; "
            f"the planned maximum of {capacity.max_replicas} {verdict}."
        ),
    }


def not_proven(capacity: Capacity, machine: dict[str, Any], local: bool) -> list[str]:
    """What was extrapolated, sentence by sentence; it is never a proof."""
    where = "this machine" if local else "the machine behind the address"
    says = [
        f"Not proven: that more than one replica adds up; one was measured, on {where}.",
        f"Not proven: the rate of the planned replica ({capacity.replica}).",
    ]
    if local:
        shared = f"client and service shared {machine['cpus']} CPUs here"
        says.append(f"Not proven: latency over a network; {shared}.")
    return says

"""How long a brief takes until its final gate waits for a person."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime

from libs.cli.benchmarks import samples, timeline
from libs.cli.benchmarks.briefs import BRIEFS
from libs.cli.benchmarks.designs import Design, Homes, working
from libs.cli.benchmarks.models import Conditions, Result, measured
from libs.core.settings import Settings

TARGET_SECONDS = 1.5

Round = dict[str, dict[str, float]]
"""`total`: the whole; `parts`: what it consists of; `nodes`: the work of each node."""


async def measure(conditions: Conditions) -> Sequence[Result]:
    """From the admission of a brief to the waiting final gate, on a fresh home each time."""
    homes = Homes(conditions.folder)
    cold = {
        kind: await _design(await homes.settings(conditions.settings), brief)
        for kind, brief in BRIEFS.items()
    }
    rounds: dict[str, list[Round]] = {kind: [] for kind in BRIEFS}
    for _ in range(conditions.runs):
        for kind, brief in BRIEFS.items():
            rounds[kind].append(await _design(await homes.settings(conditions.settings), brief))
    seconds = [each["total"]["seconds"] for kind in rounds for each in rounds[kind]]
    breakdown = {
        "seconds": samples.spread(seconds),
        **{
            kind: {
                "seconds": samples.spread([each["total"]["seconds"] for each in rounds[kind]]),
                "first_in_process": round(cold[kind]["total"]["seconds"], samples.DIGITS),
                "parts": samples.medians([each["parts"] for each in rounds[kind]]),
                "nodes": samples.medians([each["nodes"] for each in rounds[kind]]),
            }
            for kind in BRIEFS
        },
    }
    return [
        measured(
            "brief_to_gate",
            "s",
            samples.median(seconds),
            runs=len(seconds),
            breakdown=breakdown,
            at_most=TARGET_SECONDS,
        )
    ]


async def _design(settings: Settings, brief: str) -> Round:
    async with working(settings) as services:
        design = Design(services)
        began, began_at = time.perf_counter(), datetime.now(UTC)
        await design.start(brief)
        admission = time.perf_counter() - began
        events = await design.until_gate()
        seconds = time.perf_counter() - began
    first = next(event.at for event in events if event.type == "node-start")
    told = (events[-1].at - began_at).total_seconds()
    waiting = (first - began_at).total_seconds() - admission
    return {
        "total": {"seconds": seconds},
        "parts": {
            "admission": admission,
            "until_first_node": max(waiting, 0.0),
            **timeline.parts(events),
            "until_seen": max(seconds - told, 0.0),
        },
        "nodes": timeline.work(events),
    }

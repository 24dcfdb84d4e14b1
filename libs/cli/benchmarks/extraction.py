"""How long the words of a brief take to become constraints."""

import time
from collections.abc import Sequence

from libs.cli.benchmarks import samples
from libs.cli.benchmarks.briefs import LONG_BRIEF
from libs.cli.benchmarks.models import Conditions, Result, measured
from libs.intake.extraction import extract


async def measure(conditions: Conditions) -> Sequence[Result]:
    """Extraction of a brief of two kilobytes."""
    began = time.perf_counter()
    found = extract(LONG_BRIEF)
    first = time.perf_counter() - began
    seconds: list[float] = []
    for _ in range(conditions.runs):
        began = time.perf_counter()
        extract(LONG_BRIEF)
        seconds.append(time.perf_counter() - began)
    return [
        measured(
            "extraction",
            "s",
            samples.median(seconds),
            runs=len(seconds),
            breakdown={
                "seconds": samples.spread(seconds),
                "first_in_process": round(first, samples.DIGITS),
                "bytes": len(LONG_BRIEF.encode()),
                "constraints": len(found.constraints),
            },
        )
    ]

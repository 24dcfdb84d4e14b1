"""How long the words of a brief take to become constraints."""

import time
from collections.abc import Sequence

from libs.cli.benchmarks import samples
from libs.cli.benchmarks.briefs import LONG_BRIEF
from libs.cli.benchmarks.models import Conditions, Result, measured
from libs.intake.extraction import extract

TIRESOME = (
    "1.1",
    "in the ",
    "we train a model, 5 rps, $3k/mo ",
    "no, make that 10 ms ",
    "half a second ",
    "((",
)
"""Repeated, each of them once made some pattern look at every pair of places."""
GROWTH = 3.0
"""Twice the text takes twice the time where every pattern reads it once; four times where one looks at all pairs."""


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
        ),
    ]


async def measure_growth(conditions: Conditions) -> Sequence[Result]:
    """The time for twenty kilobytes over the time for ten, the worst of some texts that repeat themselves."""
    ratios = {
        piece.strip(): _seconds(piece, 20_000, conditions.runs) / _seconds(piece, 10_000, conditions.runs)
        for piece in TIRESOME
    }
    return [
        measured(
            "extraction_growth",
            "x",
            max(ratios.values()),
            at_most=GROWTH,
            runs=len(ratios) * conditions.runs,
            breakdown={piece: round(ratio, samples.DIGITS) for piece, ratio in ratios.items()},
        )
    ]


def _seconds(piece: str, length: int, tries: int) -> float:
    text = (piece * length)[:length]
    taken = []
    for _ in range(tries):
        began = time.process_time()
        extract(text, follow_up=True)
        taken.append(time.process_time() - began)
    return min(taken)

"""`python -m PACKAGE.load`: finds the highest rate at which one replica keeps the stated p95.

Without `--url` it serves the model itself. Exit code 0: the promise was kept at some rate (with
`--rate`: at that rate).
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml  # type: ignore[import-untyped]

from ..running.errors import EXIT_OK, EXIT_USAGE, UsageError
from ..running.files import read_json, sha256_file, write_json
from .capacity import CAPACITY_FILE, Capacity, not_proven, sizing
from .generator import Step
from .search import Found, Promise, highest_rate
from .service import bodies, started_service, started_stub, step_at

ASSUMED_P95_MS = 1_000.0
"""Where the design states no latency."""
SEND_DELAY_MS = 20.0
_WARM_UP = (5.0, 2.0)
"""Rate and seconds of the requests that are not counted."""
_SEARCH_SHARE = 0.2
"""Of the seconds of the last step, that each step of the search takes."""


def measure(
    url: str, requests: list[bytes], capacity: Capacity, *, rate: float | None, seconds: float
) -> dict[str, Any]:
    """Searches, or measures at one rate; the step that counts takes all the seconds."""
    target = capacity.latency_ms_p95 or ASSUMED_P95_MS
    promise = Promise(target, 1 - capacity.availability_pct / 100, SEND_DELAY_MS)
    step_at(url, requests, *_WARM_UP)
    if rate is None:
        short = max(2.0, seconds * _SEARCH_SHARE)
        most = max(2 * capacity.peak_rps, 50.0)
        found = highest_rate(
            lambda tried: step_at(url, requests, tried, short), promise, start=20, most=most
        )
        final = _confirmed(found, url, requests, seconds, promise)
    else:
        final = step_at(url, requests, rate, seconds)
        found = Found(final if promise.kept(final) else None, "range", (final,))
    kept = promise.kept(final)
    return {
        "promise": {
            "latency_ms_p95": target,
            "stated": capacity.latency_ms_p95 is not None,
            "error_share": round(promise.error_share, 6),
        },
        "kept": kept,
        "limited_by": found.limited_by,
        "result": {**asdict(final), "error_share": final.error_share},
        "search": [asdict(step) for step in found.steps],
        "sizing": sizing(capacity, final.rate if kept else 0.0),
    }


def _confirmed(
    found: Found, url: str, requests: list[bytes], seconds: float, promise: Promise
) -> Step:
    """The found rate for the whole time; a tenth slower as long as it does not hold."""
    rate = found.best.rate if found.best else found.steps[0].rate
    for _ in range(3):
        step = step_at(url, requests, rate, seconds)
        if promise.kept(step):
            break
        rate *= 0.9
    return step


def generator_limit(requests: list[bytes], seconds: float) -> dict[str, Any]:
    """The rate up to which the generator itself sends in time, against a stub that does nothing."""
    promise = Promise(SEND_DELAY_MS, 0.0, SEND_DELAY_MS)
    with started_stub() as url:
        found = highest_rate(
            lambda rate: step_at(url, requests, rate, seconds), promise, start=100, most=6_400
        )
    return {"rps": found.best.rate if found.best else 0.0, "steps": len(found.steps)}


def machine() -> dict[str, Any]:
    """Where it was measured."""
    cpus = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "cpus": cpus,
        "system": platform.platform(terse=True),
        "architecture": platform.machine(),
        "python": platform.python_version(),
    }


@contextlib.contextmanager
def _address(url: str | None, model: Path) -> Iterator[str]:
    if url:
        yield url.rstrip("/")
    else:
        with started_service(model) as own:
            yield own


def main() -> int:
    """Measures, writes the result and says what it means."""
    parser = argparse.ArgumentParser(description="Find the rate that keeps the stated p95.")
    parser.add_argument("--url", help="default: serve the model on this machine")
    parser.add_argument("--rate", type=float, help="measure at this rate only")
    parser.add_argument("--seconds", type=float, default=30.0, help="of the step that counts")
    parser.add_argument("--model", type=Path, required=True, help="folder of the served model")
    parser.add_argument("--data", type=Path, required=True, help="rows to send")
    parser.add_argument("--output", type=Path, required=True)
    given = parser.parse_args()
    capacity = Capacity(**yaml.safe_load(CAPACITY_FILE.read_text(encoding="utf-8")))
    requests = bodies(given.data)
    local = not given.url or urlsplit(given.url).hostname in ("127.0.0.1", "localhost")
    try:
        with _address(given.url, given.model) as url:
            found = measure(url, requests, capacity, rate=given.rate, seconds=given.seconds)
    except UsageError as error:
        print(f"usage: {error}", file=sys.stderr)
        return EXIT_USAGE
    here = machine()
    found |= {
        "model": read_json(given.model / "model.json")["version"],
        "model_sha256": sha256_file(given.model / "model.json"),
        "rows_sha256": sha256_file(given.data),
        "machine": here,
        "service": "one replica on this machine" if local else given.url,
        "generator": generator_limit(requests, seconds=1.5),
        "not_proven": not_proven(capacity, here, local),
    }
    write_json(given.output, found)
    _say(found)
    return EXIT_OK if found["kept"] else 1


def _say(found: dict[str, Any]) -> None:
    step = found["result"]
    verdict = "kept" if found["kept"] else "NOT kept"
    print(
        f"{step['rate']:.0f} requests/s for {step['seconds']:.0f} s: p50 {step['p50']:.1f} ms, "
        f"p95 {step['p95']:.1f} ms, p99 {step['p99']:.1f} ms, {step['errors']} errors; "
        f"p95 of {found['promise']['latency_ms_p95']:g} ms {verdict}"
    )
    print(f"generator alone: {found['generator']['rps']:.0f} requests/s")
    print(found["sizing"]["says"], *found["not_proven"], sep="\n")


if __name__ == "__main__":
    sys.exit(main())

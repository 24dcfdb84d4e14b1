"""`python -m PACKAGE.load`: finds the highest rate at which one replica keeps the stated p95.

Without `--url` it serves the model itself. Exit code 0: the promise was kept at some rate (with
`--rate`: at that rate).
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml  # type: ignore[import-untyped]

from ..running.errors import EXIT_OK, EXIT_USAGE, UsageError
from ..running.files import read_json, sha256_file, write_json
from .capacity import CAPACITY_FILE, Capacity, not_proven
from .generator import Step
from .measuring import generator_limit, machine, measure
from .processes import started_service
from .service import PROMISED, START_RPS, bodies, figures, step_at, unmeasured


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
    parser.add_argument("--data", type=Path, required=True, help="what is sent")
    parser.add_argument("--output", type=Path, required=True)
    given = parser.parse_args()
    capacity = Capacity(**yaml.safe_load(CAPACITY_FILE.read_text(encoding="utf-8")))
    requests = bodies(given.data)
    local = not given.url or urlsplit(given.url).hostname in ("127.0.0.1", "localhost")
    if not local:
        capacity = replace(capacity, waiting_rps=None)  # what a request waits for there is measured
    try:
        with _address(given.url, given.model) as url:
            at = partial(step_at, url, requests)
            found = measure(
                at,
                capacity,
                rate=given.rate,
                seconds=given.seconds,
                start=START_RPS,
            )
    except UsageError as error:
        print(f"usage: {error}", file=sys.stderr)
        return EXIT_USAGE

    def at_stub(url: str, rate: float, seconds: float) -> Step:
        return step_at(url, requests, rate, seconds)

    here = machine()
    found |= {
        "model": read_json(given.model / "model.json")["version"],
        "model_sha256": sha256_file(given.model / "model.json"),
        "data_sha256": sha256_file(given.data),
        "machine": here,
        "service": "one replica on this machine" if local else given.url,
        "generator": generator_limit(at_stub, seconds=1.5),
        "not_proven": [*unmeasured(local), *not_proven(capacity, here, local)],
    }
    write_json(given.output, found)
    _say(found)
    return EXIT_OK if found["kept"] else 1


def _say(found: dict[str, Any]) -> None:
    step = found["result"]
    verdict = "kept" if found["kept"] else "NOT kept"
    print(
        f"{step['rate']:.1f} requests/s for {step['seconds']:.0f} s: {figures(step)}, "
        f"{step['errors']} errors; "
        f"{PROMISED} of {found['promise']['latency_ms_p95']:g} ms {verdict}"
    )
    print(f"generator alone: {found['generator']['rps']:.0f} requests/s")
    print(found["sizing"]["says"], *found["not_proven"], sep="\n")


if __name__ == "__main__":
    sys.exit(main())

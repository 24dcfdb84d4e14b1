"""What Lighthouse says of the landing page and of the page of a finished run."""

import asyncio
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from libs.cli.benchmarks import browser, samples
from libs.cli.benchmarks.first_load import NOT_BUILT, is_built
from libs.cli.benchmarks.models import Conditions, MeasurementFailed, Result, measured, skipped
from libs.cli.benchmarks.web_designs import finished_design, web_app
from libs.core.settings import PRODUCT_ROOT

PERFORMANCE = 95.0
ACCESSIBILITY = 100.0
LONGEST_SECONDS = 240.0
SAID_CHARACTERS = 1000
NPM_PLACE = PRODUCT_ROOT / "frontend" / "node_modules" / ".bin" / "lighthouse"
NO_LIGHTHOUSE = (
    "Lighthouse is not installed; "
    "install it by `npm install --no-save lighthouse@12.8.2` in the folder frontend"
)
FIGURES = {
    "first-contentful-paint": "first_paint_ms",
    "largest-contentful-paint": "largest_paint_ms",
    "total-blocking-time": "blocked_ms",
    "cumulative-layout-shift": "layout_shift",
}

Report = Mapping[str, Any]


async def measure(conditions: Conditions) -> Sequence[Result]:
    """Performance and accessibility as Lighthouse judges a laptop, in points of 100."""
    program = lighthouse()
    reason = None if program else NO_LIGHTHOUSE
    reason = reason or (None if browser.chromium() else browser.NO_CHROMIUM)
    reason = reason or (None if is_built(conditions.settings.page_dir) else NOT_BUILT)
    if program is None or reason:
        return [skipped("lighthouse", "points", reason or NO_LIGHTHOUSE)]
    async with web_app(conditions, "lighthouse") as (server, client):
        design = await finished_design(client)
        pages = {"landing": f"{server.url}/", "run": f"{server.url}/runs/?id={design['id']}"}
        reports: dict[str, list[Report]] = {
            name: [await _visit(program, url, conditions.folder) for _ in range(conditions.runs)]
            for name, url in pages.items()
        }
    return [result for name, visits in reports.items() for result in judged(name, visits)]


def lighthouse() -> str | None:
    """Where the program is, if it is there: beside the web app, or in the path."""
    return str(NPM_PLACE) if NPM_PLACE.is_file() else shutil.which("lighthouse")


def judged(page: str, visits: Sequence[Report]) -> list[Result]:
    """The figures of one page; the median of its visits, and for accessibility the worst."""
    performance = [_points(visit, "performance") for visit in visits]
    accessibility = [_points(visit, "accessibility") for visit in visits]
    return [
        measured(
            f"lighthouse_performance_{page}",
            "points",
            samples.median(performance),
            runs=len(visits),
            at_least=PERFORMANCE,
            breakdown={
                "points": samples.spread(performance),
                **{
                    name: samples.spread([float(visit["audits"][audit]["numericValue"]) for visit in visits])
                    for audit, name in FIGURES.items()
                },
            },
        ),
        measured(
            f"lighthouse_accessibility_{page}",
            "points",
            min(accessibility),
            runs=len(visits),
            at_least=ACCESSIBILITY,
            breakdown={"points": samples.spread(accessibility)},
            note="; ".join(sorted({title for visit in visits for title in _complaints(visit)})),
        ),
    ]


def _points(visit: Report, category: str) -> float:
    score = visit["categories"][category]["score"]
    if score is None:
        raise MeasurementFailed(f"Lighthouse gave no score for {category}: {visit.get('runtimeError')}")
    return round(float(score) * 100, 1)


def _complaints(visit: Report) -> list[str]:
    counted = [ref["id"] for ref in visit["categories"]["accessibility"]["auditRefs"] if ref["weight"]]
    audits = [visit["audits"][name] for name in counted]
    return [audit["title"] for audit in audits if audit["score"] is not None and audit["score"] < 1]


async def _visit(program: str, url: str, folder: Path) -> Report:
    where = folder / "lighthouse.json"
    process = await asyncio.create_subprocess_exec(
        program,
        url,
        "--quiet",
        "--no-enable-error-reporting",
        "--preset=desktop",
        "--only-categories=performance,accessibility",
        "--output=json",
        f"--output-path={where}",
        f"--chrome-flags={' '.join(['--headless=new', *browser.flags()])}",
        env={**os.environ, "CHROME_PATH": browser.chromium() or ""},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            said, _ = await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
        raise MeasurementFailed(f"Lighthouse did not end within {LONGEST_SECONDS:g} s.") from None
    if process.returncode:
        raise MeasurementFailed(f"Lighthouse failed: {said.decode(errors='replace')[-SAID_CHARACTERS:]}")
    report: Report = json.loads(await asyncio.to_thread(where.read_text))
    return report

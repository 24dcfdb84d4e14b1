"""How long the checks take on the largest repository, what each tool costs, and what a second run costs."""

import time
from collections.abc import Sequence
from typing import Any

from libs.bootstrap import blob_store, checks_of, sandbox_of, tools_of
from libs.cli.benchmarks import known, samples
from libs.cli.benchmarks.briefs import BRIEFS
from libs.cli.benchmarks.machine import CORES
from libs.cli.benchmarks.models import Conditions, MeasurementFailed, Result, measured
from libs.codegen import payload, renderer
from libs.codegen.blueprint import build_blueprint
from libs.codegen.checks.suite import RUN_THE_REPOSITORY, CheckSuite, all_checks
from libs.codegen.models import CheckResult
from libs.core.values import Value
from libs.workflow.deps import Checks

TARGET_STATIC_SECONDS = 20.0
TARGET_RATIO = 1.3
DIGITS = 2


class Pass(Value):
    """One run of a suite."""

    seconds: float
    results: tuple[CheckResult, ...]

    @property
    def cpu_seconds(self) -> float:
        """CPU time of all checks, as counted by the sandbox."""
        return sum(result.cpu_seconds for result in self.results)

    @property
    def ratio(self) -> float:
        """Beside the shortest time that any order of these checks could take."""
        return self.seconds / max(max(result.seconds for result in self.results), self.cpu_seconds / CORES)


async def measure(conditions: Conditions) -> Sequence[Result]:
    """Static checks alone; the whole suite with an empty store; the whole suite again."""
    kind, packed, files = largest()
    settings = conditions.settings
    sandbox, policies = sandbox_of(settings), known.knowledge().policies
    static = [
        c for c in all_checks(sandbox, tools_of(settings), policies) if c.name not in RUN_THE_REPOSITORY
    ]
    # The first call on a machine reads third-party packages once and keeps what it found.
    await _run(CheckSuite([check for check in static if check.name == "mypy"]), packed)
    alone = [await _run(CheckSuite(static), packed) for _ in range(conditions.runs)]
    whole: list[Pass] = []
    again: list[Pass] = []
    for _ in range(conditions.runs):
        empty = settings.model_copy(update={"home": conditions.folder / f"home-{len(whole)}"})
        suite = checks_of(settings, sandbox, policies, cache=blob_store(empty))
        whole.append(await _run(suite, packed))
        again.append(await _run(suite, packed))
    if not any(result.cached for result in again[-1].results):
        raise MeasurementFailed("The second run knew nothing of the first.")
    about = {"repository": kind, "files": files, "zip_bytes": len(packed)}
    missing = sorted(r.check for r in whole[-1].results if r.status == "skipped")
    note = f"without {', '.join(missing)}, whose tools or files are not here" if missing else ""
    runs = conditions.runs
    return [
        measured(
            "checks_static", "s", samples.median([p.seconds for p in alone]), runs=runs,
            breakdown={**about, **_tools(alone)}, at_most=TARGET_STATIC_SECONDS, note=note,
        ),
        measured(
            "checks_whole_ratio", "x", samples.median([p.ratio for p in whole]), runs=runs,
            breakdown=_whole(whole), at_most=TARGET_RATIO, note=note,
        ),
        measured(
            "checks_again", "s", samples.median([p.seconds for p in again]), runs=runs,
            breakdown={"known": sum(r.cached for r in again[-1].results)},
        ),
    ]  # fmt: skip


def largest() -> tuple[str, bytes, int]:
    """Name, payload and number of files of the largest repository among the briefs."""
    trees = {}
    for kind in BRIEFS:
        _, defaults = known.requirements(kind)
        given = (*known.constraints(kind), *defaults)
        blueprint = build_blueprint(known.plan(kind), given, name="", brief_title=BRIEFS[kind])
        trees[kind] = renderer.render(blueprint)
    kind = max(trees, key=lambda name: len(trees[name]))
    return kind, payload.pack(trees[kind]), len(trees[kind])


async def _run(suite: Checks, packed: bytes) -> Pass:
    async def tell(_result: CheckResult) -> None:
        return

    started = time.perf_counter()
    results = tuple(await suite.run(packed, tell))
    seconds = time.perf_counter() - started
    if red := [f"{r.check}: {r.reason}" for r in results if r.status == "fail"]:
        raise MeasurementFailed(f"A check is red: {'; '.join(red)}")
    return Pass(seconds=seconds, results=results)


def _whole(passes: Sequence[Pass]) -> dict[str, Any]:
    return {
        "suite": samples.spread([p.seconds for p in passes]),
        "longest": samples.spread([max(r.seconds for r in p.results) for p in passes]),
        "cpu": samples.spread([p.cpu_seconds for p in passes]),
        **_tools(passes),
    }


def _tools(passes: Sequence[Pass]) -> dict[str, Any]:
    """Wall and CPU seconds of each tool that ran, the dearest first."""
    by_name: dict[str, list[CheckResult]] = {}
    for each in passes:
        for result in each.results:
            if result.status != "skipped":
                by_name.setdefault(result.check, []).append(result)
    cost = {
        name: {
            "wall": round(samples.median([r.seconds for r in results]), DIGITS),
            "cpu": round(samples.median([r.cpu_seconds for r in results]), DIGITS),
        }
        for name, results in by_name.items()
    }
    return dict(sorted(cost.items(), key=lambda item: -item[1]["cpu"]))

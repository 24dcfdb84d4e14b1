"""How long the approval takes to become a proven zip, and how well the checks use the machine."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from libs.cli.benchmarks import samples, timeline
from libs.cli.benchmarks.briefs import BRIEFS
from libs.cli.benchmarks.designs import Design, Homes, working
from libs.cli.benchmarks.machine import CORES
from libs.cli.benchmarks.models import Conditions, Result, measured
from libs.core.settings import Settings

TARGET_SECONDS = 30.0
TARGET_RATIO = 1.3


@dataclass(frozen=True)
class Proof:
    """One approval with its checks."""

    seconds: float
    parts: Mapping[str, float]
    nodes: Mapping[str, float]
    checks: Sequence[Mapping[str, Any]]

    @property
    def suite_seconds(self) -> float:
        """The whole check suite: unpacking, all checks, telling."""
        return self.nodes["validators"]

    @property
    def bound_seconds(self) -> float:
        """No order of the checks is faster than the longest one, nor than all their CPU time on all cores."""
        longest: float = max(check["seconds"] for check in self.checks)
        return max(longest, self.cpu_seconds / CORES)

    @property
    def cpu_seconds(self) -> float:
        """CPU time of all checks, as counted by the sandbox."""
        total: float = sum(check["cpu_seconds"] for check in self.checks)
        return total


async def measure(conditions: Conditions) -> Sequence[Result]:
    """From the approval of the architecture to the complete run, with the real checks."""
    homes = Homes(conditions.folder)
    proofs: dict[str, list[Proof]] = {kind: [] for kind in BRIEFS}
    for _ in range(conditions.runs):
        for kind, brief in BRIEFS.items():
            settings = await homes.settings(conditions.settings)
            proofs[kind].append(await _proof(settings, brief))
    every = [proof for kind in proofs for proof in proofs[kind]]
    breakdown = {kind: _breakdown(proofs[kind]) for kind in BRIEFS}
    missing = sorted({c["check"] for proof in every for c in proof.checks if c["status"] == "skipped"})
    note = f"without {', '.join(missing)}, whose tools are not here" if missing else ""
    return [
        measured(
            "approval_to_zip",
            "s",
            samples.median([proof.seconds for proof in every]),
            runs=len(every),
            breakdown=breakdown,
            at_most=TARGET_SECONDS,
            note=note,
        ),
        measured(
            "check_suite_ratio",
            "×",
            samples.median([proof.suite_seconds / proof.bound_seconds for proof in every]),
            runs=len(every),
            breakdown={kind: _ratios(proofs[kind]) for kind in BRIEFS},
            at_most=TARGET_RATIO,
            note=note,
        ),
    ]


async def _proof(settings: Settings, brief: str) -> Proof:
    async with working(settings.model_copy(update={"checks": "real"})) as services:
        design = Design(services)
        await design.start(brief)
        await design.until_gate()
        began = time.perf_counter()
        await design.approve()
        events = await design.until_complete()
        seconds = time.perf_counter() - began
        checks = await design.artifact_json("checks.json")
    return Proof(seconds, timeline.parts(events), timeline.work(events), checks)


def _breakdown(proofs: Sequence[Proof]) -> dict[str, Any]:
    return {
        "seconds": samples.spread([proof.seconds for proof in proofs]),
        "parts": samples.medians([proof.parts for proof in proofs]),
        "nodes": samples.medians([proof.nodes for proof in proofs]),
        "checks": {
            check["check"]: {
                "status": check["status"],
                "seconds": _of_check(proofs, check["check"], "seconds"),
                "cpu_seconds": _of_check(proofs, check["check"], "cpu_seconds"),
            }
            for check in proofs[-1].checks
        },
    }


def _of_check(proofs: Sequence[Proof], name: str, figure: str) -> float:
    found = [float(check[figure]) for proof in proofs for check in proof.checks if check["check"] == name]
    return round(samples.median(found), samples.DIGITS)


def _ratios(proofs: Sequence[Proof]) -> dict[str, Any]:
    return {
        "ratio": samples.spread([proof.suite_seconds / proof.bound_seconds for proof in proofs]),
        "suite": round(samples.median([proof.suite_seconds for proof in proofs]), samples.DIGITS),
        "longest_check": round(
            samples.median([max(float(c["seconds"]) for c in proof.checks) for proof in proofs]),
            samples.DIGITS,
        ),
        "cpu_of_all_per_core": round(
            samples.median([proof.cpu_seconds / CORES for proof in proofs]), samples.DIGITS
        ),
    }

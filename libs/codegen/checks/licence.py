"""The licence of every dependency is known and allowed: of the locked packages and of the Terraform providers."""

import asyncio
import re
from collections.abc import Iterator, Mapping
from importlib.metadata import distributions
from pathlib import Path

from libs.codegen.checks import licence_policy as policy
from libs.codegen.checks.check import Tree, verdict
from libs.codegen.checks.lock_files import Pin, is_lock, normal_name, pins
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.models import CheckFinding, CheckResult

_SOURCE = re.compile(r'\s*source\s*=\s*"([a-z0-9-]+/[a-z0-9-]+)"')


class LicenceCheck:
    """Reads the locks and what the installed packages say of themselves; runs nothing."""

    name = "licence"

    def __init__(self, tools: ToolPaths) -> None:
        self._python = tools.runtime_python

    async def run(self, tree: Tree) -> CheckResult:
        files = await asyncio.to_thread(tree.files)
        locks = [path for path in files if is_lock(path)]
        configurations = [path for path in files if path.endswith(".tf")]
        if not locks and not configurations:
            return tree.result(self.name, "skipped", "This repository has no lock and no Terraform provider.")
        if locks and not await asyncio.to_thread(_site_packages, self._python):
            return tree.result(
                self.name,
                "skipped",
                "What packages say of their licence is read from the environment for generated code, which is not"
                " built; run `make install`.",
            )
        findings, looked_at = await asyncio.to_thread(
            _looked_at, tree.path, locks, configurations, self._python
        )
        unknown = sum(not finding.suppressed for finding in findings)
        return tree.result(
            self.name,
            verdict(findings),
            f"{unknown} of {looked_at} dependencies with a licence that is unknown or not allowed."
            if unknown
            else f"The licences of {looked_at} dependencies are known and allowed.",
            findings=findings,
            tool_version=f"{len(policy.ALLOWED)} licences",
        )


def _looked_at(
    root: Path, locks: list[str], configurations: list[str], python: Path
) -> tuple[list[CheckFinding], int]:
    installed = _installed(python)
    found = {(pin.name, pin.path): pin for path in locks for pin in pins(root, path)}
    findings = [
        finding
        for pin in found.values()
        if (finding := _finding(pin, installed.get(pin.name) or policy.RECORDED.get(pin.name, "")))
    ]
    sources = {pin.name: pin for path in configurations for pin in _providers(root, path)}
    findings += [
        finding for pin in sources.values() if (finding := _finding(pin, policy.PROVIDERS.get(pin.name, "")))
    ]
    return findings, len({name for name, _ in found}) + len(sources)


def _finding(pin: Pin, licence: str) -> CheckFinding | None:
    standing = policy.standing(licence)
    if standing == "allowed":
        return None
    said = f"is under {licence}" if licence else "names no licence that is known here"
    return CheckFinding(
        check_id=f"licence.{standing}",
        severity="low" if standing == "library" else "high",
        path=pin.path,
        line=pin.line,
        message=f"{pin.name} {pin.version} {said}.".replace("  ", " "),
        suppressed=standing == "library",
        reason=policy.LIBRARY_REASON if standing == "library" else "",
    )


def _installed(python: Path) -> Mapping[str, str]:
    """What each package of an environment says of its licence."""
    folders = _site_packages(python)
    return {
        normal_name(distribution.metadata["Name"]): policy.stated(distribution.metadata)  # type: ignore[arg-type]
        for distribution in distributions(path=folders)
    }


def _site_packages(python: Path) -> list[str]:
    return [str(folder) for folder in python.parent.parent.glob("lib/python3*/site-packages")]


def _providers(root: Path, path: str) -> Iterator[Pin]:
    text = (root / path).read_text(encoding="utf-8", errors="replace")
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _SOURCE.match(line):
            yield Pin(match[1], "", path, number)

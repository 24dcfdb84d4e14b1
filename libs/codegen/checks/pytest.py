"""The repository's own tests, run as its users run them, in the environment that the platform runs it in."""

import re

from libs.codegen.checks.check import PATIENCE_S, REPOSITORY, Tree, ended
from libs.codegen.checks.tools import ToolPaths, python_mounts
from libs.codegen.models import CheckFinding, CheckResult
from libs.sandbox.port import Command, Limits, Sandbox

_LIMITS = Limits(wall_s=PATIENCE_S, cpu_s=300, memory_mb=4096, processes=256, output_bytes=2_000_000)
_ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
_PASSED, _FAILED, _INTERRUPTED, _NOTHING = 0, 1, 2, 5
_LINE = re.compile(
    r"^(?:FAILED|ERROR) (?P<path>[^\s:]+)(?P<test>::(?:[^\s\[]*\[.*?\]|.+?))?(?: - (?P<message>.*))?$"
)
_SUMMARY = re.compile(r"^=+ (?P<says>\d+ \w+(?:, \d+ \w+)* in \d[^=]*?) =+$")
_SOME_PASSED = re.compile(r"\b[1-9]\d* passed\b")
_VERSION = re.compile(r"\bpytest-([0-9][0-9.a-z]*)")


class PytestCheck:
    """Runs the tests with the repository read-only, without network."""

    name = "pytest"

    def __init__(self, sandbox: Sandbox, tools: ToolPaths) -> None:
        self._sandbox = sandbox
        self._python = tools.runtime_python

    async def run(self, tree: Tree) -> CheckResult:
        mounts = python_mounts(self._python)
        if mounts is None:
            return tree.result(
                self.name,
                "skipped",
                "The environment for generated code is not built; run `make install`, or set"
                " AGENTIC_MLOPS_RUNTIME_PYTHON.",
            )
        if not (tree.path / "tests").is_dir():
            return tree.result(self.name, "fail", "The repository has no tests.")
        outcome = await self._sandbox.run(
            Command(
                argv=(
                    *(str(self._python), "-m", "pytest", "-p", "no:cacheprovider"),
                    *("-rfE", "--tb=short", "--color=no", "--verbosity=0"),
                ),
                cwd=REPOSITORY,
                env={"PYTHONDONTWRITEBYTECODE": "1", **_ONE_THREAD},
                mounts=(*mounts, tree.mount()),
                limits=_LIMITS,
            )
        )
        ended(outcome, "pytest", codes=(_PASSED, _FAILED, _INTERRUPTED, _NOTHING))
        lines = outcome.stdout.decode(errors="replace").splitlines()
        version = _VERSION.search("\n".join(lines[:5]))
        findings = _findings(lines)
        passed, reason = _verdict(outcome.exit_code, lines)
        return tree.result(
            self.name,
            "pass" if passed else "fail",
            reason,
            findings=findings,
            tool_version=version[1] if version else "",
            outcomes=[outcome],
        )


def _verdict(exit_code: int, lines: list[str]) -> tuple[bool, str]:
    """Whether the tests pass, and why: a code alone is no proof, since any test or setting can end pytest with 0."""
    if exit_code == _NOTHING:
        return False, "The repository has no tests."
    summary = next((match["says"] for match in map(_SUMMARY.match, reversed(lines)) if match), "")
    if exit_code != _PASSED:
        return False, f"{summary or _last(lines)}."
    if not summary:
        return False, f"pytest ended without a summary of its tests; its last line: {_last(lines)}."
    if not _SOME_PASSED.search(summary):
        return False, f"No test passed: {summary}."
    return True, f"{summary}."


def _last(lines: list[str]) -> str:
    return lines[-1].strip("= ") if lines else "pytest said nothing"


def _findings(lines: list[str]) -> list[CheckFinding]:
    return [
        CheckFinding(
            check_id=f"pytest{match['test'] or ''}",
            severity="high",
            path=match["path"],
            line=None,
            message=match["message"] or "The test failed.",
        )
        for match in map(_LINE.match, lines)
        if match
    ]

"""The repository's own tests, run as its users run them, in the environment that the platform runs it in."""

import re

from libs.codegen.checks.check import PATIENCE_S, REPOSITORY, Tree, ended
from libs.codegen.checks.tools import ToolPaths, python_mounts
from libs.codegen.models import CheckFinding, CheckResult
from libs.sandbox.port import Command, Limits, Sandbox

_LIMITS = Limits(wall_s=PATIENCE_S, cpu_s=300, memory_mb=4096, processes=256, output_bytes=2_000_000)
_ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
_PASSED, _FAILED, _INTERRUPTED, _NOTHING = 0, 1, 2, 5
_LINE = re.compile(r"^(?:FAILED|ERROR) (?P<path>[^\s:]+)(?P<test>::\S+)?(?: - (?P<message>.*))?$")
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
        last = lines[-1].strip("= ") if lines else "pytest said nothing"
        return tree.result(
            self.name,
            "pass" if outcome.exit_code == _PASSED else "fail",
            f"{last}." if outcome.exit_code != _NOTHING else "The repository has no tests.",
            findings=findings,
            tool_version=version[1] if version else "",
            outcomes=[outcome],
        )


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

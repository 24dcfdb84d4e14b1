"""The generated package is typed by the repository's own settings, with the packages that it runs with in view."""

import asyncio
import re
import tomllib

from libs.codegen.checks.calling import ELSEWHERE, LIMITS, call
from libs.codegen.checks.check import PATIENCE_S, Tree, agreeing, not_installed, relative
from libs.codegen.checks.mypy_knowledge import SHOWN, MypyKnowledge
from libs.codegen.checks.severities import severity_of
from libs.codegen.checks.tools import ToolPaths, python_mounts
from libs.codegen.models import CheckFinding, CheckResult
from libs.core.wording import counted
from libs.sandbox.port import Outcome, Sandbox

_PROJECT = "pyproject.toml"
_CLEAN, _ERRORS, _FATAL = 0, 1, 2
_LIMITS = LIMITS.model_copy(update={"wall_s": PATIENCE_S, "cpu_s": 180, "memory_mb": 3072})
_LINE = re.compile(
    r"^(?P<path>[^:\n]+):(?:(?P<line>\d+):)? error: (?P<message>.*?)(?:  \[(?P<rule>[\w-]+)\])?$"
)
_WITH_KNOWLEDGE = f'cp -R {SHOWN} {ELSEWHERE}/known && exec "$@"'
_VERSION = re.compile(r"\d+(?:\.\d+)+")


class MypyCheck:
    """Any error fails: what is handed over is typed as its own configuration says."""

    name = "mypy"

    def __init__(self, sandbox: Sandbox, tools: ToolPaths) -> None:
        self._sandbox = sandbox
        self._tools = tools
        self._knowledge = MypyKnowledge(sandbox, tools)

    async def run(self, tree: Tree) -> CheckResult:
        tool = self._tools.script("mypy")
        if tool is None:
            return tree.result(self.name, "skipped", not_installed("mypy"))
        runtime = python_mounts(self._tools.runtime_python)
        if runtime is None:
            return tree.result(
                self.name, "skipped", "The environment for generated code is not built; run `make install`."
            )
        if not await asyncio.to_thread(_has_settings, tree):
            return tree.result(
                self.name, "skipped", f"{_PROJECT} has no settings for mypy that name what is typed."
            )
        known = await self._knowledge.mount(tool)
        version = await call(self._sandbox, tree, tool, "--version")
        outcome = await call(
            self._sandbox,
            tree,
            # mypy writes into its cache, so it is given a copy of what is known.
            tool.model_copy(update={"argv": ("sh", "-c", _WITH_KNOWLEDGE, "mypy", *tool.argv)})
            if known
            else tool,
            *("--python-executable", str(self._tools.runtime_python)),
            *("--cache-dir", f"{ELSEWHERE}/known" if known else "/dev/null"),
            *("--no-error-summary", "--no-pretty", "--hide-error-context", "--no-color-output"),
            *("--hide-column-numbers", "--hide-error-end"),
            codes=(_CLEAN, _ERRORS, _FATAL),
            mounts=(*runtime, *([known] if known else [])),
            limits=_LIMITS,
        )
        findings = agreeing(_findings(outcome), outcome, "mypy")
        return tree.result(
            self.name,
            "fail" if findings else "pass",
            f"{counted(len(findings), 'error')}."
            if findings
            else "Typed throughout, by the repository's own settings.",
            findings=findings,
            tool_version=found[0] if (found := _VERSION.search(version.stdout.decode())) else "",
            outcomes=[version, outcome],
        )


def _has_settings(tree: Tree) -> bool:
    project = tree.path / _PROJECT
    if not project.is_file():
        return False
    try:
        settings = tomllib.loads(project.read_text(encoding="utf-8")).get("tool", {}).get("mypy", {})
    except ValueError:
        # mypy itself will say what is wrong with the file.
        return True
    return bool({"packages", "files", "modules"} & set(settings))


def _findings(outcome: Outcome) -> list[CheckFinding]:
    lines = (outcome.stdout + outcome.stderr).decode(errors="replace").splitlines()
    return [
        CheckFinding(
            check_id=f"mypy.{match['rule'] or 'error'}",
            severity=severity_of("mypy", match["rule"] or "error"),
            path=relative(match["path"]),
            line=int(match["line"]) if match["line"] else None,
            message=match["message"],
        )
        for match in map(_LINE.match, lines)
        if match
    ]

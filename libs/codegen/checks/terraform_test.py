"""The tests of the Terraform modules, with a mocked provider: no credentials, no network, nothing is applied."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from libs.codegen.checks.check import ToolFailed, Tree, agreeing
from libs.codegen.checks.terraform_runs import INIT_FAILED, TerraformRuns, init_finding, version_of
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.models import CheckFinding, CheckResult
from libs.core.wording import counted
from libs.sandbox.port import Outcome, Sandbox

_SUFFIX = ".tftest.hcl"


class TerraformTestCheck:
    """`terraform test` in each module that has tests; every file of them must mock what it uses."""

    name = "terraform_test"

    def __init__(self, sandbox: Sandbox, tools: ToolPaths) -> None:
        self._runs = TerraformRuns(sandbox, tools)

    async def run(self, tree: Tree) -> CheckResult:
        if reason := self._runs.missing():
            return tree.result(self.name, "skipped", reason)
        tests = await asyncio.to_thread(tree.files, _SUFFIX)
        if not tests:
            return tree.result(self.name, "skipped", "No module of this repository has Terraform tests.")
        real = await asyncio.to_thread(_not_mocked, tree, tests)
        modules = sorted({module_of(path) for path in tests})
        outcomes = await self._runs.run_each(tree, modules, ("test", "-json", "-no-color"), codes=(0, 1))
        findings = list(real)
        passed = 0
        for module, outcome in zip(modules, outcomes, strict=True):
            if outcome.exit_code == INIT_FAILED:
                findings.append(init_finding(module, outcome))
                continue
            messages = _messages(outcome)
            passed += _passed(module, messages)
            findings += agreeing(list(_findings(module, messages)), outcome, f"terraform test in {module}")
        return tree.result(
            self.name,
            "fail" if findings else "pass",
            f"{counted(len(findings), 'fault')} in the tests of {counted(len(modules), 'module')}."
            if findings
            else f"{counted(passed, 'run')} in {counted(len(tests), 'test file')} passed with a mocked provider.",
            findings=findings,
            tool_version=version_of(outcomes[0]),
            outcomes=outcomes,
        )


def module_of(path: str) -> str:
    """The folder that a test file is for: Terraform looks beside it and in `tests/`."""
    folder = PurePosixPath(path).parent
    return (folder.parent if folder.name == "tests" else folder).as_posix()


def _not_mocked(tree: Tree, tests: list[str]) -> list[CheckFinding]:
    """A test without `mock_provider` would want credentials, and would create what it is about."""
    return [
        CheckFinding(
            check_id="terraform.test.mock",
            severity="high",
            path=path,
            line=1,
            message="The file mocks no provider, so its runs would need credentials.",
        )
        for path in tests
        if "mock_provider" not in (tree.path / path).read_text(encoding="utf-8", errors="replace")
    ]


def _messages(outcome: Outcome) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in outcome.stdout.splitlines() if line.startswith(b"{")]
    except ValueError as error:
        raise ToolFailed("terraform test gave no JSON lines.") from error


def _passed(module: str, messages: list[dict[str, Any]]) -> int:
    summary = next((m["test_summary"] for m in messages if m.get("type") == "test_summary"), None)
    if summary is None:
        if any(m.get("type") == "diagnostic" for m in messages):
            return 0
        raise ToolFailed(f"terraform test in {module} gave no summary.")
    return int(summary["passed"])


def _findings(module: str, messages: list[dict[str, Any]]) -> Iterator[CheckFinding]:
    for message in messages:
        diagnostic: dict[str, Any] = message.get("diagnostic", {})
        if diagnostic.get("severity") != "error":
            continue
        place = diagnostic.get("range") or {}
        file = str(message.get("@testfile") or place.get("filename") or "")
        run = message.get("@testrun")
        said = " ".join(f"{diagnostic['summary']}: {diagnostic.get('detail', '')}".split()).rstrip(": ")
        yield CheckFinding(
            check_id=f"terraform.test.{run}" if run else "terraform.test",
            severity="high",
            path=f"{module}/{place.get('filename') or file}",
            line=place.get("start", {}).get("line"),
            message=said,
        )

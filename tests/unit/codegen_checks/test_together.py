"""What runs side by side inside one check ends with it, also when one of it comes to no verdict."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from libs.codegen.checks.check import REPOSITORY, Check, ToolFailed
from libs.codegen.checks.jsonschema import JsonSchemaCheck
from libs.codegen.checks.suite import CheckSuite
from libs.codegen.checks.terraform_validate import TerraformValidateCheck
from libs.codegen.checks.together import together
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.models import CheckResult
from libs.sandbox.port import Command, Outcome, Probe
from tests.unit.codegen_checks.repository import payload
from tests.unit.codegen_checks.test_shape_checks import SHAPED


class OneStopped:
    """A sandbox in which the first of several runs that look at the tree is stopped, and the others take long."""

    name = "one-stopped"

    def __init__(self, before: int) -> None:
        """
        Args:
            before: runs that come first and end at once.
        """
        self.tree_was_there: list[bool] = []
        self._runs = -before

    async def probe(self) -> Probe:
        return Probe(isolated=True, detail="")

    async def run(self, command: Command) -> Outcome:
        self._runs += 1
        if self._runs <= 0:
            return _outcome()
        if self._runs == 1:
            await asyncio.sleep(0.05)
            return _outcome().model_copy(update={"stopped_by": "memory"})
        try:
            await asyncio.sleep(60)
        finally:
            [tree] = [mount.source for mount in command.mounts if mount.target == REPOSITORY]
            self.tree_was_there.append(tree.exists())
        return _outcome()


def _outcome() -> Outcome:
    return Outcome(exit_code=0, stdout=b"{}", stderr=b"", stopped_by=None, seconds=0, cpu_seconds=0)


class TestTogether:
    async def test_gives_the_results_in_their_order(self) -> None:
        async def after(seconds: float) -> float:
            await asyncio.sleep(seconds)
            return seconds

        assert await together(after(seconds) for seconds in (0.03, 0.01, 0.02)) == [0.03, 0.01, 0.02]

    async def test_the_others_have_ended_when_one_fails(self) -> None:
        ended: list[str] = []

        async def fails() -> None:
            await asyncio.sleep(0.01)
            raise ToolFailed("stopped")

        async def waits() -> None:
            try:
                await asyncio.sleep(60)
            finally:
                await asyncio.sleep(0.01)
                ended.append("cleaned up")

        with pytest.raises(ToolFailed):
            await together([waits(), fails()])

        assert ended == ["cleaned up"]

    @pytest.mark.parametrize("kind", ["terraform", "schemas"])
    async def test_no_run_of_a_check_outlives_the_tree(
        self,
        kind: str,
        tools: ToolPaths,
        installed: Callable[[str], ToolPaths],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(os, "cpu_count", lambda: 2)
        sandbox = OneStopped(before=0 if kind == "terraform" else 1)
        check: Check
        if kind == "terraform":
            there = tools.model_copy(update={"terraform": "/bin/true", "terraform_mirror": tmp_path})
            check = TerraformValidateCheck(sandbox, there)
        else:
            check = JsonSchemaCheck(sandbox, installed("check-jsonschema"))

        async def tell(_result: CheckResult) -> None:
            return

        [result] = await CheckSuite([check]).run(payload(SHAPED), tell)

        assert result.status == "fail"
        assert "memory limit" in result.reason
        assert set(sandbox.tree_was_there) == {True}

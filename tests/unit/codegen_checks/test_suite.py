"""How the checks are run together, with checks of our own making."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from libs.codegen.checks.check import Tree
from libs.codegen.checks.recorded import RecordedChecks
from libs.codegen.checks.suite import Check, Checks, CheckSuite, all_checks
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.models import CheckResult
from libs.codegen.payload import BadPayload, pack, payload_sha256
from libs.codegen.renderer import render
from libs.planning.policies.packs import load_packs
from libs.sandbox.adapters.bubblewrap import BubblewrapSandbox
from libs.sandbox.adapters.recorded import RecordedSandbox
from libs.sandbox.port import SandboxUnavailable
from tests.support.golden import GOLDEN
from tests.unit.codegen_checks.repository import payload

NEEDS_MORE = {"actionlint", "hadolint", "terraform_test", "tflint", "trivy"}
"""What this machine perhaps has no tool for; `terraform test` wants more than the schemas of the providers."""


class Scripted:
    """A check that does what it is told."""

    def __init__(self, name: str, act: Callable[[Tree], object] | None = None, seconds: float = 0.0) -> None:
        self.name = name
        self._act = act
        self._seconds = seconds

    async def run(self, tree: Tree) -> CheckResult:
        await asyncio.sleep(self._seconds)
        if self._act:
            self._act(tree)
        return tree.result(self.name, "pass", "Fine.")


class Crowd:
    """A check that counts how often it runs at once."""

    name = "crowd"

    def __init__(self) -> None:
        self._inside = 0
        self.most_at_once = 0

    async def run(self, tree: Tree) -> CheckResult:
        self._inside += 1
        self.most_at_once = max(self.most_at_once, self._inside)
        await asyncio.sleep(0.05)
        self._inside -= 1
        return tree.result(self.name, "pass", "Fine.")


class Told:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.results: list[CheckResult] = []
        self._busy = False

    async def __call__(self, result: CheckResult) -> None:
        assert not self._busy
        self._busy = True
        await asyncio.sleep(0.01)
        self._busy = False
        self.results.append(result)


def fails(error: Exception) -> Callable[[Tree], object]:
    def act(tree: Tree) -> object:
        raise error

    return act


class TestCheckSuite:
    async def test_binds_every_result_to_the_payload_and_says_how_long_it_took(self) -> None:
        data = payload()

        results = await CheckSuite([Scripted("a", seconds=0.05), Scripted("b")]).run(data, Told())

        assert [result.check for result in results] == ["a", "b"]
        assert {result.payload_sha256 for result in results} == {payload_sha256(data)}
        assert results[0].seconds >= 0.05

    async def test_checks_see_the_unpacked_files_and_the_folder_goes_away(self) -> None:
        seen: dict[str, object] = {}

        def look(tree: Tree) -> None:
            seen["path"] = tree.path
            seen["readme"] = (tree.path / "README.md").read_text()

        await CheckSuite([Scripted("look", look)]).run(payload(), Told())

        assert seen["readme"] == "# Example\n"
        assert not Path(str(seen["path"])).parent.exists()

    async def test_tells_each_result_as_it_comes_and_one_at_a_time(self) -> None:
        told = Told()

        await CheckSuite([Scripted("slow", seconds=0.2), Scripted("quick")], parallel=2).run(payload(), told)

        assert [result.check for result in told.results] == ["quick", "slow"]

    async def test_runs_as_many_at_once_as_allowed(self) -> None:
        crowd = Crowd()

        await CheckSuite([crowd] * 5, parallel=2).run(payload(), Told())

        assert crowd.most_at_once == 2

    async def test_a_check_that_crashes_fails_and_the_others_go_on(self) -> None:
        results = await CheckSuite([Scripted("crash", fails(KeyError("report"))), Scripted("fine")]).run(
            payload(), Told()
        )

        assert [result.status for result in results] == ["fail", "pass"]
        assert "KeyError" in results[0].reason

    async def test_a_machine_that_cannot_isolate_stops_the_suite(self, tools: ToolPaths) -> None:
        suite = CheckSuite(all_checks(RecordedSandbox({}, isolated=False), tools, load_packs()))

        with pytest.raises(SandboxUnavailable):
            await suite.run(payload(), Told())

    async def test_an_unsafe_payload_is_refused_before_any_check(self) -> None:
        told = Told()

        with pytest.raises(BadPayload):
            await CheckSuite([Scripted("a")]).run(b"not a zip", told)

        assert told.results == []

    async def test_a_listener_that_fails_stops_everything(self) -> None:
        async def refuse(result: CheckResult) -> None:
            raise RuntimeError("the database went away")

        with pytest.raises(RuntimeError, match="database"):
            await CheckSuite([Scripted("a"), Scripted("b", seconds=5)]).run(payload(), refuse)

    async def test_cancelling_leaves_no_folder(self) -> None:
        seen: list[Path] = []
        suite = CheckSuite([Scripted("look", lambda tree: seen.append(tree.path)), Scripted("b", seconds=30)])
        running = asyncio.create_task(suite.run(payload(), Told()))
        while not seen:
            await asyncio.sleep(0.01)

        running.cancel()

        with pytest.raises(asyncio.CancelledError):
            await running
        assert not seen[0].parent.exists()


class TestAllChecks:
    def test_the_twin_answers_for_the_same_checks(self, tools: ToolPaths) -> None:
        checks: list[Check] = list(all_checks(RecordedSandbox({}), tools, load_packs()))

        assert RecordedChecks().names == tuple(check.name for check in checks)

    @pytest.mark.long
    async def test_proves_a_generated_repository_as_it_is_handed_over(
        self, sandbox: BubblewrapSandbox, terraform_tools: ToolPaths
    ) -> None:
        checks = all_checks(sandbox, terraform_tools, load_packs())
        generated = pack(render(GOLDEN["fraud-api"]()))

        results = await CheckSuite(checks).run(generated, Told())

        assert {
            result.check: result.reason for result in results if result.status not in ("pass", "skipped")
        } == {}
        assert {result.check for result in results if result.status == "skipped"} <= NEEDS_MORE


class TestRecordedChecks:
    async def test_passes_everything_and_says_that_nothing_was_run(self) -> None:
        told, data = Told(), payload()
        checks: Checks = RecordedChecks()

        results = await checks.run(data, told)

        assert list(results) == told.results
        assert {result.tool_version for result in results} == {"twin"}
        assert {result.payload_sha256 for result in results} == {payload_sha256(data)}

    async def test_refuses_what_is_no_payload(self) -> None:
        with pytest.raises(BadPayload):
            await RecordedChecks().run(b"", Told())

"""The proof that nothing gets out, and that it would be noticed if something did."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from libs.codegen.checks.check import Tree
from libs.codegen.checks.no_network import NoNetworkCheck, faults
from libs.codegen.checks.tools import ToolPaths
from libs.sandbox.adapters.bubblewrap import BubblewrapSandbox
from libs.sandbox.port import Command, Outcome

MakeTree = Callable[[dict[str, str | None] | None], Tree]


class Open:
    """Runs the program on this very machine: a sandbox that holds nothing back."""

    name = "open"

    async def run(self, command: Command) -> Outcome:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *command.argv[1:],
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        stdout, stderr = await process.communicate(command.stdin.replace(b"_SECONDS = 3", b"_SECONDS = 0.01"))
        return Outcome(
            exit_code=process.returncode or 0,
            stdout=stdout,
            stderr=stderr,
            stopped_by=None,
            seconds=0,
            cpu_seconds=0,
        )


class TestNoNetworkCheck:
    async def test_passes_and_says_how_it_was_proven(
        self, sandbox: BubblewrapSandbox, tools: ToolPaths, make_tree: MakeTree
    ) -> None:
        result = await NoNetworkCheck(sandbox, tools).run(make_tree(None))

        assert (result.status, result.findings) == ("pass", ())
        assert "The repository's tests: TCP over IPv4: Operation not permitted" in result.reason
        assert "Network is unreachable" in result.reason
        assert result.tool_version.startswith("Python 3")

    async def test_catches_a_sandbox_that_holds_nothing_back(
        self, tools: ToolPaths, make_tree: MakeTree
    ) -> None:
        here = tools.model_copy(update={"runtime_python": Path(sys.executable)})

        result = await NoNetworkCheck(Open(), here).run(make_tree(None))  # type: ignore[arg-type]

        if not result.findings:
            # Then this machine itself has neither route nor interface, and there is nothing to catch.
            assert [p.name for p in Path("/sys/class/net").iterdir()] == ["lo"]
        else:
            assert result.status == "fail"
            assert {finding.severity for finding in result.findings} == {"high"}

    def test_each_way_out_is_a_finding(self) -> None:
        seen = {
            "attempts": [{"what": "TCP over IPv4", "error": ""}, {"what": "UDP", "error": "Refused"}],
            "interfaces": ["lo", "eth0"],
        }

        found = faults("tools", seen)

        assert [finding.check_id for finding in found] == ["no_network.tools"] * 2
        assert "TCP over IPv4" in found[0].message
        assert "eth0" in found[1].message

    async def test_is_skipped_without_the_environment(
        self, sandbox: BubblewrapSandbox, tools: ToolPaths, make_tree: MakeTree
    ) -> None:
        missing = tools.model_copy(update={"runtime_python": Path("/nowhere/python")})

        assert (await NoNetworkCheck(sandbox, missing).run(make_tree(None))).status == "skipped"

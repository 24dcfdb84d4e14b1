"""What every sandbox does, whether it runs programs or answers from recordings."""

from collections.abc import Awaitable, Callable

import pytest

from libs.sandbox.adapters.recorded import RecordedSandbox
from libs.sandbox.port import Command, Outcome, Sandbox, SandboxUnavailable
from tests.support.sandbox import isolating_sandbox

SAYS_HELLO = ("sh", "-c", "printf hello")
FAILS = ("sh", "-c", "printf broken >&2; exit 7")


async def _recorded() -> Sandbox:
    ended = {"stopped_by": None, "seconds": 0.1, "cpu_seconds": 0.1}
    return RecordedSandbox(
        {
            SAYS_HELLO: Outcome(exit_code=0, stdout=b"hello", stderr=b"", **ended),
            FAILS: Outcome(exit_code=7, stdout=b"", stderr=b"broken", **ended),
        }
    )


@pytest.fixture(params=[isolating_sandbox, _recorded], ids=["bubblewrap", "recorded"])
async def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    make: Callable[[], Awaitable[Sandbox]] = request.param
    return await make()


class TestSandbox:
    async def test_probe_tells_whether_it_isolates_and_why(self, sandbox: Sandbox) -> None:
        probe = await sandbox.probe()

        assert probe.isolated
        assert probe.detail

    async def test_gives_output_and_exit_code(self, sandbox: Sandbox) -> None:
        outcome = await sandbox.run(Command(argv=SAYS_HELLO))

        assert (outcome.exit_code, outcome.stdout, outcome.stopped_by) == (0, b"hello", None)

    async def test_a_program_that_fails_is_a_result(self, sandbox: Sandbox) -> None:
        outcome = await sandbox.run(Command(argv=FAILS))

        assert (outcome.exit_code, outcome.stderr, outcome.stopped_by) == (7, b"broken", None)


class TestSandboxThatCannotIsolate:
    @pytest.fixture(params=["bubblewrap", "recorded"])
    def sandbox(self, request: pytest.FixtureRequest) -> Sandbox:
        if request.param == "recorded":
            return RecordedSandbox({}, isolated=False)
        from libs.sandbox.adapters.bubblewrap import BubblewrapSandbox

        return BubblewrapSandbox(bwrap="bwrap-that-is-not-installed")

    async def test_probe_says_so_without_raising(self, sandbox: Sandbox) -> None:
        assert not (await sandbox.probe()).isolated

    async def test_refuses_to_run_anything(self, sandbox: Sandbox) -> None:
        with pytest.raises(SandboxUnavailable):
            await sandbox.run(Command(argv=SAYS_HELLO))

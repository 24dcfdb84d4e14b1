"""Bubblewrap from outside: what a program inside can see, reach and use up."""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from libs.sandbox.adapters.arguments import BadMount
from libs.sandbox.adapters.bubblewrap import BubblewrapSandbox
from libs.sandbox.port import Command, Limits, Mount, Outcome, Profile, SandboxUnavailable
from libs.sandbox.program_mounts import mounts_for_python
from tests.support.sandbox import isolating_sandbox

PYTHON = Path(sys.executable)


@pytest.fixture
async def sandbox() -> BubblewrapSandbox:
    return await isolating_sandbox()


async def python(
    sandbox: BubblewrapSandbox,
    code: str,
    *,
    profile: Profile = "compute",
    limits: Limits | None = None,
    mounts: tuple[Mount, ...] = (),
    env: dict[str, str] | None = None,
) -> Outcome:
    return await sandbox.run(
        Command(
            argv=(str(PYTHON), "-I", "-c", code),
            profile=profile,
            mounts=(*mounts_for_python(PYTHON), *mounts),
            limits=limits or Limits(wall_s=20),
            env=env or {},
        )
    )


def processes_with(marker: str) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if marker.encode() in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


class TestIsolation:
    async def test_the_environment_is_the_one_that_was_given(
        self, sandbox: BubblewrapSandbox, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("API_KEY", "of-the-host")

        outcome = await sandbox.run(Command(argv=("env",), env={"STAGE": "train"}))

        names = {line.split("=")[0] for line in outcome.stdout.decode().split()}
        assert names - {"PWD"} == {"PATH", "HOME", "LANG", "STAGE"}

    async def test_the_environment_does_not_show_in_the_process_list(
        self, sandbox: BubblewrapSandbox
    ) -> None:
        run = asyncio.create_task(
            sandbox.run(Command(argv=("sleep", "3.71"), env={"TOKEN": "seen-by-nobody-7131"}))
        )
        while not processes_with("3.71"):
            await asyncio.sleep(0.02)

        seen = processes_with("seen-by-nobody-7131")
        run.cancel()

        assert seen == []

    async def test_a_program_is_not_root(self, sandbox: BubblewrapSandbox) -> None:
        outcome = await sandbox.run(Command(argv=("id", "-u")))

        assert int(outcome.stdout) != 0

    async def test_compute_code_cannot_make_a_socket(self, sandbox: BubblewrapSandbox) -> None:
        outcome = await python(sandbox, "import socket; socket.socket()")

        assert b"PermissionError" in outcome.stderr

    async def test_tools_have_a_loopback_of_their_own(self, sandbox: BubblewrapSandbox) -> None:
        code = (
            "import socket; s = socket.create_server(('127.0.0.1', 0));"
            "c = socket.create_connection(s.getsockname()); print('talked to myself')"
        )

        outcome = await python(sandbox, code, profile="tools")

        assert outcome.stdout == b"talked to myself\n"

    @pytest.mark.parametrize("family", ["AF_VSOCK", "AF_PACKET", "AF_ALG"])
    async def test_tools_get_no_socket_that_a_network_namespace_does_not_hold(
        self, sandbox: BubblewrapSandbox, family: str
    ) -> None:
        outcome = await python(
            sandbox, f"import socket; socket.socket(socket.{family}, socket.SOCK_STREAM)", profile="tools"
        )

        assert b"PermissionError" in outcome.stderr

    async def test_no_new_user_namespace_can_be_made(self, sandbox: BubblewrapSandbox) -> None:
        outcome = await sandbox.run(Command(argv=("unshare", "--user", "true")))

        assert outcome.exit_code != 0
        assert b"not permitted" in outcome.stderr

    async def test_a_read_only_mount_cannot_be_written(
        self, sandbox: BubblewrapSandbox, tmp_path: Path
    ) -> None:
        tmp_path.chmod(0o777)

        outcome = await sandbox.run(
            Command(argv=("touch", "/work/repo/new"), mounts=(Mount(source=tmp_path, target="/work/repo"),))
        )

        assert outcome.exit_code != 0
        assert list(tmp_path.iterdir()) == []

    async def test_a_writable_mount_keeps_results_and_its_owner(
        self, sandbox: BubblewrapSandbox, tmp_path: Path
    ) -> None:
        tmp_path.chmod(0o700)

        await sandbox.run(
            Command(
                argv=("sh", "-c", "mkdir /work/w/train && echo ok > /work/w/train/result.json"),
                mounts=(Mount(source=tmp_path, target="/work/w", writable=True),),
            )
        )

        result = tmp_path / "train" / "result.json"
        assert result.read_text() == "ok\n"
        assert result.stat().st_uid == os.getuid()

    @pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become another user")
    def test_isolates_as_an_ordinary_user_too(self) -> None:
        code = (
            "import asyncio; from libs.sandbox.adapters.bubblewrap import BubblewrapSandbox;"
            "print(asyncio.run(BubblewrapSandbox().probe()).model_dump_json())"
        )

        ended = subprocess.run(
            ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", sys.executable, "-B", "-c", code],
            capture_output=True,
            check=False,
            cwd=Path(__file__).parents[3],
        )

        assert b'"isolated":true' in ended.stdout, ended.stderr


class TestLimits:
    async def test_wall_time_ends_the_program_and_all_it_started(self, sandbox: BubblewrapSandbox) -> None:
        started = time.monotonic()

        outcome = await sandbox.run(
            Command(argv=("sh", "-c", "setsid sleep 8642 & sleep 8642"), limits=Limits(wall_s=0.5))
        )

        assert outcome.stopped_by == "wall"
        assert outcome.exit_code == 137
        assert time.monotonic() - started < 5
        assert processes_with("sleep\x008642") == []

    async def test_memory_of_all_processes_together_is_limited(self, sandbox: BubblewrapSandbox) -> None:
        code = (
            "import os, time\n"
            "for _ in range(6):\n"
            "    if os.fork() == 0:\n"
            "        held = bytearray(os.urandom(1)) * (60 << 20); time.sleep(20); os._exit(0)\n"
            "time.sleep(20)\n"
        )

        outcome = await python(sandbox, code, limits=Limits(wall_s=15, memory_mb=200))

        assert outcome.stopped_by == "memory"
        assert outcome.seconds < 10

    async def test_memory_shared_after_a_fork_counts_once(self, sandbox: BubblewrapSandbox) -> None:
        code = (
            "import os, time\n"
            "held = bytearray(os.urandom(1)) * (60 << 20)\n"
            "for _ in range(6):\n"
            "    if os.fork() == 0:\n"
            "        time.sleep(0.5); os._exit(0)\n"
            "time.sleep(0.5)\n"
        )

        outcome = await python(sandbox, code, limits=Limits(wall_s=15, memory_mb=200))

        assert (outcome.exit_code, outcome.stopped_by) == (0, None)

    async def test_one_process_cannot_take_more_address_space(self, sandbox: BubblewrapSandbox) -> None:
        outcome = await python(sandbox, "bytearray(600 << 20)", limits=Limits(memory_mb=256))

        assert b"MemoryError" in outcome.stderr

    async def test_processes_are_limited(self, sandbox: BubblewrapSandbox) -> None:
        code = "import os\nfor n in range(60):\n    if os.fork() == 0:\n        os.read(0, 1); os.pause()\n"

        outcome = await python(sandbox, code, limits=Limits(processes=20, wall_s=10))

        assert b"BlockingIOError" in outcome.stderr

    async def test_a_file_cannot_grow_beyond_its_limit(
        self, sandbox: BubblewrapSandbox, tmp_path: Path
    ) -> None:
        await sandbox.run(
            Command(
                argv=("sh", "-c", "head -c 9000000 /dev/zero > /work/w/big"),
                mounts=(Mount(source=tmp_path, target="/work/w", writable=True),),
                limits=Limits(file_mb=4),
            )
        )

        assert (tmp_path / "big").stat().st_size == 4 * 1024 * 1024

    async def test_private_folders_are_limited_in_total(self, sandbox: BubblewrapSandbox) -> None:
        fill = "for n in 1 2 3 4 5; do head -c 3000000 /dev/zero > /tmp/$n || exit 9; done"

        outcome = await sandbox.run(Command(argv=("sh", "-c", fill), limits=Limits(file_mb=8)))

        assert outcome.exit_code == 9
        assert b"No space left" in outcome.stderr

    async def test_cpu_time_is_limited_and_told(self, sandbox: BubblewrapSandbox) -> None:
        outcome = await python(sandbox, "while True: pass", limits=Limits(cpu_s=1, wall_s=20))

        assert outcome.exit_code == 128 + 24
        assert outcome.stopped_by is None
        assert 0.5 <= outcome.cpu_seconds <= 3.0

    async def test_the_end_of_a_long_output_is_kept(self, sandbox: BubblewrapSandbox) -> None:
        outcome = await sandbox.run(
            Command(argv=("sh", "-c", "seq 200000; echo last"), limits=Limits(output_bytes=1000))
        )

        assert len(outcome.stdout) == 1000
        assert outcome.stdout.endswith(b"200000\nlast\n")

    async def test_input_arrives_whole(self, sandbox: BubblewrapSandbox) -> None:
        outcome = await sandbox.run(Command(argv=("wc", "-c"), stdin=b"x" * 300_000))

        assert outcome.stdout.strip() == b"300000"


class TestCancellation:
    async def test_cancelling_the_task_kills_everything(self, sandbox: BubblewrapSandbox) -> None:
        run = asyncio.create_task(sandbox.run(Command(argv=("sh", "-c", "setsid sleep 9753 & sleep 9753"))))
        while not processes_with("sleep\x009753"):
            await asyncio.sleep(0.05)

        run.cancel()

        with pytest.raises(asyncio.CancelledError):
            await run
        for _ in range(40):
            if not processes_with("sleep\x009753"):
                break
            await asyncio.sleep(0.05)
        assert processes_with("sleep\x009753") == []

    async def test_cancelling_in_the_middle_of_the_set_up_leaves_nothing(
        self, sandbox: BubblewrapSandbox
    ) -> None:
        for wait_s in (0.0, 0.001, 0.002, 0.004, 0.006, 0.008, 0.01, 0.015, 0.02):
            run = asyncio.create_task(sandbox.run(Command(argv=("sleep", "7642"))))
            await asyncio.sleep(wait_s)
            run.cancel()
            with pytest.raises(asyncio.CancelledError):
                await run

        await asyncio.sleep(0.2)
        assert processes_with("sleep\x007642") == []


class TestKilledProduct:
    async def test_a_program_does_not_outlive_the_process_that_started_it(self) -> None:
        await isolating_sandbox()
        code = (
            "import asyncio; from libs.sandbox.adapters.bubblewrap import BubblewrapSandbox;"
            "from libs.sandbox.port import Command;"
            "asyncio.run(BubblewrapSandbox().run(Command(argv=('sh', '-c', 'setsid sleep 8531 & sleep 8531'))))"
        )
        product = subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[3])
        while len(processes_with("sleep\x008531")) < 2:
            assert product.poll() is None
            await asyncio.sleep(0.05)

        product.kill()
        product.wait()

        for _ in range(100):
            if not processes_with("sleep\x008531"):
                break
            await asyncio.sleep(0.05)
        assert processes_with("sleep\x008531") == []


class TestSetupThatFails:
    async def test_a_folder_that_is_not_there_inside_is_no_result_of_the_program(
        self, sandbox: BubblewrapSandbox
    ) -> None:
        with pytest.raises(SandboxUnavailable, match=r"not started.*nowhere"):
            await sandbox.run(Command(argv=("true",), cwd="/nowhere"))

    async def test_a_mount_that_is_not_there_is_told(self, sandbox: BubblewrapSandbox) -> None:
        missing = Mount(source=Path("/nowhere/data"), target="/work/data")

        with pytest.raises(BadMount, match="/nowhere/data does not exist"):
            await sandbox.run(Command(argv=("true",), mounts=(missing,)))

    @pytest.mark.parametrize("target", ["relative", "/work/../etc", "/"])
    async def test_a_mount_that_could_cover_the_system_is_refused(
        self, sandbox: BubblewrapSandbox, tmp_path: Path, target: str
    ) -> None:
        with pytest.raises(BadMount):
            await sandbox.run(Command(argv=("true",), mounts=(Mount(source=tmp_path, target=target),)))

    async def test_a_program_that_is_not_there_is_a_result(self, sandbox: BubblewrapSandbox) -> None:
        outcome = await sandbox.run(Command(argv=("not-a-program",)))

        assert outcome.exit_code == 127
        assert b"not-a-program" in outcome.stderr

    async def test_a_program_that_prints_like_bubblewrap_is_a_result(
        self, sandbox: BubblewrapSandbox
    ) -> None:
        outcome = await sandbox.run(Command(argv=("sh", "-c", "echo 'bwrap: setup failed' >&2; exit 1")))

        assert outcome.exit_code == 1

    async def test_a_program_gets_no_descriptor_but_its_own_three(self, sandbox: BubblewrapSandbox) -> None:
        outcome = await sandbox.run(Command(argv=("sh", "-c", "echo /proc/self/fd/*")))

        assert {path.rpartition("/")[2] for path in outcome.stdout.decode().split()} <= {"0", "1", "2", "3"}


class TestFailClosed:
    async def test_missing_bubblewrap_says_how_to_get_it(self) -> None:
        probe = await BubblewrapSandbox(bwrap="/nowhere/bwrap").probe()

        assert not probe.isolated
        assert "apt-get install bubblewrap" in probe.detail

    async def test_a_bubblewrap_that_does_not_isolate_is_found_out(self, tmp_path: Path) -> None:
        fake = tmp_path / "bwrap"
        fake.write_text(
            "#!/bin/bash\n"
            'while [ "$1" != -- ]; do [ "$1" = --json-status-fd ] && status=$2; shift; done\n'
            "shift\n"
            """eval "echo '{\\"exit-code\\": 0}' >&$status"\n"""
            'exec "$@"\n'
        )
        fake.chmod(0o755)
        sandbox = BubblewrapSandbox(bwrap=str(fake))

        probe = await sandbox.probe()

        assert not probe.isolated
        assert "connected to 127.0.0.1" in probe.detail
        with pytest.raises(SandboxUnavailable, match="cannot isolate"):
            await sandbox.run(Command(argv=("true",)))

    async def test_a_bubblewrap_that_cannot_make_namespaces_is_found_out(self, tmp_path: Path) -> None:
        fake = tmp_path / "bwrap"
        fake.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
        fake.chmod(0o755)

        probe = await BubblewrapSandbox(bwrap=str(fake)).probe()

        assert not probe.isolated
        assert "No permissions to create new namespace" in probe.detail

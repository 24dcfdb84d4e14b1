"""Which folders make an interpreter start inside."""

import sys
from pathlib import Path

import pytest

from libs.sandbox.port import Command
from libs.sandbox.program_mounts import NotAPython, mounts_for_program, mounts_for_python
from tests.support.sandbox import isolating_sandbox


def installation(folder: Path) -> Path:
    """A Python installation in the shape that version managers make."""
    (folder / "lib" / "python3.11").mkdir(parents=True)
    (folder / "lib" / "python3.11" / "os.py").touch()
    (folder / "bin").mkdir()
    (folder / "bin" / "python3.11").touch(mode=0o755)
    return folder / "bin" / "python3.11"


def environment(folder: Path, base: Path) -> Path:
    (folder / "bin").mkdir(parents=True)
    (folder / "pyvenv.cfg").write_text(f"home = {base.parent}\n")
    (folder / "bin" / "python").symlink_to(base)
    return folder / "bin" / "python"


class TestMountsForPython:
    def test_shows_an_environment_and_its_base(self, tmp_path: Path) -> None:
        base = installation(tmp_path / "owner" / "versions" / "3.11.9")
        python = environment(tmp_path / "product" / ".runtime", base)

        targets = {mount.target for mount in mounts_for_python(python)}

        assert targets == {str(tmp_path / "owner/versions/3.11.9"), str(tmp_path / "product/.runtime")}

    def test_a_link_on_the_way_is_shown_as_a_link_and_not_its_folder(self, tmp_path: Path) -> None:
        base = installation(tmp_path / "share" / "python")
        (tmp_path / "local" / "bin").mkdir(parents=True)
        (tmp_path / "local" / "secret").touch()
        (tmp_path / "local" / "bin" / "python3.11").symlink_to(base)
        python = environment(tmp_path / "venv", tmp_path / "local" / "bin" / "python3.11")

        mounts = {mount.target: mount for mount in mounts_for_python(python)}

        assert mounts[str(tmp_path / "local/bin/python3.11")].link
        assert str(tmp_path / "local") not in mounts

    def test_nothing_is_writable(self) -> None:
        assert not any(mount.writable for mount in mounts_for_python(Path(sys.executable)))

    def test_a_system_interpreter_needs_nothing(self) -> None:
        system = Path("/usr/bin/python3")
        if not system.exists():
            pytest.skip("no system interpreter")

        assert mounts_for_python(system) == ()

    def test_refuses_a_path_without_interpreter(self, tmp_path: Path) -> None:
        with pytest.raises(NotAPython, match="no Python interpreter"):
            mounts_for_python(tmp_path / "python")

    def test_refuses_an_interpreter_without_library(self, tmp_path: Path) -> None:
        (tmp_path / "bin").mkdir()
        (tmp_path / "bin" / "python").touch()

        with pytest.raises(NotAPython, match="standard library"):
            mounts_for_python(tmp_path / "bin" / "python")

    async def test_an_environment_below_a_folder_that_only_its_owner_may_enter_starts_inside(
        self, tmp_path: Path
    ) -> None:
        sandbox = await isolating_sandbox()
        private = tmp_path / "private"
        (private / "env" / "bin").mkdir(parents=True)
        real = Path(sys.executable).resolve()
        (private / "env" / "pyvenv.cfg").write_text(f"home = {real.parent}\n")
        (private / "env" / "bin" / "python").symlink_to(real)
        (tmp_path / "linked").symlink_to(private / "env")
        private.chmod(0o700)
        python = tmp_path / "linked" / "bin" / "python"

        outcome = await sandbox.run(
            Command(
                argv=(str(python), "-c", "import sys; print(sys.prefix)"), mounts=mounts_for_python(python)
            )
        )

        assert outcome.stdout.decode().strip() == str(tmp_path / "linked"), outcome.stderr


class TestMountsForProgram:
    async def test_shows_the_one_file(self, tmp_path: Path) -> None:
        sandbox = await isolating_sandbox()
        program = tmp_path / "tool"
        program.write_text("#!/bin/sh\nls $(dirname $0)\n")
        program.chmod(0o755)
        (tmp_path / "secret").touch()

        outcome = await sandbox.run(Command(argv=(str(program),), mounts=mounts_for_program(program)))

        assert outcome.stdout == b"tool\n", outcome.stderr

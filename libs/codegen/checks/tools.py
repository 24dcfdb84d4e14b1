"""Where the tools of the checks are, and what the sandbox must show for them."""

import shutil
import sys
from pathlib import Path

from libs.core.values import Value
from libs.sandbox.port import Mount
from libs.sandbox.program_mounts import NotAPython, mounts_for_program, mounts_for_python


class ToolPaths(Value):
    """One place for every tool; a path at which nothing is makes its check `skipped`."""

    runtime_python: Path
    """Interpreter of the environment in which generated code runs."""
    product_python: Path = Path(sys.executable)
    """Interpreter that has python-hcl2."""
    ruff: Path = Path(sys.executable).parent / "ruff"
    checkov: Path
    """The script in the environment of its own."""
    terraform: str = "terraform"
    """A name on PATH, or a path."""
    terraform_mirror: Path | None = None
    """Filesystem mirror with the AWS provider."""
    shown: tuple[Path, ...] = ()
    """What else terraform's providers need: folders, or interpreters with all that belongs to them."""

    def terraform_program(self) -> Path | None:
        """The executable, or None."""
        found = shutil.which(self.terraform)
        return Path(found).absolute() if found else None

    def terraform_mounts(self, program: Path) -> tuple[Mount, ...]:
        """The executable, the mirror and what the mirror needs, each under its own path."""
        mounts = list(mounts_for_program(program))
        for path in (*((self.terraform_mirror,) if self.terraform_mirror else ()), *self.shown):
            mounts += [_same_place(path)] if path.is_dir() else (python_mounts(path) or ())
        return tuple({mount.target: mount for mount in mounts}.values())


def python_mounts(python: Path) -> tuple[Mount, ...] | None:
    """What an interpreter needs, or None where there is none."""
    try:
        return mounts_for_python(python)
    except NotAPython:
        return None


def _same_place(folder: Path) -> Mount:
    return Mount(source=folder.resolve(), target=str(folder.absolute()))

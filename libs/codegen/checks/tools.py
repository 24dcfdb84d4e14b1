"""Where the tools of the checks are, and what the sandbox must show for them."""

import os
import shutil
import sys
from pathlib import Path

from libs.core.values import Value
from libs.sandbox.port import Mount
from libs.sandbox.program_mounts import NotAPython, mounts_for_program, mounts_for_python


class Tool(Value):
    """A program as the sandbox runs it."""

    argv: tuple[str, ...]
    """What comes before its own arguments."""
    mounts: tuple[Mount, ...]


class ToolPaths(Value):
    """One place for every tool; a path at which nothing is makes its check `skipped`."""

    runtime_python: Path
    """Interpreter of the environment in which generated code runs."""
    product_python: Path = Path(sys.executable)
    """Interpreter that has python-hcl2."""
    ruff: Path = Path(sys.executable).parent / "ruff"
    checkov: Path
    """The script in the environment of its own."""
    tools_bin: Path
    """Folder of the scripts and programs of that environment: mypy, yamllint, check-jsonschema, hadolint."""
    terraform: str = "terraform"
    """A name on PATH, or a path."""
    terraform_mirror: Path | None = None
    """Filesystem mirror with the AWS provider."""
    shown: tuple[Path, ...] = ()
    """What else terraform's providers need: folders, or interpreters with all that belongs to them."""
    mypy_cache: Path | None = None
    """Folder for what mypy knows of third-party packages; without it every call reads them anew."""

    def script(self, name: str) -> Tool | None:
        """A Python program of the tool environment, or None where it is not installed."""
        script = self.tools_bin.resolve() / name
        mounts = python_mounts(script.parent / "python") if script.is_file() else None
        if mounts is None:
            return None
        return Tool(argv=(str(script.parent / "python"), "-I", str(script)), mounts=mounts)

    def program(self, name: str) -> Tool | None:
        """A self-contained executable of the tool environment or on PATH, or None."""
        found = shutil.which(name, path=f"{self.tools_bin.resolve()}{os.pathsep}{os.environ.get('PATH', '')}")
        if found is None:
            return None
        return Tool(argv=(str(Path(found).absolute()),), mounts=mounts_for_program(Path(found).absolute()))

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

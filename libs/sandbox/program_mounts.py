"""Which host paths a program needs inside: a Python environment, or a single executable."""

import os
from pathlib import Path

from libs.core.errors import Invalid
from libs.sandbox.port import Mount

SYSTEM_FOLDERS = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
"""Every adapter shows these read-only."""
_LINKS_FOLLOWED = 40
"""As many as the kernel follows."""


class NotAPython(Invalid):
    """The path is no Python interpreter with its standard library."""

    code = "sandbox.not_a_python"


def mounts_for_python(python: Path) -> tuple[Mount, ...]:
    """Everything that makes this interpreter start inside under the same path.

    Covers a virtual environment, the installation it was made from (also one below a folder that only its
    owner may enter) and the symbolic links between them; never a folder that merely contains such a link.

    Args:
        python: absolute path of the interpreter, with its links unresolved.

    Raises:
        NotAPython: there is no interpreter, or no standard library where it must be.
    """
    real = python.resolve()
    if not python.is_absolute() or not real.is_file():
        raise NotAPython(f"There is no Python interpreter at {python}.", advice="Run `make install`.")
    base = real.parent.parent
    if not any(base.glob("lib*/python3*/os.py")):
        raise NotAPython(f"The interpreter {real} has no standard library under {base}.")
    folders = [base]
    environment = python.parent.parent
    if (environment / "pyvenv.cfg").is_file():
        folders += [environment.resolve(), environment]
    mounts: dict[str, Mount] = {}
    for folder in folders:
        _add(mounts, Mount(source=folder.resolve(), target=str(folder)))
    for link in _links(python):
        # A folder shown below this name already makes the name a folder.
        if not any(Path(target).is_relative_to(link) for target in mounts):
            _add(mounts, Mount(source=link, target=str(link), link=True))
    return tuple(mounts.values())


def mounts_for_program(program: Path) -> tuple[Mount, ...]:
    """What makes one self-contained executable start inside under the same path."""
    mounts: dict[str, Mount] = {}
    _add(mounts, Mount(source=program.resolve(), target=str(program)))
    return tuple(mounts.values())


def _add(mounts: dict[str, Mount], mount: Mount) -> None:
    shown = (*SYSTEM_FOLDERS, *(m.target for m in mounts.values() if not m.link))
    if not any(Path(mount.target).is_relative_to(folder) for folder in shown):
        mounts[mount.target] = mount


def _links(path: Path) -> list[Path]:
    """The symbolic links from the path to the file, also those among its folders, each under its own name."""
    found: list[Path] = []
    place = Path(os.path.normpath(path))
    for _ in range(_LINKS_FOLLOWED):
        link = next((part for part in (*reversed(place.parents), place) if part.is_symlink()), None)
        if link is None:
            break
        found.append(link)
        place = Path(os.path.normpath(link.parent / link.readlink() / place.relative_to(link)))
    return found

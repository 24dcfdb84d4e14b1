"""What identifies the tools that a verdict depends on: environments by what is installed, programs by their file."""

from pathlib import Path

from libs.core.values import sha256_hex


def environment_digest(python: Path) -> str:
    """Changes with every package of the environment of an interpreter; empty where there is none."""
    if not python.exists():
        return ""
    names = sorted(path.name for path in python.parent.parent.glob("lib/python3*/site-packages/*.dist-info"))
    return sha256_hex("\n".join((str(python.resolve()), *names)).encode())


def program_digest(program: Path | None) -> str:
    """Changes when another file is installed in its place; empty where there is none."""
    if program is None or not program.exists():
        return ""
    about = program.stat()
    return f"{program.resolve()}:{about.st_size}:{about.st_mtime_ns}"


def folder_digest(folder: Path | None) -> str:
    """Changes with the names and sizes of the files in it; empty where there is none."""
    if folder is None or not folder.is_dir():
        return ""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return sha256_hex(
        "\n".join(f"{path.relative_to(folder)}:{path.stat().st_size}" for path in files).encode()
    )

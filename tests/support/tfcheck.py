"""The offline provider mirror of the shared folder, built once for this checkout and kept beside its caches."""

import fcntl
import subprocess
from pathlib import Path

_CACHE = Path(__file__).resolve().parents[2] / ".cache" / "tfcheck"


def built(tool: Path) -> Path:
    """Builds the mirror if it is not there; gives the folder to pass as `tfcheck --build`.

    Args:
        tool: folder of the tool, with its `setup.sh`.
    """
    _CACHE.mkdir(parents=True, exist_ok=True)
    build = _CACHE / "build"
    with (_CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (build / "terraformrc").is_file():
            subprocess.run(["sh", str(tool / "setup.sh"), str(build)], check=True, capture_output=True)
        # Its launcher serves with this throw-away key, as whichever user a sandbox makes of it.
        (build / "key.pem").chmod(0o644)
    return build


def mirror(build: Path) -> Path:
    """The filesystem mirror in a built folder."""
    return build / "mirror"


def shown(tool: Path, build: Path) -> tuple[Path, ...]:
    """What the launchers in the mirror point at."""
    return (build, Path(f"{build}-venv") / "bin" / "python", tool.resolve())

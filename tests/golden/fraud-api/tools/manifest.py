"""`reports/MANIFEST.sha256`: a digest of every file, in the form that `sha256sum -c` reads.

The tree was delivered with one. Once you have changed files on purpose, `python tools/manifest.py`
records the tree as it is now.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MANIFEST = Path("reports/MANIFEST.sha256")


@dataclass(frozen=True)
class Differences:
    """How a tree differs from its manifest; paths relative to the tree."""

    named: int
    """Files that the manifest names."""
    changed: tuple[str, ...]
    missing: tuple[str, ...]


def compare(root: Path = ROOT) -> Differences:
    """Reads every file that the manifest names."""
    changed: list[str] = []
    missing: list[str] = []
    lines = (root / MANIFEST).read_text(encoding="utf-8").splitlines()
    for line in lines:
        digest, _, path = line.partition("  ")
        if not (root / path).is_file():
            missing.append(path)
        elif sha256(root / path) != digest:
            changed.append(path)
    return Differences(len(lines), tuple(changed), tuple(missing))


def record(root: Path = ROOT) -> int:
    """Writes the manifest of the files that git knows, without reports/; returns their number."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    paths = sorted(p for p in listed if p and not p.startswith("reports/") and (root / p).is_file())
    text = "".join(f"{sha256(root / path)}  {path}\n" for path in paths)
    (root / MANIFEST).parent.mkdir(exist_ok=True)
    (root / MANIFEST).write_text(text, encoding="utf-8")
    return len(paths)


def sha256(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    try:
        print(f"{MANIFEST}: {record()} files")
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"the manifest needs a git work tree: {error}")

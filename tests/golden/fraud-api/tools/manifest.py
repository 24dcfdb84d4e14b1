"""`reports/MANIFEST.sha256`: a digest of every file, in the form that `sha256sum -c` reads.

The tree was delivered with one. Once you have changed files on purpose, `python tools/manifest.py`
records the tree as it is now.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MANIFEST = Path("reports/MANIFEST.sha256")
LEFT_BEHIND = frozenset({".git", "__pycache__", ".terraform"})
LEFT_AT_THE_TOP = frozenset({".venv", ".venv-lint", ".cache", ".env", "work"})
"""What git, make and Terraform leave: anywhere, and at the top of the tree."""


@dataclass(frozen=True)
class Differences:
    """How a tree differs from its manifest; paths relative to the tree."""

    named: int
    """Files that the manifest names."""
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]
    """In the tree, and named by no line; without `reports/`."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Each difference, in words."""
        kinds = {"changed": self.changed, "missing": self.missing, "added": self.added}
        return tuple(f"{kind}: {path}" for kind, paths in kinds.items() for path in paths)


def compare(root: Path = ROOT) -> Differences:
    """Reads every file that the manifest names, and looks for others."""
    lines = (root / MANIFEST).read_text(encoding="utf-8").splitlines()
    named = {path: digest for digest, _, path in (line.partition("  ") for line in lines)}
    missing = tuple(path for path in named if not (root / path).is_file())
    changed = tuple(path for path, digest in named.items() if _differs(root / path, digest))
    added = tuple(path for path in present(root) if path not in named)
    return Differences(len(named), changed, missing, added)


def _differs(path: Path, digest: str) -> bool:
    """A link is another file than the one that was delivered, whatever it leads to."""
    return path.is_file() and (path.is_symlink() or sha256(path) != digest)


def present(root: Path) -> list[str]:
    """The files without `reports/`: those that git would keep, or all but what tools leave."""
    try:
        paths = listed(root) if (root / ".git").exists() else list(walked(root))
    except (OSError, subprocess.CalledProcessError):
        # Git is not there, or does not trust the owner of the folder.
        paths = list(walked(root))
    return sorted(path for path in paths if not path.startswith("reports/"))


def walked(root: Path) -> Iterator[str]:
    """Files and links outside what tools leave; states and plans of Terraform are such."""
    for path in root.rglob("*"):
        place = path.relative_to(root)
        if place.parts[0] in LEFT_AT_THE_TOP or not LEFT_BEHIND.isdisjoint(place.parts):
            continue
        if ".egg-info" in place.as_posix():
            continue
        if ".tfstate" in path.name or path.suffix == ".tfplan":
            continue
        if path.is_symlink() or path.is_file():
            yield place.as_posix()


def listed(root: Path) -> list[str]:
    """Files that git knows, and new ones that it does not leave out."""
    said = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    return [path for path in said if path and os.path.lexists(root / path)]


def record(root: Path = ROOT) -> int:
    """Writes the manifest of the files that git knows, without reports/; returns their number."""
    paths = sorted(p for p in listed(root) if not p.startswith("reports/") and (root / p).is_file())
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

"""A person's working tree: read where the repository has files, followed nowhere, written file by file.

Everything that is to be written is first laid down beside the tree's files, in a folder of its own on the same disk,
so that a full disk changes nothing. Then one file after the other is put in its place; only when all of them are there
are old ones removed, so that an edit that moves is never in neither place. What tells the version the tree came from
is written last: the reports and, behind them, the answers. So a merge that is killed at any point is repeated with the
base it began with, and ends where it would have ended.
"""

import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from libs.codegen.answers import ANSWERS_PATH
from libs.codegen.merging.errors import NoTree, TreeChanged, TreeUnwritable, UnsafeTree
from libs.codegen.merging.lines import LARGEST_TEXT
from libs.codegen.merging.models import MergePlan, OwnFile
from libs.codegen.models import RenderedFile

LEFT_BEHIND = frozenset({".git", "__pycache__", ".terraform", ".pytest_cache", ".ruff_cache", ".mypy_cache"})
"""Folders that tools leave anywhere in a repository; they are no part of it."""
LEFT_AT_THE_TOP = frozenset({".venv", ".venv-lint", ".cache", ".env", "work"})
"""What people and `make` leave beside the files. The repository's .gitignore names it there alone, so what has the same
name further down is part of it."""
_MOST_OTHERS = 50_000
_CHUNK = 1_048_576
_STAGE = ".merging-"


def is_left_behind(path: PurePosixPath) -> bool:
    """Whether what stands at this place of a tree is no part of the repository."""
    # A merge that was killed leaves its own folder at the top.
    return path.name in LEFT_BEHIND or path.as_posix() in LEFT_AT_THE_TOP or path.parts[0].startswith(_STAGE)


class WorkTree:
    """A folder that a repository was unpacked or cloned into."""

    def __init__(self, root: Path) -> None:
        """
        Raises:
            NoTree: it is no folder.
        """
        if not root.is_dir():
            raise NoTree(
                f"{root} is not a folder.", advice="Nothing was merged; name the repository's folder."
            )
        self.root = root.resolve()
        self._seen: dict[str, tuple[int, ...] | None] = {}
        self._found: dict[str, OwnFile | None] = {}

    def find(self, path: str) -> OwnFile | None:
        """The file at a path.

        Raises:
            UnsafeTree: a link, a device or the like stands there or on the way.
        """
        if path not in self._found:
            status = self._status(path)
            self._seen[path] = _stamp(status)
            is_file = status is not None and stat.S_ISREG(status.st_mode)
            self._found[path] = self._read(path, status) if is_file and status else None
        return self._found[path]

    def obstacles(self, path: str) -> tuple[str, ...]:
        """Files that stand where this path needs a folder, or that lie in a folder of its name."""
        for parent in reversed(PurePosixPath(path).parents[:-1]):
            status = self._status(parent.as_posix())
            if status is not None and not stat.S_ISDIR(status.st_mode):
                return (parent.as_posix(),)
        status = self._status(path)
        return tuple(self._all_in(path)) if status is not None and stat.S_ISDIR(status.st_mode) else ()

    def others(self, known: frozenset[str]) -> tuple[str, ...]:
        """Files of the tree that are not among the known ones, without what tools leave behind; at most 50,000."""
        found = []
        for path in self._files(self.root):
            if path not in known:
                found.append(path)
            if len(found) == _MOST_OTHERS:
                break
        return tuple(sorted(found))

    def peek(self, path: str, most: int) -> bytes:
        """The content of a file that is no larger than `most` bytes; else nothing."""
        status = self._status(path)
        if status is None or not stat.S_ISREG(status.st_mode) or status.st_size > most:
            return b""
        found = self.find(path)
        return (found.content or b"") if found else b""

    def has_folder(self, path: str) -> bool:
        """Whether there is a folder of that name."""
        status = self._status(path)
        return status is not None and stat.S_ISDIR(status.st_mode)

    def write(self, plan: MergePlan) -> None:
        """Makes the tree what the plan says.

        Raises:
            TreeChanged: a file that the plan rests on was changed since it was read; nothing was written.
            TreeUnwritable: the disk is full or the folder is not ours to write.
        """
        try:
            stage = Path(tempfile.mkdtemp(prefix=_STAGE, dir=self.root))
            try:
                staged = [(file, self._staged(stage / str(n), file)) for n, file in enumerate(plan.writes)]
                self._check_unchanged()
            except BaseException:
                shutil.rmtree(stage, ignore_errors=True)
                raise
        except OSError as error:
            raise self._unwritable(
                error, "Nothing was written. Make room or rights, then merge again."
            ) from error
        try:
            self._put(plan, staged)
        except OSError as error:
            raise self._unwritable(
                error,
                f"Each file is as it was or as it is to be; those that are not in their places yet are in {stage}. "
                "Make room or rights, merge again, then remove that folder.",
            ) from error
        shutil.rmtree(stage, ignore_errors=True)

    def _unwritable(self, error: OSError, advice: str) -> TreeUnwritable:
        return TreeUnwritable(f"{self.root} cannot be written: {error}.", advice=advice)

    def _put(self, plan: MergePlan, staged: list[tuple[RenderedFile, Path]]) -> None:
        written = frozenset(file.path for file, _ in staged)
        gone = [path for path in plan.removals if path not in written]
        blocking = _blocking(gone, written)
        for path in blocking:
            self._remove(path)
        last = frozenset(plan.report.replaced)
        placed = {self._place(file, beside) for file, beside in staged if file.path not in last}
        for path in gone:
            # Where the file system takes two names for one, the old name may be that of the new file.
            if path not in blocking and _identity(self.root / path) not in placed:
                self._remove(path)
        naming = [each for each in staged if each[0].path in last]
        for file, beside in sorted(naming, key=lambda each: each[0].path == ANSWERS_PATH):
            self._place(file, beside)

    def _place(self, file: RenderedFile, beside: Path) -> tuple[int, int] | None:
        target = self.root / file.path
        if target.is_dir():
            target.rmdir()
        target.parent.mkdir(parents=True, exist_ok=True)
        beside.replace(target)
        return _identity(target)

    def _staged(self, beside: Path, file: RenderedFile) -> Path:
        with beside.open("xb") as stream:
            stream.write(file.content)
            stream.flush()
            os.fsync(stream.fileno())
        status = self._status(file.path)
        mode = stat.S_IMODE(status.st_mode) if status and stat.S_ISREG(status.st_mode) else 0o644
        beside.chmod((mode | 0o111 if file.executable else mode & ~0o111) & 0o777)
        return beside

    def _check_unchanged(self) -> None:
        changed = sorted(path for path, stamp in self._seen.items() if _stamp(self._status(path)) != stamp)
        if changed:
            raise TreeChanged(
                f"{changed[0]} was changed while the merge was prepared.",
                advice="Nothing was written. Close what writes there, then merge again.",
                paths=changed[:20],
            )

    def _remove(self, path: str) -> None:
        target = self.root / path
        target.unlink(missing_ok=True)
        for parent in target.parents:
            if parent == self.root or any(parent.iterdir()):
                return
            parent.rmdir()

    def _status(self, path: str) -> os.stat_result | None:
        """What stands at a path, no link followed; None when nothing does, or a file stands on the way."""
        parts = PurePosixPath(path).parts
        status: os.stat_result | None = None
        for number in range(1, len(parts) + 1):
            place = self.root.joinpath(*parts[:number])
            try:
                status = place.lstat()
            except (FileNotFoundError, NotADirectoryError):
                return None
            if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
                raise UnsafeTree(
                    f"{place} is a link or no file at all, where the repository has a file or folder.",
                    advice="Nothing was written. Put the file itself there, then merge again.",
                    path="/".join(parts[:number]),
                )
            if stat.S_ISREG(status.st_mode) and number < len(parts):
                return None
        return status

    def _read(self, path: str, status: os.stat_result) -> OwnFile:
        place = self.root / path
        executable = bool(status.st_mode & stat.S_IXUSR)
        try:
            with place.open("rb") as stream:
                if status.st_size <= LARGEST_TEXT:
                    content = stream.read()
                    digest = hashlib.sha256(content).hexdigest()
                    return OwnFile(path=path, sha256=digest, content=content, executable=executable)
                rolling = hashlib.sha256()
                while chunk := stream.read(_CHUNK):
                    rolling.update(chunk)
        except OSError as error:
            raise UnsafeTree(f"{place} cannot be read: {error}.", advice="Nothing was written.") from error
        return OwnFile(path=path, sha256=rolling.hexdigest(), content=None, executable=executable)

    def _all_in(self, path: str) -> Iterator[str]:
        """Everything below a folder that keeps it from being removed, whoever left it there."""
        for name, folders, files in os.walk(self.root / path):
            here = Path(name)
            leaves = [*files, *(each for each in folders if (here / each).is_symlink())]
            for each in sorted(leaves):
                yield (here / each).relative_to(self.root).as_posix()
            if not (folders or files) and here != self.root / path:
                yield here.relative_to(self.root).as_posix()

    def _files(self, folder: Path) -> Iterator[str]:
        for name, folders, files in os.walk(folder):
            inside = PurePosixPath(Path(name).relative_to(self.root).as_posix())
            folders[:] = sorted(each for each in folders if not is_left_behind(inside / each))
            for each in sorted(files):
                place = Path(name, each)
                if not place.is_symlink() and place.is_file():
                    yield place.relative_to(self.root).as_posix()


def _blocking(gone: list[str], written: frozenset[str]) -> list[str]:
    """Files that go and stand where a folder is needed, or lie in a folder where a file is.

    The plan takes none for that whose content moves: they are in the last version to the byte.
    """
    above = {parent for path in written for parent in _parents(path)}
    return [path for path in gone if path in above or not written.isdisjoint(_parents(path))]


def _parents(path: str) -> set[str]:
    return {parent.as_posix() for parent in PurePosixPath(path).parents}


def _identity(place: Path) -> tuple[int, int] | None:
    try:
        status = place.lstat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def _stamp(status: os.stat_result | None) -> tuple[int, ...] | None:
    return None if status is None else (status.st_ino, status.st_size, status.st_mtime_ns, status.st_mode)

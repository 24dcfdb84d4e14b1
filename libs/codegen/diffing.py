"""What changed between two payloads, and the one joint diff of constraints, plan, cost, policy and code."""

import difflib
from collections.abc import Mapping
from typing import Literal

from libs.codegen.filters import code, md
from libs.core.values import Value
from libs.planning.diff_page import design_diff_markdown
from libs.planning.diffing import DesignDiff
from libs.planning.wording import quantity

MAX_LINES_PER_FILE = 400
MAX_LINES = 4000
MAX_FILE_BYTES = 512 * 1024


class ChangedFile(Value):
    """One file that differs."""

    path: str
    kind: Literal["added", "removed", "changed"]
    added_lines: int
    removed_lines: int
    diff: str
    """Unified diff of a text file, of one that was added or removed with its whole text; empty for other files, in a
    first version, and when the bound was reached."""
    truncated: bool = False


class TreeDiff(Value):
    """The difference between two trees."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    files: tuple[ChangedFile, ...]
    """In the order of their paths."""
    unchanged: int

    @property
    def is_empty(self) -> bool:
        """Whether the trees hold the same bytes."""
        return not self.files


def diff_trees(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> TreeDiff:
    """Compares two trees; the text of the diffs is bounded, the lists of paths are complete.

    Changed files get their room before those that were added or removed, whose text is in one of the versions.

    Args:
        before: content by path of the parent version; empty for a first version.
        after: content by path of this version.
    """
    added = tuple(sorted(after.keys() - before.keys()))
    removed = tuple(sorted(before.keys() - after.keys()))
    both = before.keys() & after.keys()
    changed = tuple(sorted(path for path in both if before[path] != after[path]))
    files: list[ChangedFile] = []
    left = MAX_LINES
    for path in (*changed, *sorted((*added, *removed))):
        room = min(left, MAX_LINES_PER_FILE) if before else 0
        file = _changed_file(path, before.get(path), after.get(path), room)
        left -= file.diff.count("\n")
        files.append(file)
    return TreeDiff(
        added=added,
        removed=removed,
        changed=changed,
        files=tuple(sorted(files, key=lambda file: file.path)),
        unchanged=len(both) - len(changed),
    )


def joint_diff_markdown(design: DesignDiff, tree: TreeDiff, *, title: str = "") -> str:
    """One readable diff: what the design changed, then what the code changed.

    Args:
        design: the design's difference.
        tree: the payload's difference.
        title: which versions are compared.
    """
    lines = [f"# {md(title)}" if title else "# Changes", "", design_diff_markdown(design)]
    lines += ["## Code", ""]
    if tree.is_empty:
        return "\n".join([*lines, "The repository is the same to the byte.", ""])
    counts = (
        f"{quantity(len(tree.added), 'file')} added, {len(tree.removed)} removed, {len(tree.changed)} changed"
    )
    lines += [
        f"{counts}, {tree.unchanged} unchanged.",
        "",
        "| file | change | lines |",
        "| --- | --- | --- |",
        *(f"| {code(f.path)} | {f.kind} | +{f.added_lines} −{f.removed_lines} |" for f in tree.files),
        "",
    ]
    for file in tree.files:
        if file.diff:
            lines += [f"### {code(file.path)}", "", *_fenced(file.diff), ""]
            if file.truncated:
                lines += ["The diff is cut here; the two versions hold the whole files.", ""]
    return "\n".join(lines)


def _changed_file(path: str, before: bytes | None, after: bytes | None, room: int) -> ChangedFile:
    kind: Literal["added", "removed", "changed"] = (
        "added" if before is None else "removed" if after is None else "changed"
    )
    old, new = _lines(before), _lines(after)
    if old is None or new is None:
        return ChangedFile(path=path, kind=kind, added_lines=0, removed_lines=0, diff="", truncated=True)
    names = ("/dev/null" if before is None else f"a/{path}", "/dev/null" if after is None else f"b/{path}")
    diff = list(difflib.unified_diff(old, new, *names, lineterm=""))
    body = diff[2:]
    return ChangedFile(
        path=path,
        kind=kind,
        added_lines=sum(line.startswith("+") for line in body),
        removed_lines=sum(line.startswith("-") for line in body),
        diff="".join(f"{line}\n" for line in diff[: max(room, 0)]),
        truncated=len(diff) > room,
    )


def _lines(content: bytes | None) -> list[str] | None:
    """The lines of a text, none where there is no file; None for bytes that are no text, or too many to compare."""
    if content is None:
        return []
    if len(content) > MAX_FILE_BYTES:
        return None
    try:
        return content.decode().splitlines()
    except UnicodeDecodeError:
        return None


def _fenced(text: str) -> list[str]:
    fence = "```"
    while fence in text:
        fence += "`"
    return [f"{fence}diff", *text.splitlines(), fence]

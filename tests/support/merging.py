"""Trees for tests of merging: payloads from plain text, and a person's tree on disk."""

import os
from collections.abc import Mapping
from pathlib import Path

from libs.codegen.merging.lines import LineMerge
from libs.codegen.merging.models import MergePlan
from libs.codegen.merging.planning import plan_merge
from libs.codegen.merging.threads import Packages
from libs.codegen.merging.tree import WorkTree
from libs.codegen.models import RenderedFile
from libs.git.program import Git

Texts = Mapping[str, str | bytes]


def tree_of(texts: Texts, *, executable: frozenset[str] = frozenset()) -> dict[str, RenderedFile]:
    """A payload."""
    return {
        path: RenderedFile(path=path, content=_bytes(text), executable=path in executable)
        for path, text in texts.items()
    }


def on_disk(root: Path, texts: Texts) -> WorkTree:
    """A person's tree."""
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(_bytes(text))
    root.mkdir(exist_ok=True)
    return WorkTree(root)


def texts_in(root: Path) -> dict[str, str]:
    """What lies in a tree, by path."""
    return {
        Path(folder, name).relative_to(root).as_posix(): Path(folder, name)
        .read_bytes()
        .decode(errors="replace")
        for folder, _, names in os.walk(root)
        for name in names
    }


def merged(
    root: Path, base: Texts, ours: Texts, theirs: Texts, packages: Packages | None = None
) -> MergePlan:
    """Writes a person's tree, merges a new version into it, and returns the plan that was carried out."""
    tree = on_disk(root, ours)
    plan = plan_merge(
        tree_of(base), tree, tree_of(theirs), LineMerge(Git()), packages=packages or Packages("", "")
    )
    tree.write(plan)
    return plan


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()

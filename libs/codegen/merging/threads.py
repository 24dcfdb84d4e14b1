"""Which files of the three trees are one file: the same path, or the path where the design or the person moved it."""

from collections.abc import Mapping
from typing import NamedTuple

from libs.codegen.merging.lines import is_same
from libs.codegen.merging.models import OwnFile, OwnTree
from libs.codegen.merging.moves import LARGEST, most_alike, through_package
from libs.codegen.models import RenderedFile
from libs.core.values import sha256_hex

Tree = Mapping[str, RenderedFile]


class Packages(NamedTuple):
    """Names of the generated Python package, before and after."""

    before: str = ""
    after: str = ""


class Thread(NamedTuple):
    """One file through the three trees; None where it is not."""

    base: RenderedFile | None
    ours: OwnFile | None
    theirs: RenderedFile | None


def is_edited(own: OwnFile, before: RenderedFile) -> bool:
    """Whether the person changed the file; other line ends throughout are no change."""
    if own.sha256 == sha256_hex(before.content):
        return False
    return own.content is None or not is_same(own.content, before.content)


def threads(base: Tree, ours: OwnTree, theirs: Tree, packages: Packages) -> list[Thread]:
    """Every generated file of the two versions, each once.

    Looking for where a file went costs something and is a guess where the name of the package does not tell it, so
    it is done only where an edit hangs on it: an edited file that the design has no more, a file that is gone from the
    person's tree and that the design changed, and one that went to a new path already, as a merge that was killed
    leaves it.
    """
    found: list[Thread] = []
    taken: set[str] = set()
    new = frozenset(theirs) - frozenset(base)
    others: tuple[str, ...] | None = None
    for path, before in base.items():
        own, target = ours.find(path), path if path in theirs else None
        if target is None:
            target = _through(path, new - taken, packages)
        if target is None and own is not None and is_edited(own, before):
            target = most_alike(path, before.content, new - taken, lambda each: theirs[each].content)
        if own is None and target is not None and path not in theirs:
            own = ours.find(target)
        if own is None and path in theirs and theirs[path].content != before.content:
            if others is None:
                others = ours.others(frozenset(base) | frozenset(theirs))
            moved = most_alike(path, before.content, others, lambda each: ours.peek(each, LARGEST))
            own = ours.find(moved) if moved else None
            others = tuple(each for each in others if each != moved)
        if target is not None:
            taken.add(target)
        found.append(Thread(before, own, theirs[target] if target else None))
    found = _arrived(found, ours, {path: theirs[path] for path in new - taken})
    taken |= {thread.theirs.path for thread in found if thread.theirs}
    found += [Thread(None, ours.find(path), theirs[path]) for path in sorted(frozenset(theirs) - taken)]
    return found


def _arrived(found: list[Thread], ours: OwnTree, new: Tree) -> list[Thread]:
    """The threads, those that end in neither tree led on to what lies, edited, at a path that only the design has."""
    gone = [thread for thread in found if thread.ours is None and thread.theirs is None]
    edited = {
        path for path, file in new.items() if gone and (own := ours.find(path)) and is_edited(own, file)
    }
    led_on: dict[str, Thread] = {}
    for thread in gone if edited else ():
        if thread.base:
            target = most_alike(thread.base.path, thread.base.content, edited, lambda each: new[each].content)
            if target:
                edited.discard(target)
                led_on[thread.base.path] = Thread(thread.base, ours.find(target), new[target])
    return [led_on.get(thread.base.path, thread) if thread.base else thread for thread in found]


def _through(path: str, new: frozenset[str], packages: Packages) -> str | None:
    target = through_package(path, packages.before, packages.after)
    return target if target in new else None

"""What holds for every merge, on trees that nobody thought of."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from libs.codegen.merging.lines import LineMerge
from libs.codegen.merging.planning import plan_merge
from libs.codegen.merging.threads import Packages
from libs.codegen.merging.tree import WorkTree
from libs.git.program import Git
from tests.support.merging import merged, texts_in, tree_of

PACKAGES = Packages("old", "new")
GENERATED = ("a.py", "b.md", "d/c.py", "d", "src/old/x.py", "src/new/x.py", "uv.lock", "data.bin")
OWN = ("mine.txt", "d/mine.py", "src/old/mine.py", "b.md/mine")

text = st.lists(st.sampled_from("abcd\0"), max_size=6).map(
    lambda lines: "".join(f"{line}\n" for line in lines)
)
bounded = settings(max_examples=25, deadline=None)


def possible(tree: dict[str, str]) -> dict[str, str]:
    """The tree without files that would lie below another file."""
    return {
        path: content
        for path, content in tree.items()
        if not any(path.startswith(f"{other}/") for other in tree)
    }


generated = st.dictionaries(st.sampled_from(GENERATED), text, max_size=5).map(possible)
edits = st.dictionaries(st.sampled_from((*GENERATED, *OWN)), st.none() | text, max_size=5)


def edited(base: dict[str, str], changes: dict[str, str | None]) -> dict[str, str]:
    """The base after a person removed some files and wrote others, each with a line that only they wrote."""
    tree = dict(base)
    for path, content in changes.items():
        if content is None:
            tree.pop(path, None)
        else:
            tree[path] = f"{content}written by hand in {path}\n"
    return possible(tree)


def resolve(root: Path, tree: dict[str, str]) -> None:
    """Keeps both sides of every conflict that is marked."""
    markers = {"<<<<<<< yours", "=======", ">>>>>>> new design"}
    for path, content in tree.items():
        if markers & set(content.splitlines()):
            kept = (line for line in content.splitlines(keepends=True) if line.rstrip("\r\n") not in markers)
            (root / path).write_text("".join(kept))


@bounded
@given(base=generated, theirs=generated)
def test_a_tree_without_edits_becomes_the_new_version(base: dict[str, str], theirs: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        merged(Path(name), base, base, theirs, PACKAGES)
        assert texts_in(Path(name)) == theirs


@bounded
@given(base=generated, changes=edits)
def test_a_version_that_changes_nothing_leaves_the_tree_as_it_is(
    base: dict[str, str], changes: dict[str, str | None]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        ours = edited(base, changes)
        plan = merged(Path(name), base, ours, base, PACKAGES)
        assert texts_in(Path(name)) == ours
        assert plan.report.is_empty


@bounded
@given(base=generated, changes=edits, theirs=generated)
def test_no_line_that_a_person_wrote_is_lost_and_a_second_merge_does_nothing(
    base: dict[str, str], changes: dict[str, str | None], theirs: dict[str, str]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        ours = edited(base, changes)
        merged(Path(name), base, ours, theirs, PACKAGES)
        after = texts_in(Path(name))
        lines = {line for content in after.values() for line in content.splitlines()}
        written = {line for content in ours.values() for line in content.splitlines() if "by hand" in line}
        assert written <= lines
        resolve(Path(name), after)
        again = plan_merge(
            tree_of(theirs), WorkTree(Path(name)), tree_of(theirs), LineMerge(Git()), packages=Packages()
        )
        assert again.report.is_empty


@bounded
@given(
    mine=st.integers(0, 4), new=st.integers(7, 11), mine_text=st.text("xyz", max_size=3), crlf=st.booleans()
)
def test_edits_of_different_lines_both_survive(mine: int, new: int, mine_text: str, crlf: bool) -> None:
    lines = [f"line {number}\n" for number in range(12)]
    ours = [f"my {mine_text}\n" if number == mine else line for number, line in enumerate(lines)]
    theirs = ["theirs\n" if number == new else line for number, line in enumerate(lines)]
    both = ["theirs\n" if number == new else line for number, line in enumerate(ours)]
    end = "\r\n" if crlf else "\n"
    with tempfile.TemporaryDirectory() as name:
        plan = merged(
            Path(name), {"a": "".join(lines)}, {"a": "".join(ours).replace("\n", end)}, {"a": "".join(theirs)}
        )
        assert texts_in(Path(name))["a"] == "".join(both).replace("\n", end)
        assert plan.report.conflicts == ()

"""Two trees are compared: complete in its lists, bounded in its text."""

from libs.codegen.diffing import MAX_LINES_PER_FILE, diff_trees, joint_diff_markdown
from libs.planning.diffing import DesignDiff, diff_designs
from libs.planning.models import Plan
from tests.support.codegen_plans import example_cost, example_plan


class TestDiffTrees:
    def test_names_what_was_added_removed_and_changed(self) -> None:
        diff = diff_trees({"a": b"1\n", "b": b"1\n", "c": b"x"}, {"b": b"2\n", "c": b"x", "d": b"new\n"})
        assert (diff.added, diff.removed, diff.changed, diff.unchanged) == (("d",), ("a",), ("b",), 1)

    def test_shows_a_changed_text_as_a_unified_diff(self) -> None:
        (file,) = diff_trees({"a": b"1\n2\n"}, {"a": b"1\n3\n"}).files
        assert file.diff.splitlines()[-3:] == [" 1", "-2", "+3"]
        assert (file.added_lines, file.removed_lines) == (1, 1)

    def test_an_added_and_a_removed_text_are_shown_whole(self) -> None:
        removed, added = diff_trees({"a": b"1\n2\n", "k": b""}, {"b": b"3\n", "k": b""}).files
        assert removed.diff == "--- a/a\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-1\n-2\n"
        assert added.diff == "--- /dev/null\n+++ b/b\n@@ -0,0 +1 @@\n+3\n"
        assert (removed.removed_lines, added.added_lines) == (2, 1)

    def test_a_first_version_lists_its_files_without_their_text(self) -> None:
        (file,) = diff_trees({}, {"a": b"1\n"}).files
        assert (file.kind, file.added_lines, file.diff) == ("added", 1, "")

    def test_an_added_file_that_is_no_text_or_long_is_bounded(self) -> None:
        after = {"a": b"\xff", "b": b"1\n" * 2000, "k": b""}
        binary, long = diff_trees({"k": b""}, after).files
        assert (binary.diff, binary.kind) == ("", "added")
        assert (long.diff.count("\n"), long.truncated, long.added_lines) == (MAX_LINES_PER_FILE, True, 2000)

    def test_changed_files_get_their_room_before_added_ones(self) -> None:
        before = {f"z{n:02}": b"a\n" * 300 for n in range(12)}
        after = {**dict.fromkeys(before, b"b\n" * 300), **{f"a{n:02}": b"1\n" * 300 for n in range(12)}}
        files = diff_trees(before, after).files
        assert [file.path for file in files] == sorted(after)
        assert sum(file.diff.count("\n") for file in files) <= 4000
        changed = [file for file in files if file.kind == "changed"]
        assert sum(file.diff.count("\n") for file in changed) == 4000

    def test_the_same_trees_differ_in_nothing(self) -> None:
        assert diff_trees({"a": b"1"}, {"a": b"1"}).is_empty

    def test_binary_files_have_no_text(self) -> None:
        (file,) = diff_trees({"a": b"\xff\x00"}, {"a": b"\xff\x01"}).files
        assert file.diff == ""
        assert file.kind == "changed"

    def test_a_long_diff_is_cut_and_says_so(self) -> None:
        before = "".join(f"{n}\n" for n in range(2000)).encode()
        after = "".join(f"{n}!\n" for n in range(2000)).encode()
        (file,) = diff_trees({"a": before}, {"a": after}).files
        assert file.truncated
        assert file.diff.count("\n") == MAX_LINES_PER_FILE
        assert file.added_lines == 2000

    def test_the_whole_stays_bounded_while_every_path_is_listed(self) -> None:
        before = {f"f{n:03}": b"a\n" * 300 for n in range(50)}
        after = {f"f{n:03}": b"b\n" * 300 for n in range(50)}
        diff = diff_trees(before, after)
        assert len(diff.changed) == 50
        assert sum(file.diff.count("\n") for file in diff.files) <= 4000


def design(before: Plan | None = None, after: Plan | None = None) -> DesignDiff:
    """What differs between two example plans; nothing, unless one of them is changed."""
    return diff_designs(before or example_plan(), after or example_plan())


class TestJointDiff:
    def test_joins_the_design_and_the_code(self) -> None:
        dearer = example_plan(region="eu-west-1").model_copy(update={"cost": example_cost(2385.0)})
        page = joint_diff_markdown(
            design(after=dearer), diff_trees({"a.tf": b"x\n"}, {"a.tf": b"y\n"}), title="v1 → v2"
        )
        assert page.startswith("# v1 → v2\n")
        assert "| region | us-east-1 | eu-west-1 |" in page
        assert "| monthly cost | $1,234.50 | $2,385.00 | +$1,150.50 |" in page
        assert "| availability | 99.95 % | 99.95 % | same |" in page
        assert page.index("## Requirements") < page.index("## Code")
        assert "```diff" in page

    def test_a_slot_that_is_filled_another_way_is_shown_with_both_options(self) -> None:
        after = example_plan()
        serve = after.component("serve").model_copy(
            update={"title": "AWS Lambda", "option": "lambda_service"}
        )
        others = tuple(c for c in after.components if c.slot != "serve")
        changed = after.model_copy(update={"components": (*others, serve)})
        page = joint_diff_markdown(design(after=changed), diff_trees({}, {}))
        line = next(line for line in page.splitlines() if line.startswith("| serve |"))
        assert "| replaced |" in line
        assert "AWS Lambda" in line
        assert "Fargate" in line

    def test_a_design_that_is_the_same_says_so_above_the_code(self) -> None:
        page = joint_diff_markdown(design(), diff_trees({"a": b"1\n"}, {"a": b"2\n"}))
        assert "The design is the same." in page
        assert "1 changed" in page

    def test_a_first_version_has_no_before(self) -> None:
        first = diff_designs(None, example_plan())
        page = joint_diff_markdown(first, diff_trees({}, {"a": b"1\n"}))
        assert "| monthly cost |  | $1,234.50 | new |" in page
        assert "1 file added" in page

    def test_a_fence_inside_a_file_does_not_end_the_block(self) -> None:
        page = joint_diff_markdown(design(), diff_trees({"a.md": b"x\n"}, {"a.md": b"```\n<script>\n"}))
        assert "````diff" in page

    def test_says_when_the_code_is_the_same(self) -> None:
        assert "the same to the byte" in joint_diff_markdown(design(), diff_trees({}, {}))

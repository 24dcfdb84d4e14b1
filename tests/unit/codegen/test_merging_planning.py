"""A new version goes into an edited tree: what each side changed is there, and nothing a person wrote is lost."""

from pathlib import Path

import pytest

from libs.codegen.merging.errors import UnresolvedConflicts, UnsafeTree
from libs.codegen.merging.lines import LineMerge
from libs.codegen.merging.models import BESIDE
from libs.codegen.merging.planning import plan_merge
from libs.codegen.merging.threads import Packages
from libs.git.program import Git
from tests.support.merging import merged, on_disk, texts_in, tree_of

TEN = "".join(f"line {number}\n" for number in range(10))
ANSWERS = ".answers.yml"


class TestOneSidedChanges:
    def test_what_only_the_design_changed_is_taken(self, tmp_path: Path) -> None:
        plan = merged(
            tmp_path / "t", {"a": "1\n", "b": "1\n"}, {"a": "1\n", "b": "1\n"}, {"a": "2\n", "c": "3\n"}
        )
        assert texts_in(tmp_path / "t") == {"a": "2\n", "c": "3\n"}
        assert (plan.report.updated, plan.report.added, plan.report.removed) == (("a",), ("c",), ("b",))

    def test_what_only_the_person_changed_stays(self, tmp_path: Path) -> None:
        plan = merged(tmp_path / "t", {"a": "1\n"}, {"a": "mine\n", "own/x": "x"}, {"a": "1\n"})
        assert texts_in(tmp_path / "t") == {"a": "mine\n", "own/x": "x"}
        assert plan.report.is_empty
        assert plan.report.kept == ("a",)

    def test_a_generated_file_that_the_person_deleted_stays_deleted_and_is_listed(
        self, tmp_path: Path
    ) -> None:
        plan = merged(tmp_path / "t", {"a": "1", "b": "1"}, {}, {"a": "1", "b": "2"})
        assert texts_in(tmp_path / "t") == {}
        assert plan.report.kept_deleted == ("a", "b")
        assert plan.report.kept_deleted_changed == ("b",)

    def test_folders_that_become_empty_go(self, tmp_path: Path) -> None:
        merged(tmp_path / "t", {"d/e/a": "1", "k": "1"}, {"d/e/a": "1", "k": "1"}, {"k": "1"})
        assert not (tmp_path / "t" / "d").exists()

    def test_a_file_becomes_a_folder_and_a_folder_a_file(self, tmp_path: Path) -> None:
        base, new = {"a": "1", "d/x": "1"}, {"a/y": "2", "d": "2"}
        plan = merged(tmp_path / "t", base, base, new)
        assert texts_in(tmp_path / "t") == new
        assert plan.report.conflicts == ()


class TestBothChanged:
    def test_different_lines_are_both_in(self, tmp_path: Path) -> None:
        ours, theirs = TEN.replace("line 1\n", "mine\n"), TEN.replace("line 8\n", "new\n")
        plan = merged(tmp_path / "t", {"a": TEN}, {"a": ours}, {"a": theirs})
        assert texts_in(tmp_path / "t")["a"] == ours.replace("line 8\n", "new\n")
        assert plan.report.merged == ("a",)
        assert plan.report.conflicts == ()

    def test_the_same_lines_are_marked_and_listed_with_their_line(self, tmp_path: Path) -> None:
        ours, theirs = TEN.replace("line 4\n", "mine\n"), TEN.replace("line 4\n", "new\n")
        plan = merged(tmp_path / "t", {"d/a": TEN}, {"d/a": ours}, {"d/a": theirs})
        marked = "<<<<<<< yours\nmine\n=======\nnew\n>>>>>>> new design\n"
        assert texts_in(tmp_path / "t")["d/a"] == TEN.replace("line 4\n", marked)
        assert [(c.path, c.kind, c.line) for c in plan.report.conflicts] == [("d/a", "content", 5)]

    def test_a_file_that_both_added_is_marked_where_it_differs(self, tmp_path: Path) -> None:
        plan = merged(tmp_path / "t", {}, {"a": "mine\n"}, {"a": "new\n"})
        assert [c.kind for c in plan.report.conflicts] == ["content"]
        assert {"mine", "new"} <= set(texts_in(tmp_path / "t")["a"].splitlines())

    def test_the_same_change_on_both_sides_is_no_conflict(self, tmp_path: Path) -> None:
        plan = merged(tmp_path / "t", {"a": "1\n"}, {"a": "2\n"}, {"a": "2\n"})
        assert plan.report.is_empty

    @pytest.mark.parametrize(
        ("name", "kind"), [("model.bin", "binary"), ("uv.lock", "lock"), (".terraform.lock.hcl", "lock")]
    )
    def test_what_is_not_merged_by_lines_lies_beside_yours(
        self, tmp_path: Path, name: str, kind: str
    ) -> None:
        base, ours, theirs = (f"\0{each}" if kind == "binary" else each for each in ("a", "b", "c"))
        plan = merged(tmp_path / "t", {name: base}, {name: ours}, {name: theirs})
        assert texts_in(tmp_path / "t") == {name: ours, f"{name}{BESIDE}": theirs}
        assert [(c.path, c.kind) for c in plan.report.conflicts] == [(name, kind)]

    def test_what_lies_beside_already_is_not_written_over(self, tmp_path: Path) -> None:
        beside = f"uv.lock{BESIDE}"
        merged(tmp_path / "t", {"uv.lock": "a"}, {"uv.lock": "b", beside: "mine"}, {"uv.lock": "c"})
        assert texts_in(tmp_path / "t") == {"uv.lock": "b", beside: "mine", f"{beside}-2": "c"}

    def test_a_lock_that_only_the_design_changed_is_taken(self, tmp_path: Path) -> None:
        plan = merged(tmp_path / "t", {"uv.lock": "1"}, {"uv.lock": "1"}, {"uv.lock": "2"})
        assert texts_in(tmp_path / "t") == {"uv.lock": "2"}
        assert plan.report.conflicts == ()

    def test_an_edited_file_that_the_design_dropped_stays_and_is_a_conflict(self, tmp_path: Path) -> None:
        plan = merged(tmp_path / "t", {"a": "1\n"}, {"a": "mine\n"}, {})
        assert texts_in(tmp_path / "t") == {"a": "mine\n"}
        assert [(c.path, c.kind) for c in plan.report.conflicts] == [("a", "edited-and-removed")]

    def test_a_file_larger_than_is_merged_lies_beside(self, tmp_path: Path) -> None:
        large = "x\n" * 2_600_000
        plan = merged(tmp_path / "t", {"a": "1\n"}, {"a": large}, {"a": "2\n"})
        assert [c.kind for c in plan.report.conflicts] == ["binary"]
        assert (tmp_path / "t" / "a").stat().st_size == len(large)

    @pytest.mark.parametrize(
        "theirs", [{"a": "2\n"}, {"a": "1\n"}, {}], ids=["changed", "unchanged", "dropped"]
    )
    def test_markers_of_an_earlier_merge_stop_the_next(self, tmp_path: Path, theirs: dict[str, str]) -> None:
        tree = on_disk(tmp_path / "t", {"a": "x\n<<<<<<< yours\nb\n=======\nc\n>>>>>>> new design\n"})
        with pytest.raises(UnresolvedConflicts, match="a:2"):
            plan_merge(tree_of({"a": "1\n"}), tree, tree_of(theirs), LineMerge(Git()), packages=Packages())


class TestLineEnds:
    def test_a_checkout_with_other_line_ends_is_no_edit(self, tmp_path: Path) -> None:
        crlf = TEN.replace("\n", "\r\n")
        theirs = TEN.replace("line 8\n", "new\n")
        plan = merged(tmp_path / "t", {"a": TEN, "gone": TEN}, {"a": crlf, "gone": crlf}, {"a": theirs})
        assert texts_in(tmp_path / "t") == {"a": theirs.replace("\n", "\r\n")}
        assert plan.report.conflicts == ()

    def test_an_edit_under_other_line_ends_is_merged_and_keeps_them(self, tmp_path: Path) -> None:
        ours = TEN.replace("line 1\n", "mine\n").replace("\n", "\r\n")
        merged(tmp_path / "t", {"a": TEN}, {"a": ours}, {"a": TEN.replace("line 8\n", "new\n")})
        assert texts_in(tmp_path / "t")["a"] == ours.replace("line 8\r\n", "new\r\n")


class TestModes:
    @pytest.mark.parametrize(
        ("base", "ours", "theirs", "wanted"),
        [
            (False, False, True, True),
            (False, True, False, True),
            (True, True, False, False),
            (True, False, True, False),
        ],
    )
    def test_whoever_changed_it_decides(
        self, tmp_path: Path, base: bool, ours: bool, theirs: bool, wanted: bool
    ) -> None:
        tree = on_disk(tmp_path / "t", {"run": "x\n"})
        (tmp_path / "t" / "run").chmod(0o755 if ours else 0o644)
        before, after = (
            tree_of({"run": "x\n"}, executable=frozenset({"run"} if each else ())) for each in (base, theirs)
        )
        tree.write(plan_merge(before, tree, after, LineMerge(Git()), packages=Packages()))
        assert bool((tmp_path / "t" / "run").stat().st_mode & 0o100) is wanted


class TestMoves:
    def test_edits_follow_a_package_to_its_new_name(self, tmp_path: Path) -> None:
        base = {"src/old_pkg/a.py": TEN, "src/old_pkg/b.py": "b\n", "src/old_pkg/__init__.py": ""}
        ours = {**base, "src/old_pkg/a.py": TEN.replace("line 1\n", "mine\n"), "src/old_pkg/mine.py": "m\n"}
        theirs = {
            "src/new_pkg/a.py": TEN.replace("line 8\n", "new\n"),
            "src/new_pkg/b.py": "b\n",
            "src/new_pkg/__init__.py": "",
        }
        plan = merged(tmp_path / "t", base, ours, theirs, Packages("old_pkg", "new_pkg"))
        assert texts_in(tmp_path / "t") == {
            **theirs,
            "src/new_pkg/a.py": TEN.replace("line 1\n", "mine\n").replace("line 8\n", "new\n"),
            "src/old_pkg/mine.py": "m\n",
        }
        assert ("src/old_pkg/a.py", "src/new_pkg/a.py") in plan.report.moved
        assert plan.report.left_behind == ("src/old_pkg/mine.py",)
        assert plan.report.conflicts == ()

    def test_a_file_deleted_from_the_old_package_does_not_come_back_in_the_new(self, tmp_path: Path) -> None:
        plan = merged(
            tmp_path / "t",
            {"src/old/a.py": "1", "k": "1"},
            {"k": "1"},
            {"src/new/a.py": "2", "k": "1"},
            Packages("old", "new"),
        )
        assert texts_in(tmp_path / "t") == {"k": "1"}
        assert plan.report.kept_deleted == ("src/new/a.py",)

    def test_an_edited_file_is_found_where_the_design_moved_it(self, tmp_path: Path) -> None:
        ours, theirs = TEN.replace("line 1\n", "mine\n"), TEN.replace("line 8\n", "new\n")
        plan = merged(
            tmp_path / "t", {"adr/3-x.md": TEN}, {"adr/3-x.md": ours}, {"adr/4-x.md": theirs, "o.md": "o\n"}
        )
        assert texts_in(tmp_path / "t")["adr/4-x.md"] == ours.replace("line 8\n", "new\n")
        assert not (tmp_path / "t" / "adr/3-x.md").exists()
        assert plan.report.moved == (("adr/3-x.md", "adr/4-x.md"),)

    def test_a_change_reaches_the_file_that_the_person_moved(self, tmp_path: Path) -> None:
        ours, theirs = TEN.replace("line 1\n", "mine\n"), TEN.replace("line 8\n", "new\n")
        plan = merged(tmp_path / "t", {"a.py": TEN}, {"lib/b.py": ours}, {"a.py": theirs})
        assert texts_in(tmp_path / "t") == {"lib/b.py": ours.replace("line 8\n", "new\n")}
        assert plan.report.kept_deleted == ()

    def test_a_file_that_the_person_moved_as_the_design_does_is_merged_there(self, tmp_path: Path) -> None:
        ours, theirs = TEN.replace("line 1\n", "mine\n"), TEN.replace("line 8\n", "new\n")
        for number, packages in enumerate((Packages("old", "new"), Packages())):
            root = tmp_path / str(number)
            plan = merged(
                root, {"src/old/a.py": TEN}, {"src/new/a.py": ours}, {"src/new/a.py": theirs}, packages
            )
            assert texts_in(root) == {"src/new/a.py": ours.replace("line 8\n", "new\n")}
            assert (plan.report.conflicts, plan.report.kept_deleted) == ((), ())

    def test_an_unlike_file_is_not_taken_for_the_one_that_went(self, tmp_path: Path) -> None:
        plan = merged(tmp_path / "t", {"a.py": TEN}, {"a.py": f"{TEN}mine\n"}, {"b.py": "quite\nanother\n"})
        assert [(c.path, c.kind) for c in plan.report.conflicts] == [("a.py", "edited-and-removed")]

    def test_a_move_onto_a_file_of_the_persons_is_a_conflict(self, tmp_path: Path) -> None:
        ours = {"src/old/a.py": f"{TEN}mine\n", "src/new/a.py": "my own\n"}
        plan = merged(
            tmp_path / "t", {"src/old/a.py": TEN}, ours, {"src/new/a.py": TEN}, Packages("old", "new")
        )
        beside = f"src/new/a.py{BESIDE}"
        assert texts_in(tmp_path / "t") == {**ours, beside: ours["src/old/a.py"]}
        assert [(c.path, c.kind) for c in plan.report.conflicts] == [("src/new/a.py", "in-the-way")]
        assert beside in plan.report.conflicts[0].message
        assert (plan.report.moved, plan.report.kept) == ((), ())


class TestInTheWay:
    def test_a_file_of_the_persons_where_a_folder_is_needed(self, tmp_path: Path) -> None:
        plan = merged(tmp_path / "t", {}, {"docs": "mine"}, {"docs/a.md": "1", "docs/b/c.md": "2"})
        beside = {f"docs{BESIDE}/a.md": "1", f"docs{BESIDE}/b/c.md": "2"}
        assert texts_in(tmp_path / "t") == {"docs": "mine", **beside}
        assert [(c.path, c.kind) for c in plan.report.conflicts] == [
            ("docs/a.md", "in-the-way"),
            ("docs/b/c.md", "in-the-way"),
        ]
        assert f"docs{BESIDE}/a.md" in plan.report.conflicts[0].message
        assert plan.report.added == tuple(beside)

    def test_a_folder_of_the_persons_where_a_file_is_needed(self, tmp_path: Path) -> None:
        plan = merged(tmp_path / "t", {}, {"docs/mine.md": "mine"}, {"docs": "1"})
        assert texts_in(tmp_path / "t") == {"docs/mine.md": "mine", f"docs{BESIDE}": "1"}
        assert [(c.path, c.kind) for c in plan.report.conflicts] == [("docs", "in-the-way")]

    def test_what_a_tool_left_in_a_folder_keeps_it_there(self, tmp_path: Path) -> None:
        base = {"d/x.py": "1", "d/__pycache__/x.pyc": "x"}
        merged(tmp_path / "t", {"d/x.py": "1"}, base, {"d": "2"})
        assert texts_in(tmp_path / "t") == {"d/__pycache__/x.pyc": "x", f"d{BESIDE}": "2"}

    def test_it_is_laid_where_nothing_else_lies(self, tmp_path: Path) -> None:
        ours = {"docs": "mine", f"docs{BESIDE}": "mine too"}
        merged(tmp_path / "t", {}, ours, {"docs/a.md": "1"})
        assert texts_in(tmp_path / "t") == {**ours, f"docs{BESIDE}-2/a.md": "1"}

    def test_a_file_whose_edits_move_stands_in_the_way_until_they_did(self, tmp_path: Path) -> None:
        ours = {"a": f"{TEN}mine\n"}
        plan = merged(tmp_path / "t", {"a": TEN}, ours, {"a/b": TEN})
        assert texts_in(tmp_path / "t") == {**ours, f"a{BESIDE}/b": f"{TEN}mine\n"}
        assert [(c.path, c.kind) for c in plan.report.conflicts] == [("a/b", "in-the-way")]

    def test_markers_are_told_where_they_were_laid(self, tmp_path: Path) -> None:
        ours = {"src/old/a.py": TEN.replace("line 4\n", "mine\n"), "src/new/a.py": "my own\n"}
        theirs = {"src/new/a.py": TEN.replace("line 4\n", "new\n")}
        plan = merged(tmp_path / "t", {"src/old/a.py": TEN}, ours, theirs, Packages("old", "new"))
        assert [(c.path, c.kind, c.line) for c in plan.report.conflicts] == [
            ("src/new/a.py", "in-the-way", None),
            (f"src/new/a.py{BESIDE}", "content", 5),
        ]
        assert texts_in(tmp_path / "t")["src/old/a.py"] == ours["src/old/a.py"]

    @pytest.mark.parametrize("link", ["a", "d"])
    def test_a_link_where_the_repository_has_something_is_refused(self, tmp_path: Path, link: str) -> None:
        (tmp_path / "secret").mkdir()
        (tmp_path / "secret" / "x").write_text("secret")
        tree = on_disk(tmp_path / "t", {"k": "1"})
        (tmp_path / "t" / link).symlink_to(tmp_path / "secret")
        with pytest.raises(UnsafeTree, match="link"):
            plan_merge(
                tree_of({"a": "1", "d/x": "1"}),
                tree,
                tree_of({"a": "2", "d/x": "2"}),
                LineMerge(Git()),
                packages=Packages(),
            )
        assert (tmp_path / "secret" / "x").read_text() == "secret"

    def test_links_of_the_persons_own_are_left_alone(self, tmp_path: Path) -> None:
        on_disk(tmp_path / "t", {"a": "1"})
        (tmp_path / "t" / "mine").symlink_to("/nowhere")
        merged(tmp_path / "t", {"a": "1"}, {"a": "1"}, {"a": "2"})
        assert (tmp_path / "t" / "mine").is_symlink()


class TestAnswersAndReports:
    def test_the_answers_are_always_those_of_the_new_version(self, tmp_path: Path) -> None:
        plan = merged(tmp_path / "t", {ANSWERS: "a: 1\n"}, {ANSWERS: "a: 7\n"}, {ANSWERS: "a: 2\n"})
        assert texts_in(tmp_path / "t") == {ANSWERS: "a: 2\n"}
        assert plan.report.replaced == (ANSWERS,)
        assert plan.report.conflicts == ()

    def test_reports_replace_those_in_the_tree(self, tmp_path: Path) -> None:
        tree = on_disk(tmp_path / "t", {ANSWERS: "a: 1\n", "reports/x.md": "old"})
        plan = plan_merge(
            tree_of({ANSWERS: "a: 1\n"}),
            tree,
            tree_of({ANSWERS: "a: 1\n"}),
            LineMerge(Git()),
            packages=Packages(),
            reports=tree_of({"reports/x.md": "new"}),
        )
        tree.write(plan)
        assert texts_in(tmp_path / "t")["reports/x.md"] == "new"
        assert plan.report.replaced == ("reports/x.md",)

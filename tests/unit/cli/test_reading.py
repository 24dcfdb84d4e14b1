"""What `check` takes of a folder: all that git and Terraform use, no more than a payload may hold, and no link."""

import ast
import os
from pathlib import Path

import pytest

from libs.cli import reading
from libs.cli.reading import read_repository
from libs.codegen.merging.tree import LEFT_AT_THE_TOP, LEFT_BEHIND, WorkTree
from libs.codegen.payload import BadPayload
from libs.codegen.renderer import render
from tests.support.blueprints import fraud_blueprint
from tests.support.blueprints_rag import support_blueprint


def paths(root: Path) -> list[str]:
    return sorted(file.path for file in read_repository(root).files)


def put(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x\n")


class TestReadRepository:
    def test_leaves_out_reports_and_what_make_leaves(self, tmp_path: Path) -> None:
        put(tmp_path, "README.md", "reports/checks.md", *(f"{name}/x" for name in LEFT_AT_THE_TOP))
        put(tmp_path, *(f"{name}/x" for name in LEFT_BEHIND), *(f"src/{name}/x" for name in LEFT_BEHIND))
        assert paths(tmp_path) == ["README.md"]

    @pytest.mark.parametrize("name", ["reports", *sorted(LEFT_AT_THE_TOP)])
    def test_a_folder_of_such_a_name_further_down_is_read(self, tmp_path: Path, name: str) -> None:
        put(tmp_path, f"src/app/{name}/keys.py")
        assert paths(tmp_path) == [f"src/app/{name}/keys.py"]

    def test_the_git_file_of_a_second_work_tree_is_no_part(self, tmp_path: Path) -> None:
        put(tmp_path, ".git", "README.md")
        assert paths(tmp_path) == ["README.md"]

    def test_what_people_keep_to_themselves_is_no_part(self, tmp_path: Path) -> None:
        put(tmp_path, ".env", ".env.example")
        assert paths(tmp_path) == [".env.example"]

    def test_what_a_killed_merge_left_is_no_part(self, tmp_path: Path) -> None:
        put(tmp_path, ".merging-x7k2/src/app.py", "src/app.py")
        assert paths(tmp_path) == ["src/app.py"]

    def test_names_links_and_follows_none(self, tmp_path: Path) -> None:
        put(tmp_path, "docs/open.txt", "infra/main.tf")
        (tmp_path / "infra" / "open.tf").symlink_to("../docs/open.txt")
        (tmp_path / "modules").symlink_to("infra")
        (tmp_path / "a\x1b[2J").symlink_to("nowhere")
        found = read_repository(tmp_path)
        assert sorted(file.path for file in found.files) == ["docs/open.txt", "infra/main.tf"]
        assert found.links == ["'a\\x1b[2J'", "infra/open.tf", "modules"]

    def test_keeps_the_mode(self, tmp_path: Path) -> None:
        put(tmp_path, "run", "text")
        (tmp_path / "run").chmod(0o755)
        assert {file.path: file.executable for file in read_repository(tmp_path).files} == {
            "run": True,
            "text": False,
        }

    def test_what_is_larger_than_a_payload_may_hold_is_not_read(self, tmp_path: Path) -> None:
        with (tmp_path / "big.bin").open("wb") as stream:
            stream.truncate(3_000_000_000_000)
        with pytest.raises(BadPayload, match=r"'big\.bin' is larger than 64000000 bytes"):
            read_repository(tmp_path)

    def test_all_together_are_bounded_as_well(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        put(tmp_path, "a", "b", "c")
        monkeypatch.setattr(reading, "MOST_BYTES", 5)
        with pytest.raises(BadPayload, match="larger than 5 bytes"):
            read_repository(tmp_path)
        monkeypatch.undo()
        monkeypatch.setattr(reading, "MOST_FILES", 2)
        with pytest.raises(BadPayload, match="more than 2 files"):
            read_repository(tmp_path)

    def test_what_is_no_file_is_left_alone(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        assert paths(tmp_path) == []


class TestLeftBehind:
    def test_a_merge_sees_the_files_of_a_folder_of_that_name_further_down(self, tmp_path: Path) -> None:
        put(tmp_path, "work/model.json", ".venv-lint/bin/ruff", "src/app/work/keys.py")
        assert WorkTree(tmp_path).others(frozenset()) == ("src/app/work/keys.py",)

    @pytest.mark.parametrize("blueprint", [fraud_blueprint, support_blueprint])
    def test_agrees_with_the_generated_repository(self, blueprint: object) -> None:
        files = {file.path: file.content.decode() for file in render(blueprint())}  # type: ignore[operator]
        ignored = files[".gitignore"].splitlines()
        at_the_top = {line.strip("/") for line in ignored if line.rfind("/", 0, -1) == 0}
        anywhere = {
            line.strip("/") for line in ignored if line.find("/") == len(line) - 1 and "*" not in line
        }
        left = {
            ast.unparse(node.targets[0]): ast.literal_eval(node.value.args[0])
            for node in ast.parse(files["tools/manifest.py"]).body
            if isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Call)
            and "LEFT" in ast.unparse(node)
        }

        assert at_the_top == LEFT_AT_THE_TOP
        assert anywhere <= LEFT_BEHIND
        assert left["LEFT_BEHIND"] <= LEFT_BEHIND
        assert left["LEFT_AT_THE_TOP"] == LEFT_AT_THE_TOP

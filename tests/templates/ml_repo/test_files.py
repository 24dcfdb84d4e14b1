"""What is rendered parses, is formatted, and holds no trace of the templates."""

import ast
import csv
import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.templates.ml_repo.repository import BLUEPRINTS, RUFF, write

_MARKERS = re.compile(r"\{%|\{#|__package__|__env__")
_EXPRESSION = re.compile(r"(?<!\$)\{\{.*?\}\}")


class TestRenderedFiles:
    def test_hold_no_template_marker(self, any_repository: Path) -> None:
        for path in any_repository.rglob("*"):
            relative = path.relative_to(any_repository).as_posix()
            if path.is_file() and not relative.startswith((".github/", "monitoring/")):
                text = path.read_text()
                assert not _MARKERS.search(text), relative
                assert not _EXPRESSION.search(text), relative
            assert "__" not in path.name or path.name in ("__init__.py", "__main__.py")

    def test_parse(self, any_repository: Path) -> None:
        for path in any_repository.rglob("*.py"):
            ast.parse(path.read_text(), str(path))
        for path in any_repository.rglob("*.json"):
            json.loads(path.read_text())
        for pattern in ("pipelines/*.yaml", "config/*.yaml", ".pre-commit-config.yaml"):
            for path in any_repository.glob(pattern):
                assert isinstance(yaml.safe_load(path.read_text()), dict)

    def test_are_formatted_and_clean(self, any_repository: Path) -> None:
        for command in (["check"], ["format", "--check"]):
            done = subprocess.run(
                [str(RUFF), *command, "--no-cache", "src", "tests"],
                cwd=any_repository,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stdout

    def test_are_small(self, any_repository: Path) -> None:
        for path in any_repository.rglob("*.py"):
            assert len(path.read_text().splitlines()) <= 250, path

    def test_speak_of_nothing_unfinished(self, any_repository: Path) -> None:
        for path in any_repository.rglob("*"):
            if path.is_file():
                assert not re.search(r"TODO|FIXME|XXX|changeme", path.read_text()), path

    @pytest.mark.parametrize("name", sorted(BLUEPRINTS))
    def test_are_the_same_bytes_again(self, name: str, tmp_path: Path) -> None:
        trees = [write(BLUEPRINTS[name](), tmp_path / folder) for folder in ("one", "two")]
        contents = [{p.relative_to(t): p.read_bytes() for p in t.rglob("*") if p.is_file()} for t in trees]
        assert contents[0] == contents[1]


class TestArchetypes:
    def test_only_an_online_api_has_the_http_service(self, tmp_path: Path) -> None:
        online = write(BLUEPRINTS["online"](), tmp_path / "online")
        batch = write(BLUEPRINTS["batch"](), tmp_path / "batch")
        for path in ("docker/serve.Dockerfile", "tests/integration/test_serve.py"):
            assert (online / path).exists()
            assert not (batch / path).exists()
        assert (batch / "pipelines" / "score.yaml").exists()
        assert not (online / "pipelines" / "score.yaml").exists()


class TestSample:
    def test_has_both_classes_and_missing_cells_only_where_they_may_be(self, any_repository: Path) -> None:
        schema = json.loads((any_repository / "data" / "schema.json").read_text())
        with (any_repository / "data" / "sample.csv").open(newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert 100 <= len(rows) <= 200
        assert len({row[schema["target"]] for row in rows}) >= 2
        for column in schema["columns"]:
            cells = [row[column["name"]] for row in rows]
            may_be_missing = column["nullable"] and column["name"] != schema["target"]
            assert ("" in cells) == may_be_missing, column["name"]
            if column["categories"]:
                assert set(cells) - {""} <= set(column["categories"])
            if column["minimum"] is not None:
                assert all(float(cell) >= column["minimum"] for cell in cells if cell)
            if column["maximum"] is not None:
                assert all(float(cell) <= column["maximum"] for cell in cells if cell)

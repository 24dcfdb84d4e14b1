"""The kept repositories are what the templates render; `python scripts/update_golden.py` refreshes them."""

from pathlib import Path

import pytest

from libs.codegen.answers import ANSWERS_PATH, read_answers
from libs.codegen.renderer import render
from tests.support.golden import GOLDEN

KEPT = Path(__file__).resolve().parents[1] / "golden"
_CACHES = frozenset({"__pycache__", ".cache", ".ruff_cache", ".pytest_cache", ".terraform"})
"""What tools leave when they are run there; the tree's own .gitignore names them."""


@pytest.mark.parametrize("name", sorted(GOLDEN))
class TestGolden:
    def test_a_render_gives_exactly_these_files(self, name: str) -> None:
        made = {file.path: file.content for file in render(GOLDEN[name]())}
        kept = {
            path.relative_to(KEPT / name).as_posix(): path.read_bytes()
            for path in (KEPT / name).rglob("*")
            if path.is_file() and _CACHES.isdisjoint(path.parts)
        }
        assert sorted(kept) == sorted(made)
        assert [path for path in made if made[path] != kept[path]] == []

    def test_the_recorded_answers_render_it_again(self, name: str) -> None:
        answers = (KEPT / name / ANSWERS_PATH).read_text(encoding="utf-8")
        assert read_answers(answers) == GOLDEN[name]()

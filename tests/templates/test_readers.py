"""Every file of every plan has a reader: a program that opens it, or a person whom a document leads there."""

from collections.abc import Mapping

import pytest

from tests.support.readers import unread
from tests.templates.test_commands import tree_of
from tests.templates.test_matrix import EACH_ONCE, PLANS

PACKAGE = "matrix_ml"


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in EACH_ONCE else [pytest.mark.long]) for name in PLANS]
)
def test_no_file_is_without_a_reader(name: str) -> None:
    bp, files = tree_of(name)
    assert unread(files, bp.package) == []


class TestWhatNobodyReads:
    """Planted in a tree where everything is read."""

    @pytest.mark.parametrize(
        ("path", "text"),
        [
            (f"src/{PACKAGE}/learning/forgotten.py", "X = 1\n"),
            (f"src/{PACKAGE}/tested_alone.py", "X = 1\n"),
            ("infra/modules/forgotten/main.tf", "locals {}\n"),
            ("infra/modules/vpc/forgotten.py", "X = 1\n"),
            ("config/extra/forgotten.yaml", "a: 1\n"),
            ("data/named_by_a_document_alone.csv", "a\n1\n"),
            ("docs/forgotten.md", "# Forgotten\n"),
            ("docker/forgotten.conf", "a = 1\n"),
        ],
    )
    def test_is_found(self, path: str, text: str) -> None:
        files = {**self.tree(), path: text}
        files["tests/unit/test_alone.py"] = f"from {PACKAGE} import tested_alone\n"
        files["docs/architecture.md"] += "\n`data/named_by_a_document_alone.csv`\n"
        assert unread(files, PACKAGE) == [path]

    def test_is_what_only_an_unread_file_reads(self) -> None:
        one, two = (f"src/{PACKAGE}/{name}.py" for name in ("one", "two"))
        files = {**self.tree(), one: "from . import two\n", two: "from . import one\n"}
        assert unread(files, PACKAGE) == [one, two]

    @staticmethod
    def tree() -> Mapping[str, str]:
        bp, files = tree_of(EACH_ONCE[0])
        assert bp.package == PACKAGE
        return files

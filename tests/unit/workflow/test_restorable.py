"""Which version a restored one follows."""

import pytest

from libs.projects.models import Ancestry
from libs.workflow.restorable import parent_of


def versions(*rows: tuple[str, str | None, str]) -> list[Ancestry]:
    """Versions in the order in which they came: id, parent and status."""
    return [
        Ancestry.model_validate({"id": name, "parent_id": parent, "version": number, "status": status})
        for number, (name, parent, status) in enumerate(rows, start=1)
    ]


class TestParentOf:
    @pytest.mark.parametrize(
        ("rows", "source", "expected"),
        [
            pytest.param([("a", None, "done"), ("b", "a", "done")], "a", "b", id="its child"),
            pytest.param(
                [("a", None, "done"), ("b", "a", "done"), ("c", "a", "done")], "b", "c", id="its sibling"
            ),
            pytest.param(
                [("a", None, "done"), ("b", "a", "done"), ("c", "b", "failed")],
                "a",
                "b",
                id="not what was never finished",
            ),
            pytest.param(
                [("a", None, "done"), ("b", "a", "rejected"), ("c", "b", "done")],
                "a",
                "c",
                id="through one that was never finished",
            ),
            pytest.param(
                [("a", None, "done"), ("b", "a", "done"), ("x", None, "done")], "a", "b", id="of its own line"
            ),
            pytest.param(
                [("a", None, "done"), ("x", None, "done")], "a", "x", id="of the project where its line ends"
            ),
            pytest.param([("a", None, "done")], "a", None, id="nothing for the only one"),
            pytest.param(
                [("x", None, "done"), ("a", None, "done"), ("b", "a", "waiting")],
                "a",
                None,
                id="nothing for the newest finished one",
            ),
        ],
    )
    def test_is_the_newest_finished_version(
        self, rows: list[tuple[str, str | None, str]], source: str, expected: str | None
    ) -> None:
        found = parent_of(source, versions(*rows))
        assert (found.id if found else None) == expected

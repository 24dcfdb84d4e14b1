"""Which version a restored one follows."""

import pytest

from libs.projects.models import Ancestry
from libs.workflow.restorable import parent_of


def versions(*rows: tuple[str, str]) -> list[Ancestry]:
    """Versions of one line in the order in which they came: id and status."""
    return [
        Ancestry.model_validate({"id": name, "version": number, "status": status})
        for number, (name, status) in enumerate(rows, start=1)
    ]


class TestParentOf:
    @pytest.mark.parametrize(
        ("rows", "source", "expected"),
        [
            pytest.param([("a", "done"), ("b", "done")], "a", "b", id="the next"),
            pytest.param([("a", "done"), ("b", "done"), ("c", "done")], "b", "c", id="the last of several"),
            pytest.param(
                [("a", "done"), ("b", "done"), ("c", "failed")], "a", "b", id="not what was never finished"
            ),
            pytest.param(
                [("a", "done"), ("b", "rejected"), ("c", "done")], "a", "c", id="past one never finished"
            ),
            pytest.param([("a", "done")], "a", None, id="nothing for the only one"),
            pytest.param([("a", "done"), ("b", "waiting")], "a", None, id="nothing for the newest finished"),
        ],
    )
    def test_is_the_newest_finished_version(
        self, rows: list[tuple[str, str]], source: str, expected: str | None
    ) -> None:
        found = parent_of(source, versions(*rows))
        assert (found.id if found else None) == expected

"""Names of columns: unique, printable, and the same in the profile as in a generated pipeline."""

import importlib.util
from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from libs.codegen.renderer import TEMPLATES
from libs.datasets.profiler import headers

Cells = st.lists(st.text(max_size=8) | st.sampled_from(["", "a", "a", "a (2)", "b "]), min_size=1, max_size=7)


def of_the_pipeline() -> Callable[[list[list[str]]], list[str]]:
    path = TEMPLATES / "ml_repo" / "src" / "__package__" / "data" / "headers.py"
    spec = importlib.util.spec_from_file_location("generated_headers", Path(path))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Callable[[list[list[str]]], list[str]] = module.column_names
    return found


GENERATED = of_the_pipeline()


class TestColumnNames:
    @given(Cells, Cells | st.none())
    def test_are_unique_and_those_of_the_pipeline(self, top: list[str], below: list[str] | None) -> None:
        rows = [top] if below is None else [top, below[: len(top)]]
        names = headers.column_names(rows)
        assert len(set(names)) == len(names) == len(top)
        assert all(name and name.isprintable() for name in names)
        assert names == GENERATED(rows)

    def test_a_file_of_them_is_read_under_the_same_names(self) -> None:
        names = headers.column_names([["a", "", "a", " Cost  Total $"]])
        assert names == ["a", "column 2", "a (2)", "Cost Total $"]
        assert headers.column_names([names]) == names


class TestHeaderRows:
    def test_numbers_below_the_first_row_are_values(self) -> None:
        assert headers.header_rows([["a", ""], ["x", "1"], ["y", "2"]]) == 1

    def test_boxes_that_were_ticked_hold_their_header(self) -> None:
        rows = [["films", ""], ["Hope", "Empire"], ["Hope", ""], ["", "Empire"]]
        assert headers.header_rows(rows) == 2

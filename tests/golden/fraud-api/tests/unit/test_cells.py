"""Cells are read by the contract, and only an empty cell is missing."""

import numpy as np
import pandas as pd
import pytest

from fraud_api.data.cells import reasons_of, typed
from fraud_api.data.contract import Column
from fraud_api.data.target import Target


def read(kind: str, *cells: object, **rules: object) -> tuple[list[object], list[str]]:
    column = Column("x", kind, **{"nullable": True, **rules})
    table, problems = typed(pd.DataFrame({"x": pd.Series(cells, dtype=object)}), [column])
    values = [None if pd.isna(value) else value for value in table["x"]]
    return values, [f"{p.row}: {p.told}" for p in problems]


class TestTyped:
    def test_words_for_nothing_are_values_of_a_category(self):
        values, problems = read("category", "None", "NA", "null", "", None)
        assert values == ["None", "NA", "null", None, None]
        assert problems == []

    @pytest.mark.parametrize("cell", ["NaN", "abc", "1,5", "inf", True])
    def test_what_is_no_number_is_reported(self, cell):
        values, problems = read("number", "1.5", cell)
        assert values == [1.5, None]
        assert problems == [f"1: {str(cell)!r} is not a number"]

    def test_the_sender_reads_the_cell_and_logs_do_not(self):
        column = Column("x", "number", nullable=False)
        _, problems = typed(pd.DataFrame({"x": ["secret", ""]}), [column])
        assert [problem.told for problem in problems] == [
            "'secret' is not a number",
            "is missing and must not be",
        ]
        assert reasons_of(problems) == {0: "x is not a number", 1: "x is missing and must not be"}

    def test_a_fraction_is_not_a_whole_number(self):
        assert read("integer", "3", "3.0", "3.5")[0] == [3.0, 3.0, None]

    def test_bounds_are_inclusive(self):
        values, problems = read("number", 0, 10, 10.5, -1, minimum=0, maximum=10)
        assert values == [0.0, 10.0, None, None]
        assert len(problems) == 2

    def test_booleans_have_several_spellings(self):
        cells = (True, "true", "Yes", "1", 1, "0", False, "maybe")
        values, problems = read("boolean", *cells)
        assert values == [1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, None]
        assert problems == ["7: 'maybe' is not true or false"]

    def test_moments_are_in_utc(self):
        values, problems = read("datetime", "2025-03-01T12:00:00+02:00", "2025-03-01", 5)
        assert values[0] == pd.Timestamp("2025-03-01T10:00:00Z")
        assert values[1] == pd.Timestamp("2025-03-01T00:00:00Z")
        assert len(problems) == 1

    def test_a_missing_cell_is_reported_when_it_must_not_be(self):
        assert read("category", "", nullable=False)[1] == ["0: is missing and must not be"]

    def test_whole_floats_are_the_same_category_as_their_text(self):
        assert read("category", 3.0, 3, "3", "3.0")[0] == ["3", "3", "3", "3"]
        assert read("id", "-3.0", "0.0", "1.10", "007.0")[0] == ["-3", "0", "1.10", "007.0"]

    def test_truth_values_have_one_spelling_in_every_format(self):
        values, problems = read("category", True, np.True_, "True", "TRUE", "true", False, "False")
        assert values == ["true", "true", "true", "true", "true", "false", "false"]
        assert problems == []

    def test_labels_of_json_and_csv_are_the_same_classes(self):
        column = Column("x", "category", role="target")
        cells = pd.Series([True, "true", "True", False, "false", 3.0, "3.0"], dtype=object)
        table, _ = typed(pd.DataFrame({"x": cells}), [column])
        target = Target.fit(table["x"], column, "classification")
        assert target.classes == ("3", "false", "true")

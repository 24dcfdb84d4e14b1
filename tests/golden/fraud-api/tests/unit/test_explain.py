"""Importance is measured on rows of every class, in whatever order the table comes."""

import numpy as np
import pytest

from fraud_api.data.target import Target
from fraud_api.explain import explained_rows

NUMBER = Target("y", "regression")


@pytest.mark.parametrize("counts", [(5400, 600), (4000, 2500, 2500), (9000, 1, 999)])
def test_a_sorted_table_gives_rows_of_every_class(counts):
    y = np.repeat(np.arange(len(counts), dtype="float64"), counts)
    rows = explained_rows(y, Target("y", "classification", tuple(range(len(counts)))))
    assert set(y[rows]) == set(y)
    assert 1_000 <= len(set(rows)) == len(rows) <= 1_000 + len(counts)


def test_small_tables_are_explained_whole():
    assert len(explained_rows(np.arange(40.0), NUMBER)) == 40


def test_numbers_are_drawn_from_their_whole_spread():
    y = np.arange(5_000.0)
    rows = explained_rows(y, NUMBER)
    assert len(rows) == 1_000
    assert (y[rows].min(), y[rows].max()) == (0.0, 4_999.0)

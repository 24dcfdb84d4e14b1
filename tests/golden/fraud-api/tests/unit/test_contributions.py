"""Of several classes the predicted one is explained."""

import numpy as np
import pandas as pd
import pytest

from fraud_api.data.contract import Column, DataContract
from fraud_api.data.target import Target
from fraud_api.model.predictor import Prediction, Predictor

CLASSES = ("a", "b", "c")


def predictor(classes: int) -> Predictor:
    """Says the class whose number is in the column x; the other column does not matter to it."""
    columns = (Column("x", "number"), Column("z", "number"), Column("y", "category", "target"))
    found = Predictor.__new__(Predictor)
    found.contract = DataContract("classification", "y", columns)
    found.target = Target("y", "classification", CLASSES[:classes])
    found.facts = {"typical": {"x": 1.0, "z": 0.0}}
    found.scores = lambda table: np.eye(classes)[table["x"].astype(int)]
    return found


@pytest.mark.parametrize(
    ("classes", "expected"), [(3, [1.0, 0.0, 1.0]), (2, [-1.0, 0.0])], ids=["several", "two"]
)
def test_a_column_moves_the_class_that_is_predicted(classes, expected):
    rows = pd.DataFrame({"x": [str(n) for n in range(classes)], "z": ["5"] * classes}, dtype=object)
    answer = Prediction(list(CLASSES[:classes]), None, [])
    found = predictor(classes).table_contributions(rows, answer)
    assert [share["x"] for share in found] == expected
    assert [share["z"] for share in found] == [0.0] * classes

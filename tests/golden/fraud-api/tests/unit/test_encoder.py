"""Columns become numbers by rules that training rows have shaped."""

import numpy as np
import pandas as pd

from fraud_api.data.contract import Column
from fraud_api.data.encoder import MAX_INDICATORS, Encoder


def encode(column: Column, train: list[object], new: list[object]) -> pd.DataFrame:
    encoder = Encoder.fit(pd.DataFrame({column.name: train}), [column])
    again = Encoder.from_json(encoder.to_json())
    return pd.DataFrame(again.transform(pd.DataFrame({column.name: new})), columns=again.names)


class TestEncoder:
    def test_unseen_categories_share_a_column_and_missing_ones_have_none(self):
        encoded = encode(Column("c", "category"), ["a", "a", "b"], ["a", "z", None])
        assert encoded.columns.tolist() == ["c=a", "c=b", "c#other"]
        assert encoded.to_numpy().tolist() == [[1, 0, 0], [0, 0, 1], [0, 0, 0]]

    def test_a_category_may_be_called_other(self):
        encoded = encode(Column("c", "category"), ["other", "a"], ["other", "z"])
        assert encoded.columns.is_unique
        assert encoded.loc[0, "c=other"] == encoded.loc[1, "c#other"] == 1

    def test_many_categories_add_their_frequency(self):
        train = [f"v{number:02d}" for number in range(MAX_INDICATORS + 5)]
        encoded = encode(Column("c", "category"), train, ["v24", "new"])
        assert encoded["c#share"].tolist() == [1 / len(train), 0.0]

    def test_a_time_column_gives_parts_but_no_trend(self):
        moments = pd.to_datetime(["2025-03-03T14:00:00Z", None], utc=True)
        encoded = encode(Column("t", "datetime", role="time"), list(moments), list(moments))
        assert encoded.columns.tolist() == ["t.hour", "t.weekday", "t.month"]
        assert encoded.iloc[0].tolist() == [14, 0, 3]
        assert np.isnan(encoded.iloc[1]).all()

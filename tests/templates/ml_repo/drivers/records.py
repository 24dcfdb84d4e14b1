"""Rows that every store has to keep: numbers, missing cells, moments, and text with every character."""

from __future__ import annotations

import pandas as pd

ROWS = pd.DataFrame(
    {
        "transaction_id": ["a", "b", "c"],
        "amount": [1.5, None, 3.0],
        "channel": ["pos", 'quo"te\\ \t\n é', None],
        "event_time": pd.to_datetime(
            ["2026-01-01T00:00:00.123456", None, "2026-01-03"], utc=True, format="ISO8601"
        ).as_unit("us"),
        "good": pd.array([True, None, False], dtype="boolean"),
        "count": pd.array([1, None, 3], dtype="Int64"),
    }
)


def predictions(run: str, values: list[float]) -> pd.DataFrame:
    """Predictions of a run."""
    return pd.DataFrame({"transaction_id": ["a", "b"], "prediction": values, "run_id": run})

"""The port of the stores that keep features by entity, and how a row is written in them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Protocol

import pandas as pd

from ..data.contract import Column, DataContract

Cell = float | str | None
FeatureRow = dict[str, Cell]
"""A value, or None where it is missing, for each feature of the contract."""


class OnlineFeatures(Protocol):
    """Keeps one row of features for each entity."""

    def get(self, ids: Sequence[str]) -> dict[str, FeatureRow]:
        """The rows of the entities that are known; the others are left out."""

    def put(self, rows: Mapping[str, FeatureRow]) -> None:
        """Replaces the rows of these entities; putting the same rows again changes nothing."""


def entity_column(contract: DataContract) -> Column | None:
    """The column that names the entity: the first identifier of the contract, if there is one."""
    return next(iter(contract.identifiers), None)


def feature_row(values: Mapping[str, object], contract: DataContract) -> FeatureRow:
    """A typed row as it is kept: numbers exactly, moments as ISO 8601, missing cells as None."""
    return {column.name: _cell(values[column.name]) for column in contract.features}


def encoded(row: FeatureRow) -> str:
    """A row as text; `decoded` gives the same row again."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def decoded(text: str | bytes) -> FeatureRow:
    """The row that `encoded` has written."""
    row: FeatureRow = json.loads(text)
    return row


def _cell(value: object) -> Cell:
    if value is None or value is pd.NaT or value != value:
        return None
    if isinstance(value, pd.Timestamp):
        return str(value.isoformat())
    return value if isinstance(value, str) else float(str(value))

"""Rows alike in what is predicted: each part of a split gets its share of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .contract import DataContract
from .entities import Entities

_PARTS = 10
"""Of the range of a number."""


def strata_of_rows(target: pd.Series, contract: DataContract) -> np.ndarray:
    """Of classes each, of numbers one for each part of their range."""
    if contract.task == "classification":
        codes: np.ndarray = pd.factorize(target.astype(str), sort=True)[0]
        return codes
    place = target.rank(method="first").to_numpy() - 1
    part: np.ndarray = (place * _PARTS // len(target)).astype("int64")
    return part


def strata_of_entities(target: pd.Series, contract: DataContract, entities: Entities) -> np.ndarray:
    """By the rarest class that an entity holds, or by its mean."""
    if contract.task == "classification":
        labels = target.astype(str)
        rarity = labels.map(labels.value_counts().rank(method="first"))
        rarest: np.ndarray = rarity.groupby(entities.codes).min().to_numpy()
        return rarest
    place = target.groupby(entities.codes).mean().rank(method="first").to_numpy()
    part: np.ndarray = place * _PARTS // (len(place) + 1)
    return part


def every_part_can_learn(target: pd.Series, parts: np.ndarray, contract: DataContract) -> bool:
    """Whether each part, and what is left without it, has a row of every class."""
    if contract.task == "regression":
        return True
    classes = target.nunique()
    return all(
        target[parts == part].nunique() == classes and target[parts != part].nunique() == classes
        for part in np.unique(parts)
    )

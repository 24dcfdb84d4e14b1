"""Rows of a stream go to the online store as they arrive, in a worker that others have started."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pandas as pd

from ..data.cells import typed
from ..data.contract import DataContract
from ..running.errors import UsageError
from .chosen import online_features
from .materialise import materialise
from .store import OnlineFeatures

_SCHEMA = Path(__file__).parents[2] / "schema.json"
"""The contract, beside the package in the archive; see `ci/flink.sh`."""


@cache
def place_of(region: str, environment: str, features: str) -> tuple[OnlineFeatures, DataContract]:
    """The online store and the contract of its rows.

    Args:
        region: that the store is in; a worker's own environment does not say.
        environment: of the deployment.
        features: where the store is, as variables in a JSON object.

    Raises:
        UsageError: an address is missing.
    """
    os.environ.setdefault("AWS_REGION", region)
    store = online_features({"ENVIRONMENT": environment, **json.loads(features)})
    if store is None:
        raise UsageError("the plan has no online store")
    return store, DataContract.load(_SCHEMA)


def keep(store: OnlineFeatures, contract: DataContract, lines: Iterable[str]) -> int:
    """Puts rows into the store; of how many entities.

    Args:
        store: that requests read from.
        contract: of the rows; one that breaks it is left out, as in the jobs.
        lines: each is a row as a JSON object.
    """
    columns = [column for column in contract.columns if column.name != contract.target]
    raw = pd.DataFrame([json.loads(line) for line in lines], dtype=object)
    table, problems = typed(raw, columns)
    rows = table.drop(index=sorted({problem.row for problem in problems}))
    return materialise(store, contract, [rows])

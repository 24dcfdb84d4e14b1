"""A model that was judged on the newest rows learns them as well before it is used.

Kept apart, they would leave it behind by the whole period of the test: what happened last would
never be learned. Only the members are fitted anew, with the encoding and the bounds that all rows
give; parameters, weights, threshold and factor stay as they were chosen, and the figures are those
of the model that was judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ..data.contract import DataContract
from ..data.encoder import Encoder
from ..data.target import Scores, Target
from ..learning.candidates import get_candidate
from ..learning.candidates.candidate import Estimator
from ..learning.cross_validation import fit, scores_of
from ..running.files import read_json, write_json
from .members import Member, combined, save_member
from .predictor import typical_values

_BLOCKS = 3


def obstacle(target: Target, newest: pd.Series) -> str:
    """Why rows with these targets cannot be learned; empty when they can."""
    if target.log and len(newest) and float(newest.min()) < 0:
        return (
            f"The newest rows hold a negative {target.name}, which the other rows let be learned "
            "as a logarithm: the model has not learned them."
        )
    return ""


def refit(
    folder: Path,
    train: pd.DataFrame,
    test: pd.DataFrame,
    entities: np.ndarray,
    contract: DataContract,
    seed: int,
) -> Scores:
    """Replaces the members of a stored model by ones that have learned all rows.

    Args:
        folder: of a model, with `model.json`, its members and the encoder.
        train: typed rows that it has learned.
        test: typed rows that have judged it.
        entities: of the test rows, numbered from 0.
        contract: of the rows.
        seed: as for the first fit.

    Returns:
        Scores of the test rows for comparison with those of new rows: by models that have learned
        all the others, so that they are neither as sure as of a known row nor those of a model that
        knows less than the one in use.
    """
    facts = read_json(folder / "model.json")
    blocks = entities % _BLOCKS
    reference = np.zeros((len(test), max(len(facts["classes"]), 1)))
    for block in np.unique(blocks):
        known = pd.concat([train, test.loc[blocks != block]], ignore_index=True)
        apart = _learn(facts, known, contract, seed)
        reference[blocks == block] = apart.scores(test.loc[blocks == block])
    rows = pd.concat([train, test], ignore_index=True)
    learned = _learn(facts, rows, contract, seed)
    for member, model in zip(learned.members, learned.models, strict=True):
        save_member(folder / member.file, model, member.format)
    write_json(folder / "encoder.json", learned.encoder.to_json())
    facts |= {
        "target": learned.target.to_json(),
        "typical": typical_values(rows, contract),
        "rows_learned": len(rows),
        "refitted": True,
    }
    write_json(folder / "model.json", facts)
    return reference


@dataclass(frozen=True)
class _Learned:
    encoder: Encoder
    target: Target
    members: list[Member]
    models: list[Estimator]
    factor: float

    def scores(self, rows: pd.DataFrame) -> Scores:
        matrix = self.encoder.transform(rows)
        each = [scores_of(model, matrix, self.target) for model in self.models]
        return combined(each, [member.weight for member in self.members]) * self.factor


def _learn(
    facts: dict[str, Any], rows: pd.DataFrame, contract: DataContract, seed: int
) -> _Learned:
    target = Target.from_json(facts["target"]).bounded(rows[contract.target])
    encoder = Encoder.fit(rows, contract.features)
    matrix = encoder.transform(rows)
    y = target.encode(rows[contract.target], contract.target_column)
    members = [Member(**stored) for stored in facts["members"]]
    models = [
        fit(get_candidate(member.candidate), member.params, matrix, y, target, seed)
        for member in members
    ]
    return _Learned(encoder, target, members, models, float(facts["factor"]))

"""A model that was judged on the newest rows learns them as well before it is used.

Kept apart, they would leave it behind by the whole period of the test: what happened last would
never be learned. Only the members are fitted anew, with the encoding and the bounds that all rows
give; parameters, weights, threshold and factor stay as they were chosen, and the figures are those
of the model that was judged.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from ..data.contract import DataContract
from ..data.encoder import Encoder
from ..data.target import Target
from ..learning.candidates import get_candidate
from ..learning.cross_validation import fit
from ..running.files import read_json, write_json
from .members import Member, save_member
from .predictor import typical_values


def refit(folder: Path, rows: pd.DataFrame, contract: DataContract, seed: int) -> None:
    """Replaces the members of a stored model by ones that have learned these rows.

    Args:
        folder: of a model, with `model.json`, its members and the encoder.
        rows: every typed row, those of the test too.
        contract: of the rows.
        seed: as for the first fit.
    """
    facts = read_json(folder / "model.json")
    target = Target.from_json(facts["target"]).bounded(rows[contract.target])
    encoder = Encoder.fit(rows, contract.features)
    matrix = encoder.transform(rows)
    y = target.encode(rows[contract.target], contract.target_column)
    for stored in facts["members"]:
        member = Member(**stored)
        model = fit(get_candidate(member.candidate), member.params, matrix, y, target, seed)
        save_member(folder / member.file, model, member.format)
    write_json(folder / "encoder.json", encoder.to_json())
    facts |= {
        "target": target.to_json(),
        "typical": typical_values(rows, contract),
        "rows_learned": len(rows),
        "refitted": True,
    }
    write_json(folder / "model.json", facts)

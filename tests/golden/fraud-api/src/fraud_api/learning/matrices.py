"""The matrices that the stage `features` has written, ready to learn from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..data.encoder import Encoder, Matrix
from ..data.tables import read_table
from ..data.target import Target, Vector
from ..features import TARGET
from ..running.files import read_json
from ..running.stage import StageContext


@dataclass(frozen=True)
class Matrices:
    """Training and test rows as numbers."""

    train: Matrix
    y_train: Vector
    test: Matrix
    y_test: Vector
    encoder: Encoder
    target: Target


def load_matrices(context: StageContext) -> Matrices:
    """Reads them for a stage that needs `features`."""
    parts: list[np.ndarray] = []
    for name in ("train", "test"):
        frame = read_table(context.upstream("features", name))
        parts += [
            frame.drop(columns=TARGET).to_numpy(dtype="float64"),
            frame[TARGET].to_numpy(dtype="float64"),
        ]
    encoder = Encoder.from_json(read_json(context.upstream("features", "encoder")))
    target = Target.from_json(read_json(context.upstream("features", "target")))
    return Matrices(parts[0], parts[1], parts[2], parts[3], encoder, target)

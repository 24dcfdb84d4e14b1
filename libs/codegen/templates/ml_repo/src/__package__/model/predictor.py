"""Rows in, predictions out: the one function behind the HTTP door, stdio and batch files."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ..data.cells import CellProblem, typed
from ..data.contract import DataContract
from ..data.encoder import Encoder
from ..data.target import Label, Scores, Target
from ..running.files import read_json
from .members import Ensemble, Member


@dataclass(frozen=True)
class Prediction:
    """What the model says about each row; None where the row breaks the contract."""

    predictions: list[Label | None]
    probabilities: list[dict[str, float] | None] | None
    """By class; None altogether for a predicted number."""
    errors: list[CellProblem]

    def to_json(self) -> dict[str, Any]:
        """As the doors answer."""
        errors = [{"row": e.row, "column": e.column, "message": e.told} for e in self.errors]
        return {
            "predictions": self.predictions,
            "probabilities": self.probabilities,
            "errors": errors,
        }


class Predictor:
    """A loaded model."""

    def __init__(self, folder: Path) -> None:
        """Loads `model.json` and the files that it names.

        Args:
            folder: as `register` has written it.

        Raises:
            FileNotFoundError: there is no model in the folder.
        """
        self.facts: dict[str, Any] = read_json(folder / "model.json")
        self.contract = DataContract.load(folder / "schema.json")
        self.baseline: dict[str, Any] = read_json(folder / "baseline.json")
        self.target = Target.from_json(self.facts["target"])
        self.encoder = Encoder.from_json(read_json(folder / self.facts["encoder"]))
        members = [Member(**member) for member in self.facts["members"]]
        factor = float(self.facts.get("factor", 1.0))
        self._ensemble = Ensemble(folder, members, self.target, factor)
        self._columns = [column.name for column in self.contract.columns]

    @property
    def version(self) -> str:
        """Digest of what the model was made from."""
        return str(self.facts["version"])

    def predict(self, rows: Sequence[Any], errors: Sequence[CellProblem] = ()) -> Prediction:
        """Predicts JSON rows; `errors` are those that the caller has found already.

        A row that is no object, names an unknown column, or breaks the contract gets no prediction
        and at least one error that says which column and why.
        """
        strange = [problem for i, row in enumerate(rows) for problem in self._strange(i, row)]
        cells = [row if isinstance(row, dict) else {} for row in rows]
        frame = pd.DataFrame(
            {
                name: pd.Series([row.get(name) for row in cells], dtype=object)
                for name in self._columns
            }
        )
        return self.predict_table(frame, [*errors, *strange])

    def predict_table(self, raw: pd.DataFrame, errors: Sequence[CellProblem] = ()) -> Prediction:
        """Predicts raw cells; `errors` are those that the caller has found already."""
        table, problems = typed(raw, self.contract.features)
        unreadable = {error.row for error in errors if not error.column}
        found = [*errors, *(p for p in problems if p.row not in unreadable)]
        found.sort(key=lambda error: error.row)
        bad = {error.row for error in found}
        good = np.array([row for row in range(len(raw)) if row not in bad], dtype=int)
        predictions: list[Label | None] = [None] * len(raw)
        probabilities: list[dict[str, float] | None] = [None] * len(raw)
        if len(good):
            scores = self.scores(table.iloc[good])
            labels = self.target.predictions(scores, self.facts["threshold"])
            names = [str(label) for label in self.target.classes]
            for row, label, score in zip(good, labels, scores.tolist(), strict=True):
                predictions[row] = label
                probabilities[row] = dict(zip(names, score, strict=False))
        classify = self.target.task == "classification"
        return Prediction(predictions, probabilities if classify else None, found)

    def scores(self, table: pd.DataFrame) -> Scores:
        """Probabilities or numbers for typed rows that keep the contract."""
        return self._ensemble.scores(self.encoder.transform(table))

    def contributions(
        self, rows: Sequence[Any], answer: Prediction | None = None
    ) -> list[dict[str, float] | None]:
        """How much each column moves the score of a row away from that of a typical value.

        The score is the probability of the last of two classes, that of the predicted one of
        several, or the number. A text has no typical value: it is compared with none. The result
        is None for rows with errors.

        Args:
            rows: as for `predict`.
            answer: what `predict` has said about them, where that is known.
        """
        answer = self.predict(rows) if answer is None else answer
        cells = [row if isinstance(row, dict) else {} for row in rows]
        return self.table_contributions(pd.DataFrame(cells, dtype=object), answer)

    def table_contributions(
        self, raw: pd.DataFrame, answer: Prediction
    ) -> list[dict[str, float] | None]:
        """As `contributions`, for raw cells whose prediction is known."""
        result: list[dict[str, float] | None] = [None] * len(raw)
        good = [row for row, value in enumerate(answer.predictions) if value is not None]
        if not good:
            return result
        table, _ = typed(raw.iloc[good].reset_index(drop=True), self.contract.features)
        scores = self.scores(table)
        shown = self._explained(scores)
        full = scores[np.arange(len(table)), shown]
        shares: list[dict[str, float]] = [{} for _ in good]
        for column in self.contract.features:
            typical = pd.DataFrame({column.name: [self.facts["typical"][column.name]] * len(table)})
            values, _ = typed(typical, [column])
            changed = self.scores(table.assign(**{column.name: values[column.name]}))
            moved = full - changed[np.arange(len(table)), shown]
            for share, difference in zip(shares, moved, strict=True):
                share[column.name] = float(difference)
        for row, share in zip(good, shares, strict=True):
            result[row] = share
        return result

    def _explained(self, scores: Scores) -> np.ndarray:
        """The column of each row's score that is explained."""
        if len(self.target.classes) > 2:
            return np.asarray(scores.argmax(axis=1))
        return np.full(len(scores), scores.shape[1] - 1)

    def _strange(self, index: int, row: Any) -> list[CellProblem]:
        if not isinstance(row, dict):
            return [CellProblem(index, "", "is not an object with a value for each column")]
        unknown = [name for name in row if name not in self._columns]
        return [CellProblem(index, str(name), self._advice(str(name))) for name in unknown]

    def _advice(self, name: str) -> str:
        close = difflib.get_close_matches(name, self._columns, n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        return f"is not a column of the data contract{hint}"


def typical_values(train: pd.DataFrame, contract: DataContract) -> dict[str, Any]:
    """The median or most frequent value of each feature, as JSON; None for texts."""
    typical: dict[str, Any] = {}
    for column in contract.features:
        present = train[column.name].dropna()
        if present.empty or column.kind == "text":
            typical[column.name] = None
        elif column.kind == "datetime":
            typical[column.name] = present.sort_values().iloc[len(present) // 2].isoformat()
        elif column.kind in ("number", "integer"):
            typical[column.name] = float(present.sort_values().iloc[len(present) // 2])
        else:
            mode = present.mode().iloc[0]
            typical[column.name] = bool(mode) if column.kind == "boolean" else str(mode)
    return typical

"""What the routes answer: rows completed from the feature store, predicted, counted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fastapi import Response
from fastapi.responses import JSONResponse
from starlette.background import BackgroundTask

from ..model.predictor import Prediction, Predictor
from ..monitoring.live import LiveDrift
from ..online_features.chosen import TIMEOUT_S
from ..online_features.filling import FeatureFiller, Filled
from ..online_features.store import OnlineFeatures
from . import formats
from .telemetry import Telemetry

_NO_MODEL = "There is no model yet."


class PredictionService:
    """A model with the store that completes its rows."""

    def __init__(
        self,
        folder: Path,
        telemetry: Telemetry,
        features: OnlineFeatures | None,
        explain_lines: bool = False,
    ) -> None:
        """
        Args:
            folder: of a registered model, or one that holds none yet.
            telemetry: counts rows and lookups.
            features: where rows find what they leave out.
            explain_lines: explain every row of tables.
        """
        self._explain_lines = explain_lines
        self.predictor = Predictor(folder) if (folder / "model.json").is_file() else None
        self._telemetry = telemetry
        self._live = LiveDrift(self.predictor, telemetry.registry) if self.predictor else None
        self._filler: FeatureFiller | None = None
        if features is not None and self.predictor is not None:
            self._filler = FeatureFiller(features, self.predictor.contract, TIMEOUT_S)
            self._filler.warm()

    def answer(self, rows: Sequence[Any], explain: bool = False) -> JSONResponse:
        """Predictions as one object, with explanations when asked; 422 when no row is predicted."""
        if self.predictor is None:
            return JSONResponse({"detail": _NO_MODEL}, status_code=503)
        prediction, filled = self._predict(self.predictor, rows)
        body = {**prediction.to_json(), "model": self.predictor.version}
        if self._filler is not None:
            body["filled"] = filled.filled
        if explain:
            body["explanations"] = self.predictor.contributions(filled.rows, prediction)
        good = any(value is not None for value in prediction.predictions)
        return JSONResponse(body, status_code=200 if good else 422, background=self._later(filled))

    def answer_lines(self, body: bytes, kind: str) -> Response:
        """Predictions as JSON lines, one for each row; that of a refused row says why."""
        if self.predictor is None:
            return JSONResponse({"detail": _NO_MODEL}, status_code=503)
        try:
            rows = formats.rows_of(body, kind, self.predictor.contract)
        except formats.UnreadableTable as error:
            return JSONResponse({"detail": str(error)}, status_code=422)
        prediction, filled = self._predict(self.predictor, rows)
        shares = None
        if self._explain_lines:
            shares = self.predictor.contributions(filled.rows, prediction)
        lines = formats.lines_of(prediction, rows, self.predictor, shares)
        return Response(lines, media_type=formats.JSON_LINES, background=self._later(filled))

    def _predict(self, predictor: Predictor, rows: Sequence[Any]) -> tuple[Prediction, Filled]:
        filled = Filled(list(rows)) if self._filler is None else self._filler.fill(rows)
        prediction = predictor.predict(filled.rows, filled.errors)
        self._telemetry.record(prediction, predictor.target.task, filled.outcomes)
        return prediction, filled

    def _later(self, filled: Filled) -> BackgroundTask | None:
        """The check for drift, when it is due: it runs after the answer was sent."""
        if self._live is None or not self._live.observe(filled.rows):
            return None
        return BackgroundTask(self._live.check)

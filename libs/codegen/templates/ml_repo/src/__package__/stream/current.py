"""The current model in a worker that others have started: fetched once, whatever it is asked."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from ..model.predictor import Predictor
from ..model.store import fetch_model
from .scoring import StreamScorer


@cache
def scorer_of(model: str) -> StreamScorer:
    """Scores with the model that the address means.

    Raises:
        FileNotFoundError: none was published there yet.
    """
    folder = Path(tempfile.mkdtemp())
    if not fetch_model(model, folder):
        raise FileNotFoundError(f"no model was published below {model}")
    return StreamScorer(Predictor(folder))

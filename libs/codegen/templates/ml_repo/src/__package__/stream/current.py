"""The current model in a worker that others have started: fetched once, whatever it is asked."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from ..aws.clients import client
from ..model.predictor import Predictor
from ..model.store import fetch_model
from ..monitoring.live import LiveDrift
from .scoring import StreamScorer
from .sending import MetricSender


@cache
def scorer_of(model: str, project: str, environment: str, region: str) -> StreamScorer:
    """Scores with the model that the address means, and tells CloudWatch of drift.

    Raises:
        FileNotFoundError: none was published there yet.
    """
    folder = Path(tempfile.mkdtemp())
    if not fetch_model(model, folder):
        raise FileNotFoundError(f"no model was published below {model}")
    predictor = Predictor(folder)
    variables = {"PROJECT": project, "ENVIRONMENT": environment}
    emit = MetricSender(lambda: client("cloudwatch", timeout_s=5, region=region))
    return StreamScorer(predictor, live=LiveDrift(predictor, None, emit=emit, variables=variables))

"""The current model in a worker that others have started: fetched once, whatever it is asked."""

from __future__ import annotations

import json
import os
import tempfile
import time
from functools import cache
from pathlib import Path

from ..aws.clients import client, pause
from ..model.predictor import Predictor
from ..model.store import fetch_model
from ..monitoring.live import LiveDrift
from ..online_features.chosen import TIMEOUT_S, online_features
from ..online_features.filling import FeatureFiller
from .scoring import Event, Scored, StreamScorer
from .sending import MetricSender

_ATTEMPTS = 20


class FeaturesUnread(Exception):
    """The online store did not give the features of some events, also after pauses."""


@cache
def scorer_of(
    model: str, project: str, environment: str, region: str, features: str
) -> StreamScorer:
    """Scores with the model that the address means, and tells CloudWatch of drift.

    Args:
        model: where it was published.
        project: names the metrics.
        environment: their dimension.
        region: that everything is in; a worker's own environment does not say.
        features: where the online store is, as variables in a JSON object.

    Raises:
        FileNotFoundError: none was published there yet.
    """
    os.environ.setdefault("AWS_REGION", region)
    folder = Path(tempfile.mkdtemp())
    if not fetch_model(model, folder):
        raise FileNotFoundError(f"no model was published below {model}")
    predictor = Predictor(folder)
    variables = {"PROJECT": project, "ENVIRONMENT": environment, **json.loads(features)}
    store = online_features(variables)
    filler = None if store is None else FeatureFiller(store, predictor.contract, TIMEOUT_S)
    emit = MetricSender(lambda: client("cloudwatch", timeout_s=5, region=region))
    live = LiveDrift(predictor, None, emit=emit, variables=variables)
    return StreamScorer(predictor, filler, live)


def score_all(scorer: StreamScorer, events: list[Event]) -> Scored:
    """Scores until nothing is left over: who called cannot bring an event again.

    Raises:
        FeaturesUnread: the store is away; Flink then goes back to its last checkpoint.
    """
    whole = Scored(again=events)
    for attempt in range(_ATTEMPTS):
        scored = scorer.score(whole.again)
        whole.results += scored.results
        whole.poison += scored.poison
        whole.again = scored.again
        if not whole.again:
            return whole
        time.sleep(pause(attempt))
    raise FeaturesUnread(f"of {len(whole.again)} events")

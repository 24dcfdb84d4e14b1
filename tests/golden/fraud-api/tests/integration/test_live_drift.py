"""The service checks the rows it predicts, on a clock that the test moves."""

import json

import pytest
from prometheus_client import CollectorRegistry

from fraud_api.monitoring.baseline import PREDICTION
from fraud_api.monitoring.distance import MINIMUM_ROWS
from fraud_api.monitoring.live import SAMPLE_ROWS, LiveDrift


class Scene:
    """A monitor with its clock and what it has emitted."""

    def __init__(self, predictor) -> None:
        self.now = 0.0
        self.lines: list[str] = []
        self.registry = CollectorRegistry()
        self.live = LiveDrift(
            predictor, self.registry, clock=lambda: self.now, emit=self.lines.append
        )


@pytest.fixture
def scene(predictor) -> Scene:
    return Scene(predictor)


class TestLiveDrift:
    def test_no_check_is_due_within_the_period(self, scene, sent):
        assert not scene.live.observe(sent)

    def test_a_check_waits_for_enough_rows(self, scene, sent):
        scene.now = 4_000
        assert not scene.live.observe(sent[: MINIMUM_ROWS - 1])
        assert scene.live.observe(sent[:1])

    def test_unchanged_rows_raise_no_alarm(self, scene, sent, predictor, monkeypatch):
        # The model has learned these rows and is surer of them than of new ones: features count.
        columns = {n: b for n, b in predictor.baseline["columns"].items() if n != PREDICTION}
        monkeypatch.setitem(predictor.baseline, "columns", columns)
        scene.now = 4_000
        assert scene.live.observe(sent)
        assert scene.live.check()["drift"]["alarm"] is False
        assert scene.registry.get_sample_value("drift_alarm") == 0
        assert json.loads(scene.lines[0])["DriftAlarm"] == 0

    def test_changed_rows_are_a_metric_of_both_kinds(self, scene, sent, unusual):
        scene.now = 4_000
        scene.live.observe([sent[unusual]] * 200)
        assert scene.live.check()["drift"]["alarm"] is True
        assert scene.registry.get_sample_value("drift_alarm") == 1
        assert json.loads(scene.lines[0])["DriftAlarm"] == 1
        column = json.loads(scene.lines[0])["drifted"][0]
        ratio = scene.registry.get_sample_value("drift_threshold_ratio", {"column": column})
        assert ratio > 1

    def test_a_check_starts_a_new_period_and_runs_once(self, scene, sent):
        scene.now = 4_000
        scene.live.observe(sent)
        assert scene.live.check() is not None
        assert scene.live.check() is None
        assert not scene.live.observe(sent)

    def test_the_sample_stays_small(self, scene, sent):
        for _ in range(1 + 2 * SAMPLE_ROWS // len(sent)):
            scene.live.observe(sent)
        scene.now = 4_000
        scene.live.observe(sent)
        assert scene.live.check()["drift"]["rows"] <= SAMPLE_ROWS

"""The fire drill on the sample: the job of production sees every injected change."""

from fraud_api.monitoring.drill import drill
from fraud_api.monitoring.inject import repeating
from fraud_api.running.repository import ROOT


def test_every_change_is_seen_and_unchanged_rows_are_not(trained, predictor, contract, sample):
    found = drill(trained.model, ROOT / "data" / "sample.csv", checks=10)
    assert [s for s in found["scenarios"] if not s["passed"]] == []
    names = {scenario["scenario"] for scenario in found["scenarios"]}
    assert "missing burst" in names
    answer = predictor.predict_table(sample)
    scores = {str(score) for score in answer.probabilities or answer.predictions}
    assert (len(scores) > 1) == ("score shift" in names)
    news = [c for c in contract.features if c.kind == "category" and repeating(sample, c) > 0.7]
    assert bool(news) == ("new category" in names)
    assert found["unchanged"]["alarms"] <= found["unchanged"]["most"]
    assert found["passed"]

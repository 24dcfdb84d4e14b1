"""The fire drill on the sample: the job of production sees every injected change."""

from fraud_api.monitoring.drill import drill
from fraud_api.monitoring.inject import repeating
from fraud_api.running.repository import ROOT


def test_every_change_is_seen_and_unchanged_rows_are_not(trained, contract, sample):
    found = drill(trained.model, ROOT / "data" / "sample.csv", checks=10)
    assert [s for s in found["scenarios"] if not s["passed"]] == []
    assert {"missing burst", "score shift"} <= {s["scenario"] for s in found["scenarios"]}
    news = [c for c in contract.features if c.kind == "category" and repeating(sample, c) > 0.7]
    assert bool(news) == ("new category" in {s["scenario"] for s in found["scenarios"]})
    assert found["unchanged"]["alarms"] <= found["unchanged"]["most"]
    assert found["passed"]

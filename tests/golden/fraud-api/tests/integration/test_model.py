"""The model is clearly better than guessing, and does not care about what must not matter."""

import shutil
from dataclasses import replace

import pandas as pd
import pytest
import yaml

from fraud_api.data.tables import read_table
from fraud_api.data.target import Target
from fraud_api.model.predictor import Predictor
from fraud_api.model.refit import obstacle
from fraud_api.model.store import evaluated
from fraud_api.monitoring.baseline import PREDICTION, count
from fraud_api.running.command import run_stages


def values(predictor: Predictor, rows: list[dict]) -> list[float]:
    """One number a row: the probability of the last class, or the predicted number."""
    answer = predictor.predict(rows)
    assert answer.errors == []
    if answer.probabilities is None:
        return answer.predictions
    return [list(probabilities.values())[-1] for probabilities in answer.probabilities]


class TestQuality:
    def test_beats_the_dummy_baseline_with_its_whole_interval(self, trained):
        metrics = trained.result("evaluate")["metrics"]
        main = metrics[predicted_metric(trained)]
        baseline = metrics["baseline"]["value"]
        if predicted_metric(trained) == "roc_auc":
            assert main["low"] > baseline
        else:
            assert main["high"] < baseline
        assert metrics["gain_over_baseline"]["value"] > 0.1

    def test_beats_it_in_cross_validation_too(self, trained):
        """A test that flatters, by luck or by a leak, would not be confirmed here."""
        metrics = trained.result("evaluate")["metrics"]
        name = predicted_metric(trained)
        cross, baseline = metrics[f"{name}_cv"]["value"], metrics["baseline"]["value"]
        assert cross > baseline + 0.1 if name == "roc_auc" else cross < 0.9 * baseline


class TestRefit:
    def test_the_newest_rows_are_learned_once_they_have_judged(self, trained, predictor):
        """A random test stays apart: the next model is compared with this one on it."""
        rows = {
            name: len(read_table(trained.work / "split" / f"{name}.parquet"))
            for name in ("train", "test")
        }
        judged = Predictor(evaluated(trained.model))
        assert judged.facts["rows_learned"] == rows["train"]
        newest = judged.facts["unseen"]["since"] is not None
        assert predictor.facts["refitted"] is newest
        assert predictor.facts["rows_learned"] == rows["train"] + (rows["test"] if newest else 0)
        columns = dict(predictor.baseline["columns"])
        assert sum(columns.pop(PREDICTION)["counts"]) == rows["test"]
        learned = predictor.facts["rows_learned"]
        assert {sum(bounds["counts"]) for bounds in columns.values()} == {learned}
        for fact in ("version", "metrics", "members", "threshold", "factor", "quality_gate"):
            assert predictor.facts[fact] == judged.facts[fact]

    def test_predictions_are_compared_with_those_of_rows_that_were_not_known(self, trained):
        """The model is surer of rows that it has learned: that must not be what is normal."""
        judged, used = Predictor(evaluated(trained.model)), Predictor(trained.model)
        if not used.facts["refitted"]:
            pytest.skip("nothing was learned after judging")
        test = read_table(trained.work / "split" / "test.parquet")
        bounds = used.baseline["columns"][PREDICTION]
        known = count(pd.Series(used.scores(test)[:, -1]), bounds)
        assert known.tolist() != bounds["counts"]
        assert bounds["allowed"] > judged.baseline["columns"][PREDICTION]["allowed"] == 0

    def test_what_cannot_be_learned_as_a_logarithm_is_left_out_and_said(self):
        target = Target("y", "regression", log=True)
        assert "negative y" in obstacle(target, pd.Series([3.0, -1.0]))
        assert obstacle(target, pd.Series([3.0, 0.0])) == ""
        assert obstacle(replace(target, log=False), pd.Series([-1.0])) == ""

    def test_a_plan_may_forbid_it(self, trained, tmp_path):
        work = shutil.copytree(trained.work, tmp_path / "work")
        plan = yaml.safe_load((work / "register" / "train.yaml").read_text())
        path = tmp_path / "train.yaml"
        path.write_text(yaml.safe_dump({**plan, "refit": "never"}))
        assert run_stages(["register"], work=work, plan=path) == 0
        assert not (work / "register" / "evaluated").exists()
        assert not Predictor(work / "register" / "model").facts["refitted"]


class TestInvariance:
    def test_the_order_and_company_of_rows_do_not_matter(self, predictor, rows):
        together = values(predictor, rows)
        backwards = values(predictor, rows[::-1])[::-1]
        alone = [values(predictor, [row])[0] for row in rows]
        assert together == pytest.approx(backwards, rel=1e-9, abs=1e-12)
        assert together == pytest.approx(alone, rel=1e-9, abs=1e-12)

    def test_identifiers_do_not_matter(self, predictor, rows, contract):
        named = [{**row, **{c.name: "other" for c in contract.identifiers}} for row in rows]
        assert values(predictor, named) == values(predictor, rows)

    def test_the_spelling_of_a_number_does_not_matter(self, predictor, rows, contract):
        numbers = [c.name for c in contract.features if c.kind in ("number", "integer")]
        spelled = [
            {k: float(v) if k in numbers and v is not None else v for k, v in row.items()}
            for row in rows
        ]
        assert values(predictor, spelled) == values(predictor, rows)

    def test_an_unknown_category_is_predicted(self, predictor, rows, contract):
        names = [c.name for c in contract.features if c.kind == "category"]
        strange = [{**row, **dict.fromkeys(names, "never seen before")} for row in rows]
        assert len(values(predictor, strange)) == len(rows)


def predicted_metric(trained) -> str:
    """The metric that decides."""
    metrics = trained.result("evaluate")["metrics"]
    return "roc_auc" if "roc_auc" in metrics else "rmse"

"""Two trainings, one after the other: the second model is compared with the first on new rows."""

import json

import numpy as np
import pytest
import yaml

from fraud_api import validate as validating
from fraud_api.cli import STAGE_NAMES, main
from fraud_api.data.tables import read_table
from fraud_api.data.unseen import Unseen
from fraud_api.model.store import evaluated
from fraud_api.running.command import run_stages
from fraud_api.running.plan import EvaluatePlan

PLAN = EvaluatePlan(resamples=60)


@pytest.fixture(scope="module")
def before(trained, tmp_path_factory):
    """A training with other parameters on the same rows, and so with another version."""
    place = tmp_path_factory.mktemp("before")
    plan = yaml.safe_load((trained.work / "register" / "train.yaml").read_text())
    plan["candidates"] = [one for one in plan["candidates"] if one["name"] == "linear"]
    path = place / "train.yaml"
    path.write_text(yaml.safe_dump(plan))
    data = trained.work / "ingest" / "table.parquet"
    assert run_stages(STAGE_NAMES, work=place / "work", data=data, plan=path, trials=0) == 0
    return place / "work" / "register" / "model"


@pytest.fixture
def few_are_enough(monkeypatch):
    """The test of a sample is small, and where rows repeat, most of it was learned elsewhere."""
    monkeypatch.setattr(Unseen, "rows", lambda _rule, table, _target: np.ones(len(table), bool))
    monkeypatch.setattr(validating, "_FEWEST", 5)
    monkeypatch.setattr(validating, "_FEWEST_OF_A_CLASS", 1)


@pytest.mark.usefixtures("few_are_enough")
class TestValidate:
    def test_both_are_asked_about_the_test_as_they_were_judged(self, trained, before, monkeypatch):
        asked = []

        class Watched(validating.Predictor):
            def scores(self, table):
                asked.append((self.version, self.facts["refitted"], len(table)))
                return super().scores(table)

        monkeypatch.setattr(validating, "Predictor", Watched)
        found = validating.validate(trained.work, evaluated(before), PLAN, 7)
        test = read_table(trained.work / "split" / "test.parquet")
        assert found.verdict in ("better", "as good", "worse")
        assert found.rows == len(test)
        assert asked == [(found.model, False, found.rows), (found.in_use, False, found.rows)]
        written = json.loads((trained.work / "validate" / "comparison.json").read_text())
        assert written == json.loads(json.dumps(found.to_json()))

    def test_the_rows_are_those_of_the_test(self, trained, before, monkeypatch):
        seen = []
        compare = validating.compare

        def watched(new, old, rows, *rest):
            seen.append((len(rows.train), len(rows.test), len(rows.entities)))
            return compare(new, old, rows, *rest)

        monkeypatch.setattr(validating, "compare", watched)
        validating.validate(trained.work, evaluated(before), PLAN, 7)
        tables = [
            len(read_table(trained.work / "split" / f"{name}.parquet"))
            for name in ("train", "test", "entities")
        ]
        assert seen == [tuple(tables)]

    def test_the_form_that_has_learned_the_test_is_not_compared(self, trained, before):
        facts = json.loads((before / "model.json").read_text())
        found = validating.validate(trained.work, before, PLAN, 7)
        assert (found.verdict == "not compared") is facts["refitted"]

    def test_a_model_that_cannot_be_read_keeps_none_back(self, trained, before, tmp_path):
        (tmp_path / "model.json").write_bytes((before / "model.json").read_bytes())
        found = validating.validate(trained.work, tmp_path, PLAN, 7)
        assert found.verdict == "not compared"
        assert "cannot be read (FileNotFoundError" in found.why

    def test_only_the_model_in_use_may_fail(self, trained, before, monkeypatch):
        """A fault on the other side would turn the comparison off without a word."""
        failing = []

        class Failing(validating.Predictor):
            def scores(self, table):
                if self.version in failing:
                    raise ValueError("no scores")
                return super().scores(table)

        monkeypatch.setattr(validating, "Predictor", Failing)
        failing.append(Failing(before).version)
        found = validating.validate(trained.work, evaluated(before), PLAN, 7)
        assert "cannot be read (ValueError: no scores)" in found.why
        failing[:] = [found.model]
        with pytest.raises(ValueError, match="no scores"):
            validating.validate(trained.work, evaluated(before), PLAN, 7)


def test_the_command_says_it(trained, capsys):
    assert main(["validate", "--work", str(trained.work), "--model", str(trained.model)]) == 0
    assert json.loads(capsys.readouterr().out)["why"] == "It is the model in use."


def test_a_folder_without_a_model_is_wrong_usage(trained, tmp_path):
    assert main(["validate", "--work", str(trained.work), "--model", str(tmp_path)]) == 2

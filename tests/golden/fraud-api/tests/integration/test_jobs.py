"""What the containers run, with folders in the place of buckets."""

import json
import shutil
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from fraud_api.jobs import score as scoring
from fraud_api.jobs import train as training
from fraud_api.jobs.process import process
from fraud_api.jobs.score import score, score_curated
from fraud_api.jobs.settings import JobSettings
from fraud_api.model.predictor import Predictor
from fraud_api.model.store import fetch_model, publish_model
from fraud_api.monitoring.baseline import PREDICTION
from fraud_api.monitoring.emf import METRICS
from fraud_api.running.errors import DataRefused, UsageError
from fraud_api.running.repository import ROOT
from fraud_api.running.stopping import Stopper
from fraud_api.validate import Comparison

SAMPLE = ROOT / "data" / "sample.csv"


@pytest.fixture
def settings(tmp_path) -> JobSettings:
    for purpose in ("training", "scoring"):
        (tmp_path / "landing" / purpose).mkdir(parents=True)
        shutil.copyfile(SAMPLE, tmp_path / "landing" / purpose / "day1.csv")
    return JobSettings.from_environment(
        {
            "LANDING_URI": f"{tmp_path}/landing/",
            "CURATED_URI": f"{tmp_path}/curated/",
            "MODEL_URI": f"{tmp_path}/models/current/",
            "WORK_DIR": f"{tmp_path}/work",
        }
    )


class TestJobs:
    def test_processed_rows_are_scored_with_the_published_model(self, trained, settings):
        assert process(settings) == 0
        version = publish_model(trained.model, settings.model)
        assert score(settings) == 0
        runs = list((settings.work.parent / "curated" / "predictions").iterdir())
        assert [path.name for path in sorted(runs[0].iterdir())] == [
            "_monitoring.json",
            "predictions.parquet",
        ]
        report = json.loads((runs[0] / "_monitoring.json").read_text())
        assert report["model"] == version
        assert report["quality"] == []
        drifted = {c["column"] for c in report["drift"]["columns"] if c["alarm"]}
        assert drifted <= {PREDICTION}, "scores alone: a model is surer of rows that it knows"

    def test_a_change_of_the_rows_becomes_a_metric(self, trained, settings, unusual, capsys):
        """`infra/modules/drift_alarm` has an alarm on it."""
        process(settings)
        publish_model(trained.model, settings.model)
        (table,) = (settings.work.parent / "curated" / "scoring").glob("*.parquet")
        rows = pd.read_parquet(table)
        same = rows.iloc[np.full(len(rows), unusual)].reset_index(drop=True)
        same.to_parquet(table)
        score_curated(settings)
        record = json.loads(capsys.readouterr().out.splitlines()[-1])
        assert record["DriftAlarm"] == 1
        assert abs(record["_aws"]["Timestamp"] / 1000 - time.time()) < 60, "when it is written"
        (directive,) = record["_aws"]["CloudWatchMetrics"]
        assert directive["Dimensions"] == [["Environment"]]
        assert {metric["Name"] for metric in directive["Metrics"]} == set(METRICS) <= set(record)

    def test_what_a_published_run_has_scored_is_not_scored_again(
        self, trained, settings, sample, monkeypatch, capsys
    ):
        def runs() -> list[pd.DataFrame]:
            files = Path(settings.curated, "predictions").glob("*/predictions.parquet")
            return [pd.read_parquet(file) for file in sorted(files)]

        def score_again() -> None:
            shutil.rmtree(settings.work, ignore_errors=True)
            process(settings)
            score_curated(settings)

        def fail(*_):
            raise TimeoutError

        publish_model(trained.model, settings.model)
        with monkeypatch.context() as broken:
            broken.setattr(scoring, "publish", fail)
            with pytest.raises(TimeoutError):
                score_again()
        score_again()
        assert [len(run) for run in runs()] == [len(sample)]
        notes = Path(settings.curated).parent / "scored"
        assert len(list(notes.iterdir())) == 1, "not among the curated data, which expires"
        capsys.readouterr()
        score_again()
        assert [len(run) for run in runs()] == [len(sample)]
        record = json.loads(capsys.readouterr().out.splitlines()[-1])
        assert (record["DriftAlarm"], record["QualityAlarm"], record["RowsChecked"]) == (0, 0, 0)
        new = Path(settings.landing, "scoring", "day2.csv")
        sample.head(7).to_csv(new, index=False)
        # The folder of a run is named after the second of its beginning.
        (first,) = Path(settings.curated, "predictions").iterdir()
        first.rename(first.with_name("2026-01-01T00-00-00Z"))
        score_again()
        assert [len(run) for run in runs()] == [len(sample), 7]

    def test_rows_that_break_the_contract_leave_a_trace(
        self, trained, settings, sample, required, capsys
    ):
        broken = sample.copy()
        broken.loc[: len(broken) // 2, required] = ""
        for purpose in ("training", "scoring"):
            broken.to_csv(Path(settings.landing, purpose, "day1.csv"), index=False)
        assert process(settings) == 0
        many = len(broken) // 2 + 1
        said = json.loads(capsys.readouterr().out)["set_aside"]
        assert said == {"training": many, "scoring": many}
        kept = pd.read_parquet(Path(settings.curated, "kept", "training", "set_aside.parquet"))
        assert kept["problem"].str.contains(required, regex=False).tolist() == [True] * many
        assert training.train(settings, Stopper()) == 4
        assert f"{many} of {len(broken)} rows break" in capsys.readouterr().err
        publish_model(trained.model, settings.model)
        score_curated(settings)
        (run,) = Path(settings.curated, "predictions").iterdir()
        table = pd.read_parquet(run / "predictions.parquet")
        assert table["error"].notna().sum() == many
        report = json.loads((run / "_monitoring.json").read_text())
        assert required in {issue["column"] for issue in report["quality"]}

    def test_the_latest_features_are_kept_where_a_place_is_named(self, settings, contract):
        place = settings.work.parent / "kept_features"
        process(replace(settings, variables={"FEATURES_URI": f"{place}/"}))
        table = pd.read_parquet(place / "latest.parquet")
        names = [column.name for column in (*contract.identifiers, *contract.features)]
        assert table.columns.tolist() == names
        keys = [column.name for column in contract.identifiers]
        assert len(table)
        assert not (keys and table.duplicated(keys[:1]).any())

    def test_scoring_waits_for_a_model(self, settings):
        process(settings)
        with pytest.raises(DataRefused, match="No model"):
            score(settings)

    def test_a_store_that_refuses_keeps_no_model_back(self, trained, settings, monkeypatch):
        def stages(*_, work, **__):
            model = shutil.copytree(trained.model, work / "register" / "model") / "model.json"
            # A small sample may be refused; here the model is one that passes.
            facts = json.loads(model.read_text())
            model.write_text(json.dumps({**facts, "quality_gate": "passed"}))
            return 0

        def refuse(*_):
            raise TimeoutError

        process(settings)
        monkeypatch.setattr(training, "run_stages", stages)
        monkeypatch.setattr(training, "keep_processed", refuse)
        with pytest.raises(TimeoutError):
            training.train(settings, Stopper())
        assert fetch_model(settings.model, settings.work / "model")

    @pytest.mark.parametrize(("verdict", "code"), [("worse", 4), ("as good", 0)])
    def test_a_model_in_use_that_is_clearly_better_stays(
        self, trained, settings, monkeypatch, capsys, verdict, code
    ):
        publish_model(trained.model, settings.model)
        used = Predictor(trained.model).version

        def stages(*_, work, **__):
            shutil.copytree(trained.work, work, dirs_exist_ok=True)
            path = work / "register" / "model" / "model.json"
            facts = json.loads(path.read_text())
            path.write_text(json.dumps({**facts, "version": "newer", "quality_gate": "passed"}))
            return 0

        def judged(work, in_use, *_):
            assert Predictor(in_use).version == used
            assert not Predictor(in_use).facts["refitted"], "as it was judged"
            return Comparison(verdict, "Both were asked.", "newer", used, "metric")

        process(settings)
        monkeypatch.setattr(training, "run_stages", stages)
        monkeypatch.setattr(training, "validate", judged)
        assert training.train(settings, Stopper()) == code
        assert "Both were asked." in capsys.readouterr().err
        assert fetch_model(settings.model, settings.work / "now")
        assert Predictor(settings.work / "now").version == (used if code else "newer")
        assert fetch_model(f"{settings.work.parent}/models/versions/newer", settings.work / "new")

    def test_what_was_found_is_left_also_when_the_model_is_refused(
        self, trained, settings, monkeypatch
    ):
        def stages(*_, work, **__):
            shutil.copytree(trained.work, work, dirs_exist_ok=True)
            facts = json.loads((work / "register" / "model" / "model.json").read_text())
            refused = {**facts, "quality_gate": "failed"}
            (work / "register" / "model" / "model.json").write_text(json.dumps(refused))
            return 0

        process(settings)
        monkeypatch.setattr(training, "run_stages", stages)
        artifacts = settings.work.parent / "artifacts"
        named = replace(settings, variables={"ARTIFACTS_URI": f"{artifacts}/"})
        assert training.train(named, Stopper()) == 4
        (run,) = (artifacts / "reports").iterdir()
        assert {path.name for path in run.glob("*/result.json")} == {"result.json"}
        assert (run / "evaluate" / "evaluation.json").is_file()
        assert (run / "explain" / "importance.parquet").is_file()
        assert not list(run.glob("*/*table.parquet"))
        assert not fetch_model(settings.model, settings.work / "model")

    def test_a_missing_address_is_named(self):
        with pytest.raises(UsageError, match="CURATED_URI"):
            JobSettings.from_environment({"LANDING_URI": "x", "MODEL_URI": "y"})

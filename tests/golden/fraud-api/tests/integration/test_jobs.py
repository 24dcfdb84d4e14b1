"""What the containers run, with folders in the place of buckets."""

import json
import shutil
import tarfile
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from fraud_api.jobs.process import process
from fraud_api.jobs.score import score, score_curated
from fraud_api.jobs.settings import JobSettings
from fraud_api.model.predictor import Predictor
from fraud_api.model.store import ARCHIVE, fetch_model, publish_model
from fraud_api.monitoring.baseline import PREDICTION
from fraud_api.monitoring.emf import METRICS
from fraud_api.running.errors import DataRefused, UsageError
from fraud_api.running.repository import ROOT

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
            "monitoring.json",
            "predictions.parquet",
        ]
        report = json.loads((runs[0] / "monitoring.json").read_text())
        assert report["model"] == version
        assert report["quality"] == []
        drifted = {c["column"] for c in report["drift"]["columns"] if c["alarm"]}
        assert drifted <= {PREDICTION}, "scores alone: a model is surer of rows that it knows"

    def test_a_change_of_the_rows_becomes_a_metric(self, trained, settings, capsys):
        """`infra/modules/drift_alarm` has an alarm on it."""
        process(settings)
        publish_model(trained.model, settings.model)
        (table,) = (settings.work.parent / "curated" / "scoring").glob("*.parquet")
        rows = pd.read_parquet(table)
        same = rows.iloc[np.zeros(len(rows), dtype=int)].reset_index(drop=True)
        same.to_parquet(table)
        score_curated(settings)
        record = json.loads(capsys.readouterr().out.splitlines()[-1])
        assert record["DriftAlarm"] == 1
        (directive,) = record["_aws"]["CloudWatchMetrics"]
        assert directive["Dimensions"] == [["Environment"]]
        assert {metric["Name"] for metric in directive["Metrics"]} == set(METRICS) <= set(record)

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

    def test_a_missing_address_is_named(self):
        with pytest.raises(UsageError, match="CURATED_URI"):
            JobSettings.from_environment({"LANDING_URI": "x", "MODEL_URI": "y"})


class TestModelStore:
    @pytest.mark.parametrize("form", ["", "/current/", "/versions/{}/"])
    def test_every_form_of_the_address_finds_the_model(self, trained, tmp_path, form):
        version = publish_model(trained.model, str(tmp_path / "models"))
        address = str(tmp_path / "models") + form.format(version)
        assert fetch_model(address, tmp_path / "copy")
        assert Predictor(tmp_path / "copy").version == version

    def test_the_current_archive_holds_the_files_of_the_model(self, trained, tmp_path):
        publish_model(trained.model, str(tmp_path / "models"))
        with tarfile.open(tmp_path / "models" / "current" / ARCHIVE) as archive:
            names = archive.getnames()
        assert sorted(names) == sorted(path.name for path in trained.model.iterdir())

    def test_there_is_none_before_the_first_training(self, tmp_path):
        assert not fetch_model(str(tmp_path / "models" / "current"), tmp_path / "copy")

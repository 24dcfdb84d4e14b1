"""Several machines score what one would: every row once, published when all of them are done."""

import json
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from fraud_api.jobs.process import process
from fraud_api.jobs.score import score_curated
from fraud_api.jobs.settings import JobSettings
from fraud_api.jobs.sharing import joined, numbers_of, packed, share_of
from fraud_api.model.store import publish_model
from fraud_api.running.errors import DataRefused, UsageError
from fraud_api.running.repository import ROOT
from fraud_api.running.shards import Shard


def child(settings: JobSettings, index: int, count: int, job: str = "array") -> JobSettings:
    """The settings of one child of an array, on a machine of its own."""
    variables = {
        "AWS_BATCH_JOB_ARRAY_INDEX": str(index),
        "AWS_BATCH_JOB_ARRAY_SIZE": str(count),
        "AWS_BATCH_JOB_ID": f"{job}:{index}",
    }
    work = settings.work.parent / f"work-{job}-{count}-{index}"
    return replace(settings, work=work, variables=variables)


def published(settings: JobSettings) -> list[Path]:
    """The runs that readers see."""
    root = Path(settings.curated) / "predictions"
    return sorted(p for p in root.glob("*") if not p.name.startswith("_"))


@pytest.fixture
def settings(trained, tmp_path) -> JobSettings:
    for purpose in ("training", "scoring"):
        (tmp_path / "landing" / purpose).mkdir(parents=True)
        shutil.copyfile(ROOT / "data" / "sample.csv", tmp_path / "landing" / purpose / "day1.csv")
    settings = JobSettings(
        landing=f"{tmp_path}/landing",
        curated=f"{tmp_path}/curated",
        model=f"{tmp_path}/models",
        work=tmp_path / "work",
    )
    process(settings)
    publish_model(trained.model, settings.model)
    return settings


@pytest.fixture
def alone(settings) -> pd.DataFrame:
    """What one machine publishes."""
    score_curated(settings)
    (run,) = published(settings)
    table = pd.read_parquet(run / "predictions.parquet")
    shutil.rmtree(run)
    shutil.rmtree(Path(settings.curated).with_name("scored"))
    return table


class TestArray:
    @pytest.mark.parametrize("count", [2, 3])
    def test_publishes_what_one_machine_would(self, settings, alone, count, comparable):
        for index in reversed(range(count)):
            assert published(settings) == []
            assert score_curated(child(settings, index, count)) == 0
        (run,) = published(settings)
        together = pd.read_parquet(run / "predictions.parquet")
        assert_frame_equal(comparable(together), comparable(alone))
        assert json.loads((run / "_monitoring.json").read_text())["drift"]["rows"] < len(alone)

    def test_a_machine_that_is_started_again_changes_nothing(self, settings):
        assert score_curated(child(settings, 0, 2)) == 0
        assert score_curated(child(settings, 0, 2)) == 0
        assert published(settings) == []
        assert score_curated(child(settings, 1, 2)) == 0
        (run,) = published(settings)
        before = (run / "predictions.parquet").stat().st_mtime_ns
        assert score_curated(child(settings, 1, 2)) == 0
        assert published(settings) == [run]
        assert (run / "predictions.parquet").stat().st_mtime_ns == before

    def test_rows_that_changed_meanwhile_are_not_mixed(self, settings):
        assert score_curated(child(settings, 0, 2)) == 0
        (table,) = Path(settings.curated, "scoring").glob("*.parquet")
        pd.read_parquet(table).iloc[1:].to_parquet(table)
        with pytest.raises(DataRefused, match="changed"):
            score_curated(child(settings, 1, 2))
        assert published(settings) == []

    def test_arrays_have_nothing_in_common(self, settings):
        assert score_curated(child(settings, 0, 2, "one")) == 0
        assert score_curated(child(settings, 1, 2, "two")) == 0
        assert published(settings) == []

    @pytest.mark.parametrize(
        "variables",
        [
            {"AWS_BATCH_JOB_ARRAY_INDEX": "0"},
            {"AWS_BATCH_JOB_ARRAY_SIZE": "2"},
            {
                "AWS_BATCH_JOB_ARRAY_INDEX": "2",
                "AWS_BATCH_JOB_ARRAY_SIZE": "2",
                "AWS_BATCH_JOB_ID": "a:2",
            },
        ],
    )
    def test_half_an_array_is_refused(self, variables):
        with pytest.raises(UsageError, match="ARRAY"):
            Shard.from_environment(variables)


class TestShares:
    @pytest.mark.parametrize("rows", [0, 1, 2, 7, 100])
    @pytest.mark.parametrize("count", [1, 2, 3, 8])
    def test_hold_every_row_once(self, tmp_path, rows, count):
        whole = pd.DataFrame({"prediction": pd.array(range(rows), dtype="Int64")})
        whole.to_parquet(tmp_path / "whole.parquet", index=False)
        parts: list[bytes] = []
        for index in range(count):
            shard = Shard(index, count)
            path = share_of(tmp_path / "whole.parquet", shard, tmp_path / f"{index}.parquet")
            share = pd.read_parquet(path)
            share = share.assign(row_number=numbers_of(shard, len(share)))
            parts.append(packed(share, {"rows": rows} if index == 0 else None))
        if rows == 0:
            return
        together, report = joined(parts)
        assert report == {"rows": rows}
        assert together["row_number"].tolist() == list(range(rows))
        assert_frame_equal(together[["prediction"]], whole)

    def test_a_part_without_predictions_costs_no_type(self):
        good = pd.DataFrame({"prediction": pd.array([1, 0], dtype="Int64"), "row_number": [0, 2]})
        refused = pd.DataFrame({"prediction": [None], "row_number": [1]})
        together, _ = joined([packed(good, {"rows": 2}), packed(refused, None)])
        assert str(together["prediction"].dtype) == "Int64"
        assert all(a < b for a, b in pairwise(together["row_number"]))

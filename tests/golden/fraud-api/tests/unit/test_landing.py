"""What has landed is read: tables, parted events, JSON lines, and targets that arrive later."""

import gzip
import json

import pandas as pd
import pytest

from fraud_api.data.json_lines import read_json_lines
from fraud_api.jobs import landing, storage
from fraud_api.jobs.landing import scoring_rows, training_rows
from fraud_api.jobs.settings import JobSettings
from fraud_api.running.errors import DataRefused


@pytest.fixture
def settings(tmp_path) -> JobSettings:
    return JobSettings(f"{tmp_path}/landing", f"{tmp_path}/curated", "", tmp_path / "work")


@pytest.fixture
def land(tmp_path):
    """Puts a table below the landing folder, as CSV or JSON lines by its name."""

    def write(name: str, rows: pd.DataFrame) -> None:
        path = tmp_path / "landing" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(".csv"):
            rows.to_csv(path, index=False)
        else:
            lines = [json.dumps(row) for row in rows.to_dict("records")]
            path.write_text("\n".join(lines) + "\n")

    return write


class TestLanding:
    def test_events_are_scored_with_the_tables(self, settings, land, sample, contract):
        asked = sample.drop(columns=contract.target)
        land("scoring/day.csv", asked.head(5))
        land("events/dt=2026-01-01/one.jsonl", asked.iloc[5:8])
        land("events/dt=2026-01-02/part-0-0", asked.iloc[8:10])
        assert len(scoring_rows(settings, contract)) == 10

    def test_events_are_learned_from_when_their_target_is_known(
        self, settings, land, sample, contract
    ):
        keys = [column.name for column in contract.identifiers]
        land("training/day.csv", sample.head(5))
        land("events/known.jsonl", sample.iloc[5:7])
        land("events/asked.jsonl", sample.iloc[7:10].drop(columns=contract.target))
        if keys:
            wrong = sample.iloc[9:10][[*keys, contract.target]]
            land("labels/first.csv", wrong.assign(**{contract.target: "?"}))
            land("labels/late.csv", sample.iloc[8:10][[*keys, contract.target]])
        rows = training_rows(settings, contract)
        assert len(rows) == (9 if keys else 7)
        assert rows[contract.target].notna().all()

    def test_rows_are_the_same_however_many_are_read_at_once(
        self, settings, land, sample, contract, monkeypatch
    ):
        land("scoring/day.csv", sample.head(10).drop(columns=contract.target))
        whole = scoring_rows(settings, contract)
        monkeypatch.setattr(landing, "_ROWS_AT_ONCE", 3)
        pd.testing.assert_frame_equal(scoring_rows(settings, contract), whole)
        assert len(whole) == 10

    def test_a_table_without_a_needed_column_is_refused(self, settings, land, sample, contract):
        name = next(c.name for c in contract.features if not c.nullable)
        land("scoring/day.csv", sample.drop(columns=name))
        with pytest.raises(DataRefused, match=name):
            scoring_rows(settings, contract)


class TestStorage:
    def test_parts_of_a_table_are_one(self, tmp_path):
        for number in range(3):
            folder = tmp_path / "table"
            folder.mkdir(exist_ok=True)
            pd.DataFrame({"a": [number]}).to_parquet(folder / f"part-{number}.parquet")
        (folder / "_SUCCESS").touch()
        table = pd.read_parquet(storage.fetch_table(str(folder), tmp_path / "copy"))
        assert sorted(table["a"]) == [0, 1, 2]

    def test_only_the_last_run_counts(self, tmp_path):
        for run in ("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"):
            folder = tmp_path / "table" / f"run={run}"
            folder.mkdir(parents=True)
            pd.DataFrame({"run": [run]}).to_parquet(folder / "rows.parquet")
        table = pd.read_parquet(storage.fetch_table(str(tmp_path / "table"), tmp_path / "copy"))
        assert table["run"].tolist() == ["2026-01-02T00:00:00Z"]


class TestJsonLines:
    def test_a_broken_line_costs_only_itself(self, tmp_path):
        path = tmp_path / "events.jsonl.gz"
        path.write_bytes(gzip.compress(b'{"a": 1}\n{"a": \n[2]\n\n{"a": "\xff"}\n'))
        warnings: list[str] = []
        table = read_json_lines(path, warnings)
        assert table["a"].notna().tolist() == [True, False, False, True]
        assert warnings == ["2 lines of events.jsonl.gz are no JSON objects."]

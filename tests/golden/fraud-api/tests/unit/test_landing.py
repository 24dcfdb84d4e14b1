"""What has landed is read: tables, parted events, JSON lines, and targets that arrive later."""

import gzip
import json
import os
import re

import pandas as pd
import pytest

from fraud_api.data.contract import Column, DataContract
from fraud_api.data.json_lines import read_json_lines
from fraud_api.jobs import landing, storage
from fraud_api.jobs.landing import scoring_rows, training_rows
from fraud_api.jobs.scored import LANDED_IN
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
            # Without the time, as identifiers of the sample name one row alone.
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

    def test_a_table_without_a_needed_column_is_refused(
        self, settings, land, sample, contract, required
    ):
        land("scoring/day.csv", sample.drop(columns=required))
        with pytest.raises(DataRefused, match=re.escape(required)):
            scoring_rows(settings, contract)

    def test_rows_that_break_the_contract_stay(self, settings, land, sample, contract, required):
        broken = sample.head(6).copy()
        broken.loc[2:4, required] = ""
        land("training/day.csv", broken)
        land("scoring/day.csv", broken.drop(columns=contract.target))
        assert training_rows(settings, contract)[required].isna().sum() == 3
        assert scoring_rows(settings, contract)[required].isna().sum() == 3

    def test_equal_rows_are_one_case_only_where_an_identifier_says_so(self, settings, land):
        told = contract_of(Column("case", "id", role="id"))
        untold = contract_of()
        for folder, columns in {"training": ["case", "x", "y"], "scoring": ["case", "x"]}.items():
            rows = pd.DataFrame({"case": ["a", "a", "b"], "x": [1, 1, 1], "y": [0, 0, 0]})
            land(f"{folder}/day.csv", rows[columns])
        for read in (training_rows, scoring_rows):
            assert len(read(settings, told)) == 2
            assert len(read(settings, untold)) == 3

    def test_of_equal_rows_the_one_that_landed_last_is_scored(self, settings, land, tmp_path):
        contract = contract_of(Column("case", "id", role="id"))
        rows = pd.DataFrame({"case": ["a"], "x": [1]})
        land("scoring/b.csv", rows)
        land("scoring/a.csv", rows)
        os.utime(tmp_path / "landing" / "scoring" / "b.csv", (1e9, 1e9))
        (name,) = scoring_rows(settings, contract)[LANDED_IN]
        assert name.endswith("scoring/a.csv")


def contract_of(*more: Column) -> DataContract:
    columns = (*more, Column("x", "number"), Column("y", "number", role="target"))
    return DataContract("regression", "y", columns)


class TestLateTargets:
    """Of entities that come again, such as a customer in each month."""

    CONTRACT = contract_of(Column("case", "id", role="id"), Column("day", "datetime", role="time"))

    @pytest.fixture
    def events(self, land) -> pd.DataFrame:
        days = [f"2026-01-0{day}" for day in (1, 2, 3)]
        rows = pd.DataFrame({"case": [*"aaabbb"], "day": days * 2, "x": range(6)})
        land("events/rows.jsonl", rows)
        return rows

    def test_each_row_gets_the_target_of_its_own_time(self, settings, land, events):
        for day, value in {"2026-01-01T00:00:00Z": 10, "2026-01-03 00:00": 30}.items():
            labels = pd.DataFrame({"case": ["a", "b"], "day": day, "y": [value, value + 1]})
            land(f"labels/{day[:10]}.csv", labels)
        land("labels/2026-02-01.csv", pd.DataFrame({"case": ["a"], "day": "2026-01-01", "y": [11]}))
        rows = training_rows(settings, self.CONTRACT)
        found = {(case, day): float(y) for case, day, y in rows[["case", "day", "y"]].to_numpy()}
        assert found == {
            ("a", "2026-01-01"): 11,
            ("a", "2026-01-03"): 30,
            ("b", "2026-01-01"): 11,
            ("b", "2026-01-03"): 31,
        }

    def test_the_label_that_was_written_last_counts_whatever_its_name(
        self, settings, land, events, tmp_path
    ):
        for number, week in enumerate((9, 10), start=1):
            labels = pd.DataFrame({"case": ["a"], "day": "2026-01-01", "y": [week]})
            land(f"labels/week-{week}.csv", labels)
            os.utime(tmp_path / "landing" / "labels" / f"week-{week}.csv", (number, number))
        assert training_rows(settings, self.CONTRACT)["y"].tolist() == ["10"]

    def test_a_label_that_does_not_say_which_row_is_refused(self, settings, land, events):
        land("labels/late.csv", pd.DataFrame({"case": ["a", "b"], "y": [1, 2]}))
        with pytest.raises(DataRefused, match=r"a row by case without day, .* \(names: 2\)"):
            training_rows(settings, self.CONTRACT)

    def test_an_identifier_of_one_row_says_enough(self, settings, land):
        rows = pd.DataFrame({"case": ["a", "a", "b"], "day": "2026-01-01", "x": [1, 1, 2]})
        land("events/rows.jsonl", rows)
        land("labels/late.csv", pd.DataFrame({"case": ["a"], "y": [1]}))
        assert training_rows(settings, self.CONTRACT)["y"].tolist() == ["1"]

    def test_without_a_time_an_identifier_must_name_one_row(self, settings, land, events):
        contract = contract_of(Column("case", "id", role="id"))
        land("labels/late.csv", pd.DataFrame({"case": ["b"], "y": [1]}))
        with pytest.raises(DataRefused, match=r"a row by case, .* \(names: 1\)"):
            training_rows(settings, contract)


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
        assert storage.latest_run(f"{tmp_path}/table/") == f"{folder}/"
        assert storage.latest_run(str(folder)) == str(folder)

    def test_files_of_athena_are_read_by_their_own_names(self, tmp_path):
        folder = tmp_path / "table" / "run=2026-01-02T00-00-00.000Z-1ad6f92e"
        folder.mkdir(parents=True)
        for number, part in enumerate(("1ad6f92e-c2a5", "9c0e77d0-44b1")):
            name = f"20260102_144951_00037_v74wa_{part}"
            pd.DataFrame({"a": [number]}).to_parquet(folder / name)
        opened = storage.open_tables(str(tmp_path / "table"))
        assert opened is not None
        assert [file.metadata.num_rows for file in opened] == [1, 1]
        table = pd.read_parquet(storage.fetch_table(str(tmp_path / "table"), tmp_path / "copy"))
        assert table["a"].tolist() == [0, 1]


class TestJsonLines:
    def test_a_broken_line_costs_only_itself(self, tmp_path):
        path = tmp_path / "events.jsonl.gz"
        path.write_bytes(gzip.compress(b'{"a": 1}\n{"a": \n[2]\n\n{"a": "\xff"}\n'))
        warnings: list[str] = []
        table = read_json_lines(path, warnings)
        assert table["a"].notna().tolist() == [True, False, False, True]
        assert warnings == ["2 lines of events.jsonl.gz are no JSON objects."]

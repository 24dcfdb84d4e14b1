"""A table that is larger than the plan allows is learned from in part, the same part every time."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest

from fraud_api.jobs.sampling import fetch_training_table


@pytest.fixture
def curated(tmp_path, sample, contract):
    """Writes the rows of the sample so many times over, in two files; every row has its own key."""

    def write(times: int) -> pd.DataFrame:
        rows = pd.concat([sample] * times, ignore_index=True)
        for column in contract.identifiers:
            rows[column.name] = [f"case-{number}" for number in range(len(rows))]
        folder = tmp_path / "curated"
        folder.mkdir(exist_ok=True)
        for number in range(2):
            rows.iloc[number::2].to_parquet(folder / f"part-{number}.parquet", index=False)
        return rows

    return write


def gb_of(rows: pd.DataFrame) -> float:
    return len(rows.to_csv(index=False, header=False).encode()) / 1e9


def fetched(tmp_path, contract, most_gb: float | None) -> pd.DataFrame:
    path = fetch_training_table(str(tmp_path / "curated"), tmp_path / "copy", contract, most_gb)
    return pd.read_parquet(path)


def counted(rows: pd.DataFrame) -> Counter[tuple[str, ...]]:
    return Counter(map(tuple, rows.astype(str).to_numpy()))


class TestSampling:
    def test_a_table_within_the_bounds_is_read_whole(self, tmp_path, curated, contract):
        rows = curated(1)
        assert len(fetched(tmp_path, contract, gb_of(rows) * 2)) == len(rows)
        assert len(fetched(tmp_path, contract, None)) == len(rows)

    def test_a_larger_one_is_sampled_to_the_size(self, tmp_path, curated, contract, capsys):
        rows = curated(5)
        drawn = fetched(tmp_path, contract, gb_of(rows) / 4)
        assert abs(len(drawn) - len(rows) / 4) < 4 * np.sqrt(len(rows))
        assert f"{len(drawn)} of {len(rows)} rows" in capsys.readouterr().err

    def test_the_same_rows_are_drawn_again_and_fewer_of_them_as_the_table_grows(
        self, tmp_path, curated, contract
    ):
        size = gb_of(curated(2)) / 4
        first = fetched(tmp_path, contract, size)
        pd.testing.assert_frame_equal(fetched(tmp_path, contract, size), first)
        before = counted(pd.read_parquet(tmp_path / "curated"))
        curated(4)
        added = counted(pd.read_parquet(tmp_path / "curated")) - before
        assert counted(fetched(tmp_path, contract, size)) <= counted(first) + added

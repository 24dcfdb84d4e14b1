"""Files from and to folders and buckets, whatever they are called."""

import pytest

from fraud_api.jobs import storage

NAMES = ["my scores.csv", "März.csv", "a%20b#1.csv", "Q&A?.csv"]


@pytest.fixture
def aws(monkeypatch):
    """Nothing is asked of AWS: the region is known, and so are keys."""
    for name in ("AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "eu-central-1")


class TestNames:
    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize("scheme", ["", "file://"])
    def test_of_files_come_back_as_they_were(self, tmp_path, name, scheme):
        folder = f"{scheme}{tmp_path}/some scores"
        storage.write_bytes(f"{folder}/{name}", b"one")
        assert storage.read_bytes(f"{folder}/{name}") == b"one"
        assert storage.list_files(folder) == [name]
        (copy,) = storage.fetch_tables(folder, tmp_path / "copy")
        assert copy.read_bytes() == b"one"

    @pytest.mark.parametrize("name", NAMES)
    def test_in_a_bucket_are_no_part_of_its_address(self, aws, name):
        system, path = storage._open(f"s3://bucket/some scores/{name}")
        assert (system.region, path) == ("eu-central-1", f"bucket/some scores/{name}")

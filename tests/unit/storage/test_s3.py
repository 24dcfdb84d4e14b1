"""The S3 store when the other side misbehaves."""

import socket
import time

import pytest

from libs.storage.adapters.s3 import S3Store
from libs.storage.port import StorageUnavailable
from tests.support.s3 import CREDENTIALS


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)


class TestS3Store:
    async def test_a_store_that_is_not_there_is_told_within_its_bounds(self) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            endpoint = f"http://127.0.0.1:{unused.getsockname()[1]}"
        store = S3Store(bucket="any-bucket", endpoint_url=endpoint, attempts=2)

        with pytest.raises(StorageUnavailable, match="does not answer"):
            await store.get("key")

    async def test_a_store_that_hangs_is_given_up(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            store = S3Store(
                bucket="any-bucket",
                endpoint_url=f"http://127.0.0.1:{silent.getsockname()[1]}",
                read_timeout_s=0.3,
                attempts=1,
            )
            started = time.monotonic()

            with pytest.raises(StorageUnavailable, match="ReadTimeout"):
                await store.put("key", b"data")

        assert time.monotonic() - started < 5

    async def test_a_missing_bucket_is_told_apart_from_a_missing_object(self, s3_endpoint: str) -> None:
        store = S3Store(bucket="no-such-bucket", endpoint_url=s3_endpoint)

        with pytest.raises(StorageUnavailable, match="NoSuchBucket") as caught:
            await store.get("key")

        assert "Check the bucket" in caught.value.advice

    async def test_missing_credentials_are_told(
        self, s3_endpoint: str, monkeypatch: pytest.MonkeyPatch, tmp_path: object
    ) -> None:
        for name in CREDENTIALS:
            monkeypatch.delenv(name)
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", f"{tmp_path}/none")
        monkeypatch.setenv("AWS_CONFIG_FILE", f"{tmp_path}/none")

        with pytest.raises(StorageUnavailable, match="NoCredentials"):
            await S3Store(bucket="any-bucket", endpoint_url=s3_endpoint).get("key")

    async def test_two_prefixes_of_one_bucket_do_not_meet(self, s3_endpoint: str, s3_bucket: str) -> None:
        one = S3Store(bucket=s3_bucket, prefix="one", endpoint_url=s3_endpoint)
        two = S3Store(bucket=s3_bucket, prefix="/two/", endpoint_url=s3_endpoint)

        await one.put("key", b"1")

        assert not await two.exists("key")
        assert [info.key async for info in one.list("")] == ["key"]

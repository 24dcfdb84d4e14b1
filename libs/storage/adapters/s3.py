"""Objects in S3 or any store that speaks its protocol, conditional writes included."""

import asyncio
import functools
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from libs.storage.keys import checked
from libs.storage.port import BlobInfo, BlobNotFound, StorageUnavailable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CopySourceTypeDef

Result = TypeVar("Result")

_TAKEN = frozenset({"PreconditionFailed", "412"})
_MISSING = frozenset({"NoSuchKey", "404", "NotFound"})
_RACED = frozenset({"ConditionalRequestConflict", "409"})
_RACES_RETRIED = 3
_YOUNG = timedelta(hours=1)


class S3Store:
    """One prefix of one bucket; credentials come from the usual AWS sources."""

    def __init__(
        self,
        *,
        bucket: str,
        prefix: str = "",
        region: str = "us-east-1",
        endpoint_url: str = "",
        connect_timeout_s: float = 5.0,
        read_timeout_s: float = 30.0,
        attempts: int = 3,
    ) -> None:
        """
        Args:
            bucket: an existing bucket.
            prefix: put before every key.
            region: of the bucket.
            endpoint_url: of an S3-compatible store; empty means AWS.
            connect_timeout_s: bound of each connection attempt.
            read_timeout_s: bound of each wait for an answer.
            attempts: how often a request is tried in all.
        """
        self._bucket = bucket
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self._region = region
        self._endpoint_url = endpoint_url
        self._config = Config(
            connect_timeout=connect_timeout_s,
            read_timeout=read_timeout_s,
            retries={"total_max_attempts": attempts, "mode": "standard"},
            signature_version="s3v4",
            max_pool_connections=16,
            s3={"addressing_style": "path" if endpoint_url else "auto"},
        )
        self._made: S3Client | None = None
        self._making = threading.Lock()

    async def put(self, key: str, data: bytes, *, content_type: str = "application/octet-stream") -> bool:
        name = self._name(key)
        return await self._call(key, lambda client: self._put(client, name, data, content_type))

    async def get(self, key: str) -> bytes:
        name = self._name(key)
        return await self._call(
            key, lambda client: client.get_object(Bucket=self._bucket, Key=name)["Body"].read()
        )

    async def exists(self, key: str) -> bool:
        name = self._name(key)
        try:
            await self._call(key, lambda client: client.head_object(Bucket=self._bucket, Key=name))
        except BlobNotFound:
            return False
        return True

    async def delete(self, key: str) -> None:
        name = self._name(key)
        await self._call(key, lambda client: client.delete_object(Bucket=self._bucket, Key=name))

    async def list(self, prefix: str) -> AsyncIterator[BlobInfo]:
        pages = await self._call(prefix, lambda client: self._pages(client, prefix))
        while (page := await self._call(prefix, lambda _: next(pages, None))) is not None:
            for item in page.get("Contents", []):
                yield BlobInfo(
                    key=item["Key"].removeprefix(self._prefix),
                    bytes=item["Size"],
                    modified_at=item["LastModified"].timestamp(),
                )

    async def presigned_get(self, key: str, *, filename: str, expires_s: int) -> str | None:
        safe = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in filename)
        parameters = {
            "Bucket": self._bucket,
            "Key": self._name(key),
            "ResponseContentDisposition": f'attachment; filename="{safe}"',
        }
        return await self._call(
            key,
            lambda client: client.generate_presigned_url(
                "get_object", Params=parameters, ExpiresIn=expires_s
            ),
        )

    def _name(self, key: str) -> str:
        return self._prefix + checked(key)

    def _put(self, client: "S3Client", name: str, data: bytes, content_type: str) -> bool:
        for attempt in range(1, _RACES_RETRIED + 1):
            try:
                client.put_object(
                    Bucket=self._bucket, Key=name, Body=data, ContentType=content_type, IfNoneMatch="*"
                )
            except ClientError as error:
                if _code(error) in _TAKEN:
                    if self._renew(client, name, content_type):
                        return False
                    continue
                # Two first writers at once: the store asks one of them to come again.
                if _code(error) not in _RACED or attempt == _RACES_RETRIED:
                    raise
            else:
                return True
        raise StorageUnavailable(
            "The object store takes an object for present and for missing by turns.",
            advice="Something else deletes in this bucket; the request can be repeated.",
        )

    def _renew(self, client: "S3Client", name: str, content_type: str) -> bool:
        """Gives an object a new time by copying it onto itself; false where it is gone by now."""
        source: CopySourceTypeDef = {"Bucket": self._bucket, "Key": name}
        try:
            age = datetime.now(UTC) - client.head_object(Bucket=self._bucket, Key=name)["LastModified"]
            if age > _YOUNG:
                client.copy_object(
                    Bucket=self._bucket,
                    Key=name,
                    CopySource=source,
                    MetadataDirective="REPLACE",
                    ContentType=content_type,
                )
        except ClientError as error:
            if _code(error) in _MISSING:
                return False
            raise
        return True

    def _pages(self, client: "S3Client", prefix: str) -> Iterator[Any]:
        paginator = client.get_paginator("list_objects_v2")
        return iter(paginator.paginate(Bucket=self._bucket, Prefix=self._prefix + prefix))

    async def _call(self, key: str, request: Callable[["S3Client"], Result]) -> Result:
        return await asyncio.to_thread(functools.partial(self._request, key, request))

    def _request(self, key: str, request: Callable[["S3Client"], Result]) -> Result:
        with self._translated(key):
            return request(self._client())

    def _client(self) -> "S3Client":
        with self._making:
            if self._made is None:
                self._made = boto3.session.Session().client(
                    "s3",
                    region_name=self._region,
                    endpoint_url=self._endpoint_url or None,
                    config=self._config,
                )
            return self._made

    @contextmanager
    def _translated(self, key: str) -> Iterator[None]:
        try:
            yield
        except ClientError as error:
            if _code(error) in _MISSING:
                raise BlobNotFound(key=key) from error
            raise StorageUnavailable(
                f"The object store refused the request for bucket {self._bucket!r}: {_code(error)}.",
                advice="Check the bucket, the credentials and that the store supports conditional writes.",
            ) from error
        except BotoCoreError as error:
            raise StorageUnavailable(
                f"The object store does not answer for bucket {self._bucket!r}: {type(error).__name__}.",
                advice="Check the endpoint, the region and the credentials; the request can be repeated.",
            ) from error


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))

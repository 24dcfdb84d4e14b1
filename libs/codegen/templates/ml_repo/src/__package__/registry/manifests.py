"""Versions as manifests on S3 with an index in DynamoDB.

A manifest is written once and never changed: S3 refuses a second write of the same name. The index
has a row for each version, and a row `current` that moves only from the state that was seen.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, ClassVar, Self
from urllib.parse import urlparse

from ..aws.clients import client
from ..running.files import sha256_of
from .versions import ModelVersion, RegistryError

CURRENT = "current"


class ManifestRegistry:
    """The manifests of one model."""

    VARIABLES: ClassVar[tuple[str, ...]] = ("REGISTRY_URI", "REGISTRY_TABLE", "PROJECT")

    def __init__(self, s3: Any, dynamodb: Any, *, uri: str, table: str, model: str) -> None:
        """
        Args:
            s3: a client of `s3`.
            dynamodb: a client of `dynamodb`.
            uri: address of the manifests.
            table: the index.
            model: whose versions these are.
        """
        place = urlparse(uri)
        self._s3 = s3
        self._bucket = place.netloc
        self._prefix = f"{place.path.strip('/')}/{model}"
        self._dynamodb = dynamodb
        self._table = table
        self._model = model

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> Self:
        """The registry that the variables name."""
        uri, table, model = (variables[name] for name in cls.VARIABLES)
        return cls(client("s3"), client("dynamodb"), uri=uri, table=table, model=model)

    def register(self, model: ModelVersion) -> str:
        """Writes the manifest and its row.

        Raises:
            RegistryError: this version was registered with another manifest.
        """
        content = (json.dumps(asdict(model), indent=2, sort_keys=True) + "\n").encode()
        place = {"Bucket": self._bucket, "Key": f"{self._prefix}/{model.version}.json"}
        try:
            self._s3.put_object(
                **place, Body=content, IfNoneMatch="*", ContentType="application/json"
            )
        except self._s3.exceptions.ClientError as error:
            if error.response["Error"]["Code"] != "PreconditionFailed":
                raise
            if self._s3.get_object(**place)["Body"].read() != content:
                message = f"version {model.version} is registered with another manifest"
                raise RegistryError(message) from error
        row = {**self._key(model.version), "manifest_sha256": {"S": sha256_of(content)}}
        self._dynamodb.put_item(TableName=self._table, Item=row)
        return model.version

    def promote(self, version: str) -> None:
        """Moves the row `current`, if nobody else has moved it meanwhile.

        Raises:
            RegistryError: it is not registered, or another one was promoted at the same time.
        """
        registered = self._dynamodb.get_item(TableName=self._table, Key=self._key(version))
        if "Item" not in registered:
            raise RegistryError(f"version {version} is not registered")
        seen = self.current()
        if seen == version:
            return
        row = {**self._key(CURRENT), "used_version": {"S": version}}
        guard: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(used_version)"}
        if seen is not None:
            guard = {
                "ConditionExpression": "used_version = :seen",
                "ExpressionAttributeValues": {":seen": {"S": seen}},
            }
        try:
            self._dynamodb.put_item(TableName=self._table, Item=row, **guard)
        except self._dynamodb.exceptions.ConditionalCheckFailedException as error:
            raise RegistryError("another version was promoted at the same time") from error

    def current(self) -> str | None:
        """The version that the row `current` names."""
        key = self._key(CURRENT)
        found = self._dynamodb.get_item(TableName=self._table, Key=key, ConsistentRead=True)
        return str(found["Item"]["used_version"]["S"]) if "Item" in found else None

    def _key(self, version: str) -> dict[str, dict[str, str]]:
        return {"model": {"S": self._model}, "version": {"S": version}}

"""Versions in a SageMaker model package group: the approved package is the one in use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Self

from ..aws.clients import client
from .versions import ModelVersion, RegistryError

APPROVED, WAITING = "Approved", "PendingManualApproval"
_CONTENT_TYPES = ["application/json"]
_TITLE = "Version "
"""The description of a package names its version, so that the list alone tells them apart."""


class SageMakerRegistry:
    """One package a version; its properties hold the metrics and the evidence."""

    VARIABLES: ClassVar[tuple[str, ...]] = ("MODEL_PACKAGE_GROUP",)

    def __init__(self, sagemaker: Any, group: str, image: str = "") -> None:
        """
        Args:
            sagemaker: a client of `sagemaker`.
            group: name of the model package group.
            image: of the service, with which SageMaker can deploy a package; may be empty.
        """
        self._sagemaker = sagemaker
        self._group = group
        self._image = image

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> Self:
        """The group that the variables name; `SERVE_IMAGE` may be set."""
        image = variables.get("SERVE_IMAGE", "")
        return cls(client("sagemaker"), variables["MODEL_PACKAGE_GROUP"], image)

    def register(self, model: ModelVersion) -> str:
        """Adds a package that waits for its promotion."""
        found = self._find(model.version)
        if found is not None:
            return str(found["ModelPackageArn"])
        archive = f"{model.uri}/model.tar.gz"
        figures = {f"metric_{name}": f"{value:.6g}" for name, value in model.metrics.items()}
        request: dict[str, Any] = {
            "ModelPackageGroupName": self._group,
            "ModelPackageDescription": _TITLE + model.version,
            "ModelApprovalStatus": WAITING,
            "ClientToken": model.version,
            "CustomerMetadataProperties": {
                "archive": archive,
                **figures,
                **model.evidence,
            },
        }
        if self._image:
            request["InferenceSpecification"] = {
                "Containers": [{"Image": self._image, "ModelDataUrl": archive}],
                "SupportedContentTypes": _CONTENT_TYPES,
                "SupportedResponseMIMETypes": _CONTENT_TYPES,
            }
        return str(self._sagemaker.create_model_package(**request)["ModelPackageArn"])

    def promote(self, version: str) -> None:
        """Approves the package and takes the approval of every other one back.

        Raises:
            RegistryError: the version is not registered.
        """
        chosen = self._find(version)
        if chosen is None:
            raise RegistryError(f"version {version} is not registered in {self._group}")
        self._set(chosen["ModelPackageArn"], APPROVED, "in use")
        for package in self._packages(APPROVED):
            if package["ModelPackageArn"] != chosen["ModelPackageArn"]:
                self._set(package["ModelPackageArn"], WAITING, f"replaced by version {version}")

    def current(self) -> str | None:
        """The version of the approved package."""
        package = next(self._packages(APPROVED), None)
        return None if package is None else _version(package)

    def _find(self, version: str) -> dict[str, Any] | None:
        return next((p for p in self._packages() if _version(p) == version), None)

    def _packages(self, status: str = "") -> Iterator[dict[str, Any]]:
        query = {"SortBy": "CreationTime", "SortOrder": "Descending"}
        pages = self._sagemaker.get_paginator("list_model_packages").paginate(
            ModelPackageGroupName=self._group, **query
        )
        for page in pages:
            for package in page["ModelPackageSummaryList"]:
                if status in ("", package["ModelApprovalStatus"]):
                    yield package

    def _set(self, arn: str, status: str, why: str) -> None:
        self._sagemaker.update_model_package(
            ModelPackageArn=arn, ModelApprovalStatus=status, ApprovalDescription=why
        )


def _version(package: dict[str, Any]) -> str:
    return str(package.get("ModelPackageDescription", "")).removeprefix(_TITLE)

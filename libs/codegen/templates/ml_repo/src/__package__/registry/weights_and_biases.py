"""Versions as artifacts of Weights & Biases that refer to the files; an alias names the one in use.

The client library of the service is not in requirements.lock, because it sends data to another
company: install `wandb` in the training image where that was decided. Without it the job says so.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from ..aws.clients import client
from ..running.errors import UsageError
from .versions import ModelVersion, RegistryError

ALIAS = "current"
ARTIFACT = "model"


class WandbRegistry:
    """The artifact `model` of a project; its files stay in the account's own bucket."""

    VARIABLES: ClassVar[tuple[str, ...]] = ("WANDB_PROJECT", "WANDB_SECRET_ARN")

    def __init__(self, wandb: Any, project: str, key: str) -> None:
        """
        Args:
            wandb: the client library.
            project: of the service.
            key: of the service account.
        """
        self._wandb = wandb
        self._project = project
        self._key = key

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> Self:
        """The project that the variables name.

        Raises:
            UsageError: the client library is not installed.
        """
        try:
            wandb = importlib.import_module("wandb")
        except ImportError as error:
            raise UsageError("the registry needs the package wandb in this image") from error
        project, secret = (variables[name] for name in cls.VARIABLES)
        text = client("secretsmanager").get_secret_value(SecretId=secret)["SecretString"]
        return cls(wandb, project, _key_in(text))

    def register(self, model: ModelVersion) -> str:
        """Adds an artifact version with the digest as an alias."""
        self._wandb.login(key=self._key)
        with self._wandb.init(
            project=self._project, id=model.version, resume="allow", config=model.evidence
        ) as run:
            run.summary.update(model.metrics)
            artifact = self._wandb.Artifact(ARTIFACT, type="model", metadata=dict(model.evidence))
            artifact.add_reference(model.uri, checksum=False)
            # Contents that are logged already are not logged twice: the alias moves to them.
            logged = run.log_artifact(artifact, aliases=[model.version])
            logged.wait()
            return str(logged.version)

    def promote(self, version: str) -> None:
        """Moves the alias to the version.

        Raises:
            RegistryError: it is not registered.
        """
        artifact = self._artifact(version)
        if artifact is None:
            raise RegistryError(f"version {version} is not registered in {self._project}")
        if ALIAS not in artifact.aliases:
            artifact.aliases.append(ALIAS)
            artifact.save()

    def current(self) -> str | None:
        """The digest of the version that the alias names."""
        artifact = self._artifact(ALIAS)
        names = [] if artifact is None else artifact.aliases
        return next((n for n in names if n not in (ALIAS, "latest")), None)

    def _artifact(self, alias: str) -> Any:
        api = self._wandb.Api(api_key=self._key)
        try:
            return api.artifact(f"{self._project}/{ARTIFACT}:{alias}")
        except (ValueError, self._wandb.errors.CommError):
            return None


def _key_in(text: str) -> str:
    """The secret is the key itself, or an object with the field `api_key`."""
    return str(json.loads(text)["api_key"]) if text.lstrip().startswith("{") else text.strip()

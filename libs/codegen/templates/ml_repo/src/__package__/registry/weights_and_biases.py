"""Versions as artifacts of Weights & Biases that refer to the files; an alias names the one in use.

The key of the service is put into its secret by hand. Until then nothing is recorded: models are
published all the same, and the job says what is missing.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Self

from ..aws.clients import client
from .versions import ModelVersion, RegistryError

ALIAS = "current"
ARTIFACT = "model"
_FOLDERS = ("WANDB_DIR", "WANDB_DATA_DIR", "WANDB_CACHE_DIR", "WANDB_CONFIG_DIR")


class WandbRegistry:
    """The artifact `model` of a project; its files stay in the account's own bucket."""

    VARIABLES: ClassVar[tuple[str, ...]] = ("WANDB_PROJECT", "WANDB_SECRET_ARN")

    def __init__(self, wandb: Any, project: str, key: str) -> None:
        """
        Args:
            wandb: the client library.
            project: of the service.
            key: of the service account; empty while nobody has put one into the secret.
        """
        self._wandb = wandb
        self._project = project
        self._key = key

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> Self:
        """The project that the variables name."""
        project, secret = (variables[name] for name in cls.VARIABLES)
        key = _key_of(client("secretsmanager"), secret)
        _prepare(key, Path(variables.get("WORK_DIR") or "work/job") / "wandb")
        return cls(importlib.import_module("wandb"), project, key)

    def register(self, model: ModelVersion) -> str:
        """Adds an artifact version with the digest as an alias."""
        if not self._key:
            print("Weights & Biases has no key yet: nothing is recorded.", file=sys.stderr)
            return model.version
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
        if not self._key:
            return
        artifact = self._artifact(version)
        if artifact is None:
            raise RegistryError(f"version {version} is not registered in {self._project}")
        if ALIAS not in artifact.aliases:
            artifact.aliases.append(ALIAS)
            artifact.save()

    def current(self) -> str | None:
        """The digest of the version that the alias names."""
        artifact = self._artifact(ALIAS) if self._key else None
        names = [] if artifact is None else artifact.aliases
        return next((n for n in names if n not in (ALIAS, "latest")), None)

    def _artifact(self, alias: str) -> Any:
        api = self._wandb.Api(api_key=self._key)
        try:
            return api.artifact(f"{self._project}/{ARTIFACT}:{alias}")
        except (ValueError, self._wandb.errors.CommError):
            return None


def _key_of(secrets: Any, name: str) -> str:
    """The secret is the key itself, or an object with the field `api_key`; empty has no key."""
    try:
        text = str(secrets.get_secret_value(SecretId=name)["SecretString"]).strip()
    except secrets.exceptions.ResourceNotFoundException:
        return ""
    return str(json.loads(text)["api_key"]) if text.startswith("{") else text


def _prepare(key: str, folder: Path) -> None:
    """Says to the client library what it would ask people, and where a job may write."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.update(dict.fromkeys(_FOLDERS, str(folder)))
    # A key that is logged in with is written to a file; one of the environment is not.
    os.environ.update(WANDB_API_KEY=key, WANDB_ERROR_REPORTING="false", WANDB_SILENT="true")

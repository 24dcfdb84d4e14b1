"""A version of the model as a registry knows it, and the port of the registries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class RegistryError(Exception):
    """The registry did not take or find a version."""


@dataclass(frozen=True)
class ModelVersion:
    """A published model that has passed its quality gate."""

    version: str
    """Digest of what it was made from: the same training gives the same version."""
    uri: str
    """Folder of its files."""
    metrics: dict[str, float]
    evidence: dict[str, str]
    """Digests of data, code and files, and how it was judged."""


class ModelRegistry(Protocol):
    """Keeps versions. Every method may be repeated and then changes nothing."""

    def register(self, model: ModelVersion) -> str:
        """Adds a version; the name that the registry gives it."""

    def promote(self, version: str) -> None:
        """Makes a registered version the one in use.

        Raises:
            RegistryError: it is not registered.
        """

    def current(self) -> str | None:
        """The version in use; None before the first."""

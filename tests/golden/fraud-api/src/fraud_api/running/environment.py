"""Addresses from the environment of a container, and whether it is one at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Protocol, Self, TypeVar

from .errors import UsageError


class Adapter(Protocol):
    """A part that reaches a service of the plan."""

    VARIABLES: ClassVar[tuple[str, ...]]
    """What must be set to find the service; the first one is set nowhere else."""

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> Self:
        """The adapter for the service that the variables name."""


def require(variables: Mapping[str, str], names: tuple[str, ...]) -> None:
    """Checks that every variable is set.

    Raises:
        UsageError: one is missing or empty.
    """
    missing = [name for name in names if not variables.get(name)]
    if missing:
        raise UsageError(f"not set: {', '.join(missing)}")


AnyAdapter = TypeVar("AnyAdapter", bound=Adapter)


def adapter_of(kind: type[AnyAdapter], variables: Mapping[str, str]) -> AnyAdapter | None:
    """The adapter, or None on a laptop, where no service is named.

    Infrastructure always sets ENVIRONMENT: there a missing address is a mistake, never a laptop.

    Raises:
        UsageError: an address is missing in a deployment, or beside one that is set.
    """
    if not variables.get("ENVIRONMENT") and not variables.get(kind.VARIABLES[0]):
        return None
    require(variables, kind.VARIABLES)
    return kind.from_environment(variables)

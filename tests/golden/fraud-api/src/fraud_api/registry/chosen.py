"""The model registry of this repository's plan."""

from __future__ import annotations

from collections.abc import Mapping

from ..running.environment import adapter_of
from .sagemaker import SageMakerRegistry
from .versions import ModelRegistry


def model_registry(variables: Mapping[str, str]) -> ModelRegistry | None:
    """The registry that the variables name; None on a laptop, where the model store is all.

    Raises:
        UsageError: in a deployment an address is missing.
    """
    return adapter_of(SageMakerRegistry, variables)

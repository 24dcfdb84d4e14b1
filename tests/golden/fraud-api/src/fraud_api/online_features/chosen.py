"""Where this repository's plan keeps the features that requests leave out."""

from __future__ import annotations

from collections.abc import Mapping

from .store import OnlineFeatures

TIMEOUT_S = 0.03
"""How long a request waits for the store: three tenths of its latency promise."""


def online_features(variables: Mapping[str, str]) -> OnlineFeatures | None:
    """None: requests bring every feature, and batches read them from files."""
    return None

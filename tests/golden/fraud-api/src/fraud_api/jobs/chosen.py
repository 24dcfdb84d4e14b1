"""What this repository's plan has decided about its jobs."""

from __future__ import annotations

from typing import Literal

Processing = Literal["this image", "another engine", "a stream"]

PROCESSED_BY: Processing = "this image"
"""Who prepares rows. What a stream has prepared is collected by the job that needs it."""

EXPLAINED: bool = False
"""Whether each prediction of a batch says how much each column moved it."""

TRAINING_GB: float | None = None
"""The most data that a model learns from, as the training machine is sized; None is all of it."""

"""The store is brought to the state of the passages; what was done is kept even when the job breaks off."""

from __future__ import annotations

from .. import storage
from ..running.command import run_stages
from ..running.stopping import Stopper
from ..settings import Settings


def index(settings: Settings, stopper: Stopper | None = None) -> int:
    """Fetches passages and the state of the index, re-indexes, and publishes the new state."""
    curated = settings.address("CURATED_URI")
    for stage in ("chunk", "index"):
        storage.fetch_folder(f"{curated}/{stage}", settings.work / stage)
    try:
        return run_stages(("index",), work=settings.work, settings=settings, stopper=stopper)
    finally:
        storage.publish_folder(settings.work / "index", f"{curated}/index")

"""The store is brought to the state of the passages; what was done is kept even when the job breaks off.

A process that is killed, or ends at its time limit, runs nothing more: so the state of the index is published while
the job runs, the first time right after a store was cleared. Else each further run would clear it again.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from .. import storage
from ..running.command import run_stages
from ..running.stopping import Stopper
from ..settings import Settings

_EVERY_SECONDS = 30.0
"""What a run adds after the last publication is embedded again."""


def index(settings: Settings, stopper: Stopper | None = None) -> int:
    """Fetches passages and the state of the index, re-indexes, and publishes the new state."""
    curated = settings.address("CURATED_URI")
    for stage in ("chunk", "index"):
        storage.fetch_folder(f"{curated}/{stage}", settings.work / stage)

    def publish() -> None:
        storage.publish_folder(settings.work / "index", f"{curated}/index")

    saved = _now_and_then(publish)
    try:
        return run_stages(("index",), work=settings.work, settings=settings, stopper=stopper, saved=saved)
    finally:
        publish()


def _now_and_then(publish: Callable[[], None]) -> Callable[[], None]:
    """Publishes when it is called first, and then when some time has passed."""
    due = 0.0

    def publish_when_due() -> None:
        nonlocal due
        if time.monotonic() >= due:
            publish()
            due = time.monotonic() + _EVERY_SECONDS

    return publish_when_due

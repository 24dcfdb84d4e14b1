"""Background work on what projects own: removing objects that no row names."""

from datetime import timedelta

import structlog

from libs.core.clock import Clock
from libs.db.engine import Database
from libs.db.session import WriteSession
from libs.jobs.service import JobQueue
from libs.projects import repository
from libs.projects.content import ContentStore

SWEEP_OBJECTS = "projects.sweep_objects"
ORPHAN_AGE = timedelta(days=1)
"""Longer than any node works: what is younger may be about to be recorded."""

log = structlog.get_logger()


class ObjectSweep:
    """Deletes, once a day, what a worker that lost its lease had stored and nobody recorded."""

    def __init__(self, db: Database, queue: JobQueue, content: ContentStore, clock: Clock) -> None:
        self._db = db
        self._queue = queue
        self._content = content
        self._clock = clock

    async def enqueue(self, session: WriteSession) -> str:
        """Enqueues the sweep of today; any number of workers may ask, one job comes of it."""
        today = self._clock.now().date().isoformat()
        return await self._queue.enqueue(
            session,
            SWEEP_OBJECTS,
            {"day": today},
            organisation_id="system",
            project_id="system",
            dedupe_key=f"{SWEEP_OBJECTS}:{today}",
        )

    async def run(self) -> int:
        """Sweeps every organisation; returns how many objects were removed."""
        older_than = (self._clock.now() - ORPHAN_AGE).timestamp()
        async with self._db.read() as session:
            organisations = await repository.organisations_with_artifacts(session)
        removed = 0
        for organisation_id in organisations:
            async with self._db.read() as session:
                reachable = await repository.reachable_objects(session, organisation_id)
            removed += await self._content.sweep(organisation_id, reachable, older_than=older_than)
        log.info("objects-swept", organisations=len(organisations), removed=removed)
        return removed

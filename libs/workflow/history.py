"""Reads what earlier steps and earlier versions left."""

from collections.abc import Sequence
from typing import Any

from libs.core.principal import Principal
from libs.db.engine import Database
from libs.events.service import EventLog
from libs.projects import repository as projects
from libs.projects.content import ContentStore
from libs.runs.models import Run

PAGE = 500


class StoredHistory:
    """History over the event log and the artifacts."""

    def __init__(self, db: Database, events: EventLog, content: ContentStore) -> None:
        self._db = db
        self._events = events
        self._content = content

    async def cards(self, run: Run) -> Sequence[dict[str, Any]]:
        principal = Principal(actor="system:workflow", organisation_id=run.organisation_id)
        cards: list[dict[str, Any]] = []
        after = 0
        while page := await self._events.read(principal, run.id, after=after, limit=PAGE):
            cards += [event.data for event in page if event.type == "reason-card"]
            after = page[-1].seq
        return cards

    async def artifact(self, run: Run, decision_set_id: str, name: str) -> bytes | None:
        async with self._db.read() as session:
            found = await projects.latest_artifact(session, run.organisation_id, decision_set_id, name)
        return await self._content.get(run.organisation_id, found.sha256) if found else None

    async def parent(self, run: Run, decision_set_id: str) -> str | None:
        async with self._db.read() as session:
            found = await projects.find_decision_set(session, run.organisation_id, decision_set_id)
        return found.parent_id if found else None

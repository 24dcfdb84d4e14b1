"""What tests of the database, the queue and the event log start from."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from libs.accounts.audit import AuditLog
from libs.core.clock import Clock, StoppedClock
from libs.core.principal import Principal
from libs.db.engine import Database
from libs.events.models import EventType, NewEvent
from libs.events.postgres_wakeup import PostgresWakeup
from libs.events.service import EventLog
from libs.events.wakeup import LocalWakeup, Wakeup
from libs.jobs.models import JobKind
from libs.jobs.port import DeadLetterHook
from libs.jobs.service import JobQueue

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LEASE_SECONDS = 30.0
KIND = "test.work"

ALICE = Principal(actor="user:alice", organisation_id="org_a", roles=frozenset({"admin"}))
BOB = Principal(actor="user:bob", organisation_id="org_b", roles=frozenset({"admin"}))
VIEWER = Principal(actor="user:vera", organisation_id="org_a", roles=frozenset({"viewer"}))


def wakeup_for(db: Database) -> Wakeup:
    """The adapter that fits the store."""
    return LocalWakeup(poll_s=0.02) if db.dialect == "sqlite" else PostgresWakeup(db.url)


def advance(clock: StoppedClock, seconds: float) -> None:
    """Moves a stopped clock."""
    clock.at += timedelta(seconds=seconds)


@dataclass
class Machinery:
    """Queue, event log and audit log over one database, on one clock."""

    db: Database
    clock: Clock
    wakeup: Wakeup
    kinds: dict[str, JobKind] = field(default_factory=dict)
    lease_seconds: float = LEASE_SECONDS
    on_dead: DeadLetterHook | None = None

    def __post_init__(self) -> None:
        self.audit = AuditLog(self.db, self.clock)
        self.events = EventLog(self.db, self.clock, self.wakeup)
        self.queue = JobQueue(
            self.db,
            self.clock,
            self.wakeup,
            lease_seconds=self.lease_seconds,
            kinds=self.kinds,
            audit=self.audit,
            on_dead=self.on_dead,
        )

    async def enqueue(self, kind: str = KIND, **options: object) -> str:
        """Adds a job of Alice's organisation in a transaction of its own."""
        payload = options.pop("payload", {})
        async with self.db.write() as session:
            return await self.queue.enqueue(
                session, kind, payload, organisation_id="org_a", project_id="prj", **options
            )

    async def open_run(self, run_id: str = "run_1", organisation_id: str = "org_a") -> None:
        """Starts the story of a run."""
        async with self.db.write() as session:
            await self.events.open(session, run_id, organisation_id, "prj", f"ds_of_{run_id}")

    async def tell(self, *keys: str, run_id: str = "run_1", last: bool = False) -> None:
        """Appends one event per key, the last one ending the run when asked."""
        types: list[EventType] = ["node-start"] * len(keys)
        if last:
            types[-1] = "run-complete"
        news = [NewEvent(type=kind, key=key) for kind, key in zip(types, keys, strict=True)]
        async with self.db.write() as session:
            await self.events.append(session, run_id, news)

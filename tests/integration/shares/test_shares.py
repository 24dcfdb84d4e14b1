"""Shares: what is stored, who may make and end them, and what a presented token opens; over both stores."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from libs.core.clock import StoppedClock
from libs.core.errors import Forbidden, Invalid
from libs.core.principal import Principal
from libs.core.values import sha256_hex
from libs.projects.content import ContentStore
from libs.projects.errors import DecisionSetNotFound
from libs.projects.service import ProjectService
from libs.shares import repository
from libs.shares.errors import LinkExpired, LinkRevoked, LinkUnknown, ShareNotFound
from libs.shares.models import IssuedShare, Share
from libs.shares.service import ShareService
from libs.storage.adapters.folder import FolderStore
from tests.support.database import ALICE, BOB, VIEWER, Machinery, advance
from tests.support.stored_versions import store_version

DAY = 86_400.0


class Sharing:
    """The service over one database, and a decision set of Alice's to share."""

    def __init__(self, machinery: Machinery, clock: StoppedClock, decision_set_id: str) -> None:
        self.machinery = machinery
        self.decision_set_id = decision_set_id
        self.service = ShareService(ProjectService(clock, machinery.audit), machinery.audit, clock)

    async def share(self, principal: Principal = ALICE, days: int = 30, note: str = "") -> IssuedShare:
        async with self.machinery.db.write() as session:
            return await self.service.create(session, principal, self.decision_set_id, days=days, note=note)

    async def revoke(self, share_id: str, principal: Principal = ALICE) -> None:
        async with self.machinery.db.write() as session:
            await self.service.revoke(session, principal, self.decision_set_id, share_id)

    async def listed(self, principal: Principal = ALICE, after: str | None = None) -> list[Share]:
        async with self.machinery.db.read() as session:
            return list(
                await self.service.list(session, principal, self.decision_set_id, after=after, limit=2)
            )

    async def presented(self, token: str) -> Share:
        async with self.machinery.db.read() as session:
            return await self.service.presented(session, token)

    async def audited(self) -> list[tuple[str, str, str]]:
        async with self.machinery.db.read() as session:
            rows = await session.execute(text("SELECT actor, action, subject FROM audit_log ORDER BY seq"))
            return [(row.actor, row.action, row.subject) for row in rows]


@pytest.fixture
async def sharing(machinery: Machinery, clock: StoppedClock, tmp_path: Path) -> Sharing:
    content = ContentStore(FolderStore(tmp_path / "blobs"))
    stored = await store_version(machinery.db, content, {"package": "p"}, {"a.txt": "a"}, ALICE)
    return Sharing(machinery, clock, stored.decision_set_id)


class TestCreate:
    async def test_the_token_is_long_random_and_stored_as_its_digest_alone(self, sharing: Sharing) -> None:
        one, two = await sharing.share(note="  for the\nreview "), await sharing.share()
        assert one.token != two.token
        assert one.token.startswith("share_")
        assert len(one.token.removeprefix("share_")) >= 43
        assert one.path == f"/shared/#{one.token}"
        assert one.share.note == "for the review"
        async with sharing.machinery.db.read() as session:
            rows = (await session.execute(text("SELECT * FROM shares ORDER BY id"))).mappings().all()
            audit = (await session.execute(text("SELECT data FROM audit_log"))).scalars().all()
        assert [row["token_sha256"] for row in rows] == [sha256_hex(i.token.encode()) for i in (one, two)]
        assert one.token.removeprefix("share_") not in str(rows) + str(audit)

    async def test_it_works_as_long_as_was_said(self, sharing: Sharing, clock: StoppedClock) -> None:
        issued = await sharing.share(days=2)
        assert issued.share.expires_at == clock.at + timedelta(days=2)
        assert (issued.share.created_at, issued.share.created_by) == (clock.at, ALICE.actor)

    @pytest.mark.parametrize("days", [0, -1, 366])
    async def test_days_outside_of_the_bounds_share_nothing(self, sharing: Sharing, days: int) -> None:
        with pytest.raises(Invalid):
            await sharing.share(days=days)
        assert await sharing.listed() == []

    async def test_a_note_that_is_too_long_shares_nothing(self, sharing: Sharing) -> None:
        with pytest.raises(Invalid):
            await sharing.share(note="x" * 201)
        assert await sharing.listed() == []

    async def test_a_viewer_may_not_and_a_stranger_finds_nothing(self, sharing: Sharing) -> None:
        with pytest.raises(Forbidden):
            await sharing.share(VIEWER)
        with pytest.raises(DecisionSetNotFound):
            await sharing.share(BOB)
        assert await sharing.audited() == []

    async def test_the_store_refuses_a_second_share_with_the_same_token(self, sharing: Sharing) -> None:
        issued = await sharing.share()
        again = issued.share.model_copy(update={"id": "shr_again"})
        with pytest.raises(IntegrityError):
            async with sharing.machinery.db.write() as session:
                await repository.insert(session, again, sha256_hex(issued.token.encode()))


class TestList:
    async def test_newest_first_page_by_page_with_those_that_ended(
        self, sharing: Sharing, clock: StoppedClock
    ) -> None:
        made = [(await sharing.share(days=days)).share for days in (1, 30, 30)]
        await sharing.revoke(made[1].id)
        advance(clock, 1 * DAY)
        first = await sharing.listed()
        rest = await sharing.listed(after=first[-1].id)
        assert [share.id for share in (*first, *rest)] == [share.id for share in reversed(made)]
        assert [share.status(clock.at) for share in (*first, *rest)] == ["active", "revoked", "expired"]

    async def test_a_viewer_may_not_and_a_stranger_finds_nothing(self, sharing: Sharing) -> None:
        with pytest.raises(Forbidden):
            await sharing.listed(VIEWER)
        with pytest.raises(DecisionSetNotFound):
            await sharing.listed(BOB)


class TestRevoke:
    async def test_ends_the_link_once_and_says_who_did_it(self, sharing: Sharing) -> None:
        issued = await sharing.share()
        await sharing.revoke(issued.share.id)
        await sharing.revoke(issued.share.id)
        with pytest.raises(LinkRevoked):
            await sharing.presented(issued.token)
        assert await sharing.audited() == [
            (ALICE.actor, "share.create", issued.share.id),
            (ALICE.actor, "share.revoke", issued.share.id),
        ]

    async def test_only_by_an_editor_of_the_organisation_and_under_its_decision_set(
        self, sharing: Sharing, machinery: Machinery, tmp_path: Path
    ) -> None:
        issued = await sharing.share()
        with pytest.raises(Forbidden):
            await sharing.revoke(issued.share.id, VIEWER)
        with pytest.raises(ShareNotFound):
            await sharing.revoke(issued.share.id, BOB)
        content = ContentStore(FolderStore(tmp_path / "blobs"))
        other = await store_version(machinery.db, content, {"package": "q"}, {"b.txt": "b"}, ALICE)
        with pytest.raises(ShareNotFound):
            async with machinery.db.write() as session:
                await sharing.service.revoke(session, ALICE, other.decision_set_id, issued.share.id)
        assert (await sharing.presented(issued.token)).revoked_at is None


class TestPresented:
    async def test_opens_a_view_in_the_share_s_organisation_and_no_more(self, sharing: Sharing) -> None:
        issued = await sharing.share()
        found = await sharing.presented(issued.token)
        assert found == issued.share
        assert found.principal == Principal(
            actor=f"share:{found.id}", organisation_id="org_a", roles=frozenset({"viewer"})
        )

    async def test_until_the_moment_at_which_it_expires(self, sharing: Sharing, clock: StoppedClock) -> None:
        issued = await sharing.share(days=1)
        advance(clock, DAY - 1)
        await sharing.presented(issued.token)
        advance(clock, 1)
        with pytest.raises(LinkExpired) as refused:
            await sharing.presented(issued.token)
        assert refused.value.advice

    @pytest.mark.parametrize("spoilt", ["share_", "share_unknown", "share_ü", "{token}x", "{id}", "{digest}"])
    async def test_nothing_else_opens_it(self, sharing: Sharing, spoilt: str) -> None:
        issued = await sharing.share()
        digest = sha256_hex(issued.token.encode())
        with pytest.raises(LinkUnknown):
            await sharing.presented(spoilt.format(token=issued.token, id=issued.share.id, digest=digest))

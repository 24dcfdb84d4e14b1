"""Use cases of shares: making a link, listing and revoking links, and knowing one that is presented."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from libs.accounts.audit import AuditLog
from libs.accounts.rights import require
from libs.core.clock import Clock
from libs.core.errors import Invalid
from libs.core.ids import new_id
from libs.core.principal import Principal
from libs.core.values import sha256_hex
from libs.db.session import AnySession, WriteSession
from libs.projects.service import ProjectService
from libs.shares import repository
from libs.shares.errors import LinkExpired, LinkRevoked, LinkUnknown, ShareNotFound
from libs.shares.models import DEFAULT_DAYS, LONGEST_DAYS, NOTE_CHARACTERS, TOKEN_PREFIX, IssuedShare, Share

TOKEN_BYTES = 32
ANOTHER_LINK = "Ask whoever shared it for a new link."


class ShareService:
    """Shares of decision sets. Callers own the transaction."""

    def __init__(self, projects: ProjectService, audit: AuditLog, clock: Clock) -> None:
        self._projects = projects
        self._audit = audit
        self._clock = clock

    async def create(
        self,
        session: WriteSession,
        principal: Principal,
        decision_set_id: str,
        *,
        days: int = DEFAULT_DAYS,
        note: str = "",
    ) -> IssuedShare:
        """A new link to a decision set.

        Args:
            session: the caller's transaction.
            principal: an editor.
            decision_set_id: what the link shows.
            days: how long it works.
            note: what it is for.

        Returns:
            The share and its token. The token is random and stored as a digest alone, so this is the one time that
            it can be shown; a fast digest is enough for something that nobody can guess.

        Raises:
            Invalid: more or fewer days than are allowed, or a note that is too long.
            DecisionSetNotFound: there is no such decision set.
            Forbidden: the principal may not edit.
        """
        require(principal, "editor")
        decision_set = await self._projects.decision_set(session, principal, decision_set_id)
        now = self._clock.now()
        share = Share(
            id=new_id("shr"),
            organisation_id=principal.organisation_id,
            decision_set_id=decision_set.id,
            note=_checked_note(note),
            created_by=principal.actor,
            created_at=now,
            expires_at=now + timedelta(days=_checked_days(days)),
            revoked_at=None,
        )
        token = TOKEN_PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
        await repository.insert(session, share, sha256_hex(token.encode()))
        about = {"decision_set_id": decision_set.id, "expires_at": share.expires_at.isoformat()}
        await self._audit.record(session, principal, "share.create", share.id, about)
        return IssuedShare(share, token)

    async def list(
        self,
        session: AnySession,
        principal: Principal,
        decision_set_id: str,
        *,
        after: str | None = None,
        limit: int = 50,
    ) -> Sequence[Share]:
        """Links to a decision set, newest first, behind the id `after`; those that no longer work among them.

        Raises:
            DecisionSetNotFound: there is no such decision set.
            Forbidden: the principal may not edit.
        """
        require(principal, "editor")
        await self._projects.decision_set(session, principal, decision_set_id)
        return await repository.list_newest(
            session, principal.organisation_id, decision_set_id, after=after, limit=limit
        )

    async def revoke(
        self, session: WriteSession, principal: Principal, decision_set_id: str, share_id: str
    ) -> None:
        """Ends a link; ending it again changes nothing.

        Raises:
            ShareNotFound: the decision set has no such link, or is another organisation's.
            Forbidden: the principal may not edit.
        """
        require(principal, "editor")
        found = await repository.find(session, principal.organisation_id, decision_set_id, share_id)
        if found is None:
            raise ShareNotFound(
                f"The decision set has no share {share_id!r}.",
                advice="Nothing was changed. List its shares to see their ids.",
                share_id=share_id,
            )
        if await repository.revoke(session, share_id, self._clock.now()):
            await self._audit.record(
                session, principal, "share.revoke", share_id, {"decision_set_id": decision_set_id}
            )

    async def presented(self, session: AnySession, token: str) -> Share:
        """The share whose token somebody presents; it is looked up by digest, so no time tells of other tokens.

        Raises:
            LinkUnknown, LinkRevoked, LinkExpired: the token opens nothing, and why.
        """
        share = await repository.find_by_token(session, sha256_hex(token.encode()))
        if share is None:
            raise LinkUnknown(advice="Open the link as it was given to you, to its last character.")
        match share.status(self._clock.now()):
            case "revoked":
                raise LinkRevoked(advice=ANOTHER_LINK)
            case "expired":
                raise LinkExpired(
                    f"The link expired on {share.expires_at:%Y-%m-%d}.",
                    advice=ANOTHER_LINK,
                    expires_at=share.expires_at.isoformat(),
                )
            case "active":
                return share


def _checked_days(days: int) -> int:
    if not 1 <= days <= LONGEST_DAYS:
        raise Invalid(f"A link works for 1 to {LONGEST_DAYS} days, not {days}.", advice="Nothing was shared.")
    return days


def _checked_note(note: str) -> str:
    said = "".join(character for character in " ".join(note.split()) if character.isprintable())
    if len(said) > NOTE_CHARACTERS:
        raise Invalid(
            f"A note has at most {NOTE_CHARACTERS} characters, not {len(said)}.",
            advice="Nothing was shared.",
        )
    return said

"""Finds the stored payload that a person's tree was made from: the base of every merge into it."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from libs.codegen import payload
from libs.codegen.merging.errors import OriginUnknown
from libs.codegen.merging.identity import Clues
from libs.codegen.models import RenderedFile
from libs.codegen.renderer import render
from libs.core.errors import ProductError
from libs.core.principal import Principal
from libs.db.session import AnySession
from libs.projects.content import ContentStore
from libs.projects.service import ProjectService

How = Literal["named", "answers", "reports", "rendered"]
"""named: by whoever asked. answers: a stored payload with the same recorded answers. reports: a stored payload that
the reports in the tree name. rendered: from the recorded answers, shown to be the same by the manifest in the tree."""

_NAME_IT = "Nothing was written. Name the run that the folder came from with --base RUN."


class Origin(NamedTuple):
    """The version a tree came from."""

    files: tuple[RenderedFile, ...]
    payload_sha256: str
    how: How


class Origins:
    """Looks for origins among what an organisation has stored."""

    def __init__(self, projects: ProjectService, content: ContentStore) -> None:
        self._projects = projects
        self._content = content

    async def named(self, session: AnySession, principal: Principal, decision_set_id: str) -> Origin:
        """The payload of a decision set.

        Raises:
            DecisionSetNotFound, ArtifactNotFound: there is none.
        """
        artifact = await self._projects.latest_artifact(session, principal, decision_set_id, "payload.zip")
        return await self._stored(principal, artifact.sha256, "named")

    async def find(self, session: AnySession, principal: Principal, clues: Clues) -> Origin:
        """The payload that the clues lead to.

        Raises:
            OriginUnknown: none, or several between which nothing decides.
        """
        candidates: Sequence[str] = ()
        if clues.answers_sha256:
            candidates = await self._projects.payloads_of_answers(session, principal, clues.answers_sha256)
        if clues.payload_sha256 in candidates or len(candidates) == 1:
            chosen = clues.payload_sha256 if clues.payload_sha256 in candidates else candidates[0]
            return await self._stored(principal, str(chosen), "answers")
        if candidates:
            raise OriginUnknown(
                "The same answers were rendered to several versions, and the folder has no reports that say which.",
                advice=_NAME_IT,
                payloads=list(candidates),
            )
        if clues.payload_sha256 and await self._content.matches(
            principal.organisation_id, clues.payload_sha256
        ):
            return await self._stored(principal, clues.payload_sha256, "reports")
        return _rendered(clues)

    async def _stored(self, principal: Principal, sha256: str, how: How) -> Origin:
        return Origin(payload.read(await self._content.get(principal.organisation_id, sha256)), sha256, how)


def _rendered(clues: Clues) -> Origin:
    if clues.blueprint is None:
        raise OriginUnknown(
            "The folder does not say which version it came from: its .answers.yml is missing or no longer readable, "
            "and no stored version is named by its reports.",
            advice=_NAME_IT,
        )
    try:
        files = render(clues.blueprint)
    except ProductError as error:
        raise OriginUnknown(
            "The recorded answers cannot be rendered by this version, and it stored none with them.",
            advice=_NAME_IT,
        ) from error
    if not clues.is_rendered_as(files):
        raise OriginUnknown(
            "No version with these answers is stored here, and this one's templates are not shown to be those that the "
            "folder was rendered from.",
            advice=f"{_NAME_IT} Where the reports are there, the same version of this program can render it again.",
        )
    return Origin(files, payload.payload_sha256(payload.pack(files)), "rendered")

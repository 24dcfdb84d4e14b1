"""The joint diff of two versions, made from what each of them stored."""

import json
from typing import NamedTuple

from libs.codegen import payload
from libs.codegen.diffing import TreeDiff, diff_trees, joint_diff_markdown
from libs.core.principal import Principal
from libs.core.values import Json
from libs.db.engine import Database
from libs.planning.diffing import DesignDiff, diff_designs
from libs.planning.models import Plan, PolicyResult
from libs.projects.content import ContentStore
from libs.projects.service import ProjectService

CONSISTS_OF = ("plan.json", "policy.json", "payload.zip")
"""The artifacts of a version that are compared."""


class Version(NamedTuple):
    """What a decision set consists of."""

    plan: Plan
    policies: tuple[PolicyResult, ...]
    packed: bytes


class JointDiff(NamedTuple):
    """What changed in the design and in the code."""

    plan: DesignDiff
    code: TreeDiff
    markdown: str

    def to_json(self) -> Json:
        """As `diff.json` has it."""
        return {"plan": self.plan.to_json(), "code": self.code.to_json()}


async def stored_version(
    db: Database,
    projects: ProjectService,
    content: ContentStore,
    principal: Principal,
    decision_set_id: str,
) -> Version:
    """What the decision set stored last.

    Raises:
        DecisionSetNotFound: it is unknown.
        ArtifactNotFound: it has no plan or no code yet.
        ArtifactDamaged: what is stored is not what was written.
    """
    async with db.read() as session:
        found = [
            await projects.latest_artifact(session, principal, decision_set_id, name) for name in CONSISTS_OF
        ]
    plan, policies, packed = [await content.get(principal.organisation_id, each.sha256) for each in found]
    return Version(
        Plan.model_validate_json(plan),
        tuple(PolicyResult.model_validate(each) for each in json.loads(policies)),
        packed,
    )


def joint_diff(before: Version, after: Version, title: str) -> JointDiff:
    """What changed from one version to the other."""
    plan = diff_designs(before.plan, after.plan, before.policies, after.policies)
    code = diff_trees(_files(before.packed), _files(after.packed))
    return JointDiff(plan, code, joint_diff_markdown(plan, code, title=title))


def _files(packed: bytes) -> dict[str, bytes]:
    return {file.path: file.content for file in payload.read(packed)}

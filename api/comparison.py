"""The joint diff of two decision sets, made from what each of them stored."""

import asyncio
import json
from typing import NamedTuple

from libs.bootstrap import Services
from libs.codegen import payload
from libs.codegen.diffing import TreeDiff, diff_trees, joint_diff_markdown
from libs.core.principal import Principal
from libs.planning.diffing import DesignDiff, diff_designs
from libs.planning.models import Plan, PolicyResult


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


async def compare(services: Services, principal: Principal, decision_set_id: str, against: str) -> JointDiff:
    """What changed from `against` to the decision set.

    Raises:
        DecisionSetNotFound: one of them is unknown.
        ArtifactNotFound: one of them has no plan or no code yet.
    """
    before = await _version(services, principal, against)
    after = await _version(services, principal, decision_set_id)
    return await asyncio.to_thread(_compare, before, after, f"Changes from {against} to {decision_set_id}")


async def _version(services: Services, principal: Principal, decision_set_id: str) -> Version:
    async with services.db.read() as session:
        plan = await services.projects.latest_artifact(session, principal, decision_set_id, "plan.json")
        policies = await services.projects.latest_artifact(session, principal, decision_set_id, "policy.json")
        packed = await services.projects.latest_artifact(session, principal, decision_set_id, "payload.zip")
    organisation_id = principal.organisation_id
    return Version(
        Plan.model_validate_json(await services.content.get(organisation_id, plan.sha256)),
        tuple(
            PolicyResult.model_validate(each)
            for each in json.loads(await services.content.get(organisation_id, policies.sha256))
        ),
        await services.content.get(organisation_id, packed.sha256),
    )


def _compare(before: Version, after: Version, title: str) -> JointDiff:
    plan = diff_designs(before.plan, after.plan, before.policies, after.policies)
    code = diff_trees(_files(before.packed), _files(after.packed))
    return JointDiff(plan, code, joint_diff_markdown(plan, code, title=title))


def _files(packed: bytes) -> dict[str, bytes]:
    return {file.path: file.content for file in payload.read(packed)}


async def stored_diff(services: Services, principal: Principal, decision_set_id: str, name: str) -> bytes:
    """The diff to the parent version as the run stored it; ArtifactNotFound before the run's last step."""
    async with services.db.read() as session:
        found = await services.projects.latest_artifact(session, principal, decision_set_id, name)
    return await services.content.get(principal.organisation_id, found.sha256)

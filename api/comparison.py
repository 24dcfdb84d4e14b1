"""The joint diff of two decision sets, as it was stored or made from what each of them stored."""

import asyncio

from libs.bootstrap import Services
from libs.core.principal import Principal
from libs.workflow.comparison import JointDiff, joint_diff, stored_version


async def compare(services: Services, principal: Principal, decision_set_id: str, against: str) -> JointDiff:
    """What changed from `against` to the decision set.

    Raises:
        DecisionSetNotFound: one of them is unknown.
        ArtifactNotFound: one of them has no plan or no code yet.
    """
    before, after = [
        await stored_version(services.db, services.projects, services.content, principal, each)
        for each in (against, decision_set_id)
    ]
    return await asyncio.to_thread(joint_diff, before, after, f"Changes from {against} to {decision_set_id}")


async def stored_diff(services: Services, principal: Principal, decision_set_id: str, name: str) -> bytes:
    """The diff to the parent version as the run stored it; ArtifactNotFound before the run's last step."""
    async with services.db.read() as session:
        found = await services.projects.latest_artifact(session, principal, decision_set_id, name)
    return await services.content.get(principal.organisation_id, found.sha256)

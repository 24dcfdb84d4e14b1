"""The story of a run that restored a version, told as that of a run that worked."""

from libs.events.models import CardImpact, CardInput, CardRejection, NewEvent, ReasonCard
from libs.projects.models import DecisionSet
from libs.workflow.cards import AGENTS
from libs.workflow.comparison import CONSISTS_OF
from libs.workflow.restorable import Restorable

NODE = "diff_and_persist"
"""The step that stores and compares; all others had nothing to do."""
VISIT = "restore"
"""Stands where the artifacts and events of a worked run have the id of a visit; there is one in a restored run."""


def restored_story(restorable: Restorable, made: DecisionSet) -> list[NewEvent]:
    """What happened in the run of the new version: every step had nothing to do but the one that stores."""
    card = _card(restorable, made)
    why = {"reason": f"Version {restorable.source.version} was restored: nothing had to be made anew."}
    skipped = [
        NewEvent(type="node-skipped", key=f"{VISIT}.{node}.node-skipped", node=node, data=why)
        for node in AGENTS
        if node != NODE
    ]
    told = [
        NewEvent(type="node-start", key=f"{VISIT}.node-start", node=NODE),
        NewEvent(type="diff-update", key=f"{VISIT}.diff-update", node=NODE, data=restorable.change),
        NewEvent(type="reason-card", key=f"{VISIT}.reason-card.1", node=NODE, data=card.to_json()),
        NewEvent(
            type="node-complete",
            key=f"{VISIT}.node-complete",
            node=NODE,
            data={"seconds": restorable.seconds, "cards": 1},
        ),
    ]
    return [*skipped, *told]


def _card(restorable: Restorable, made: DecisionSet) -> ReasonCard:
    source, parent = restorable.source, restorable.parent
    return ReasonCard(
        decision_id=f"{made.run_id}.{VISIT}.1",
        agent=AGENTS[NODE],
        node=NODE,
        trigger=f"{made.created_by} asked for an earlier version",
        at=made.created_at,
        title=f"Version {source.version} restored",
        choice=f"Version {made.version} is version {source.version} again",
        justification=f"Plan and files are those that were approved and checked as version {source.version}, to "
        "the byte, so nothing was made anew and no check had to run again. What differs from version "
        f"{parent.version} is in the comparison.",
        inputs=tuple(
            CardInput(kind="artifact", name=artifact.name, value=artifact.sha256)
            for artifact in restorable.artifacts
            if artifact.name in (*CONSISTS_OF, "repository.zip")
        ),
        rejected=(
            CardRejection(
                name="designing it anew",
                why="Today's prices, policies and templates could lead to another design than the one asked for.",
            ),
        ),
        impact=CardImpact(monthly_usd=restorable.monthly_usd),
        confidence=1.0,
        risks=(
            f"Its prices are those of {restorable.as_of}, and its policies were evaluated when it was made.",
        ),
        next_steps=("Send a message to this version to design on from it, at today's prices.",),
        links=tuple(f"sha256:{a.sha256}" for a in restorable.artifacts if a.name == "repository.zip"),
    )

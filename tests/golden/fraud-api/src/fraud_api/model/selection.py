"""Which models vote and with what weight, as the stage `ensemble` has decided."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from ..data.target import Target
from ..learning.candidates.candidate import Params
from ..running.files import read_json, write_json
from ..running.stage import StageContext
from .members import Ensemble, Member


@dataclass(frozen=True)
class Tried:
    """A candidate with the best parameters that were found for it."""

    candidate: str
    params: Params


@dataclass(frozen=True)
class Selection:
    """The voting models and the decision threshold."""

    members: tuple[Member, ...]
    threshold: float | None
    """Probability of the last class; None for numbers and for more than two classes."""
    cv_score: float
    tried: tuple[Tried, ...]
    """Every candidate, voting or not: what a replay needs to come to the same model."""
    factor: float = 1.0
    """Of a predicted number, so that the sum of predictions is that of the truth."""

    def write(self, path: Path) -> None:
        """As `selection.json`."""
        write_json(path, asdict(self))

    @classmethod
    def read(cls, path: Path) -> Selection:
        """From `selection.json`."""
        value = read_json(path)
        members = tuple(Member(**member) for member in value["members"])
        tried = tuple(Tried(**one) for one in value["tried"])
        return cls(members, value["threshold"], value["cv_score"], tried, value["factor"])


def load_selected(context: StageContext, target: Target) -> tuple[Selection, Ensemble]:
    """The models that the stage `ensemble` has fitted, loaded from their files."""
    path = context.upstream("ensemble", "selection")
    selection = Selection.read(path)
    loaded = Ensemble(path.parent, list(selection.members), target, selection.factor)
    return selection, loaded

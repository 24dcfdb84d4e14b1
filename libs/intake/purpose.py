"""What the statements that carry a wish ask for, in the opinion of the trained model."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from libs.intake import background, task_model
from libs.intake.brief import Brief, Statement
from libs.intake.vocabulary import cues, task_examples

NOTHING = "none"
OPEN = "open"
_WISH = cues.pattern("wish")
_WORDS = re.compile(r"[a-z]{2,}")
_FEWEST_WORDS = 3
_READ = 40
_OPENING = 3
_LATER = 0.35
"""Beyond the opening a brief mostly tells of conditions."""
_WISHED = 1.6
_ACTS = 1.6
_BACKGROUND = 0.4
_MOST = 14
_IDLE = 0.35
_PLAUSIBLE = 0.25
_PLAIN = 0.5


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model makes of a brief."""

    shares: dict[str, float] = field(default_factory=dict)
    """By task; they add up to one, or are empty where nothing could be read."""
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    """The statement that weighs most for a task."""
    sureness: dict[str, float] = field(default_factory=dict)
    """How likely the model holds a task for its statement."""
    idle: float = 0.0
    """How likely a statement asks for nothing, on average."""

    is_open: bool = False
    """No task is as likely as a wish for machine learning as such."""

    @property
    def is_purposeful(self) -> bool:
        """Whether the text resembles descriptions of what a model is to do."""
        surest = max((self.sureness[task] for task in self.shares), default=0.0)
        return surest >= _PLAIN or (surest >= _PLAUSIBLE and self.idle < _IDLE)


@lru_cache(maxsize=4)
def opinion(brief: Brief) -> Opinion:
    """The model's reading of the statements that say what a brief is for."""
    chosen = _chosen(brief)
    best: dict[str, float] = {}
    spans: dict[str, tuple[int, int]] = {}
    sureness: dict[str, float] = {}
    idle = 0.0
    for weight, statement in chosen:
        likely = task_model.probabilities(statement.text)
        idle += likely[NOTHING]
        for task, probability in likely.items():
            if task != NOTHING and weight * probability > best.get(task, 0.0):
                best[task] = weight * probability
                spans[task] = (statement.start, statement.end)
                sureness[task] = probability
    vague = best.pop(OPEN, 0.0)
    whole = sum(best.values())
    if not whole:
        return Opinion()
    return Opinion(
        shares={task: value / whole for task, value in best.items()},
        spans=spans,
        sureness=sureness,
        idle=idle / len(chosen),
        is_open=vague > max(best.values()),
    )


def _chosen(brief: Brief) -> list[tuple[float, Statement]]:
    """Statements with the weight of their place and words, the heaviest only."""
    found: list[tuple[float, Statement]] = []
    for place, statement in enumerate(brief.statements[:_READ]):
        if len(_WORDS.findall(statement.text)) < _FEWEST_WORDS:
            continue
        weight = 1.0 if place < _OPENING else _LATER
        if _WISH.search(statement.text):
            weight *= _WISHED
        if task_examples.names_action(statement.text):
            weight *= _ACTS
        if background.is_background(brief, statement):
            weight *= _BACKGROUND
        found.append((weight, statement))
    return sorted(found, key=lambda each: (-each[0], each[1].start))[:_MOST]

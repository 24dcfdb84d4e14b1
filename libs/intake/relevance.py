"""Decides whether a text asks for a machine-learning system at all."""

import re
from dataclasses import dataclass

from libs.intake.brief import Brief
from libs.intake.vocabulary import cues

_WANTS = tuple((float(name), cues.pattern(f"ml.{name}")) for name in cues.names("ml."))
_FIELD = ((1.0, cues.pattern("ml.3")),)
_HINTS = (
    (
        1.0,
        re.compile(
            r"\b(?:scor(?:e|es|ed|ing)|predict\w*|predictions?|inference|forecast\w*|classif\w+|"
            r"models?|modell\w*|"
            r"vorhersag\w+|predic\w+|previs\w+|previsions?|voorspell\w+|modeles?|modelos?|modell[oi])\b"
        ),
    ),
)
_SHORT = 250
"""Whoever writes so little says at once what is wanted."""
_WISH = cues.pattern("wish")
_SYSTEM = ((1.5, cues.pattern("system")),)
_KITCHEN = re.compile(
    r"\b(?:recipe|preheat|tablespoons?|teaspoons?|tbsp|tsp|flour|butter|sugar|onions?|garlic|"
    r"oven|simmer|whisk|dough|birthday|wedding|aunt|hugs|xoxo|kisses|bisous|besos|baci|sandwich(?:es)?|picnic|"
    r"your (?:mother|father|mum|mom|dad|sister|brother)|"
    r"uncle|grandma|grandpa|dear diary|holiday(?:s)? in|poem|homework|rezept|backofen|"
    r"mehl|receta|harina|horno|recette|farine)\b"
)
_ENOUGH = 3.0
PLAIN_TASK = 4.0
_EVERYDAY = 3.5
"""What talk about tomorrow's guests can weigh at most where nobody speaks of a system or of their business."""
_VAGUE = 2.5
_PRIVATE = 2
_OURS = cues.pattern("ours")


@dataclass(frozen=True, slots=True)
class Relevance:
    """What speaks for a brief about machine learning, and for one about software."""

    wants_ml: float
    about_system: float
    private: float
    firm: bool = True
    """A word of the field stands in the text, or a task is named plainly."""
    hints: float = 0.0

    @property
    def is_ml(self) -> bool:
        """Whether there is something to design."""
        return self.wants_ml - 1.5 * self.private >= _ENOUGH

    @property
    def is_private(self) -> bool:
        """Whether several words of private life stand in the text."""
        return self.private >= _PRIVATE

    @property
    def is_vague(self) -> bool:
        """Whether only words speak for machine learning that mean other things as well: model, training, predict."""
        return not self.firm

    @property
    def is_hinted(self) -> bool:
        """Whether scores, predictions or models are spoken of, so that technical requirements make a brief of it."""
        return self.hints > 0 and not self.private

    @property
    def is_system(self) -> bool:
        """Whether requirements of some software can be read, machine learning or not."""
        return self.about_system - 1.5 * self.private >= _ENOUGH


def weigh(brief: Brief, task_weight: float, *, everyday: bool = False) -> Relevance:
    """Adds up the words that speak for machine learning, for software, and for private matters.

    Args:
        brief: the text.
        task_weight: weight of the likeliest task in it.
        everyday: only words of everyday talk speak for that task.
    """
    # A single word such as `crack` or `risk` names a task only beside others that do.
    words = _sum(brief.text, _WANTS)
    about = _sum(brief.text, _SYSTEM)
    if everyday and words < _VAGUE and not about and not _OURS.search(brief.text):
        task_weight = min(task_weight, _EVERYDAY)
    wants = words + (task_weight if task_weight >= PLAIN_TASK else max(task_weight - 1, 0.0))
    private = float(len(set(_KITCHEN.findall(brief.text))))
    # Vague words of a task carry only where the text is about software as well.
    plain = task_weight >= PLAIN_TASK and (len(brief.text) < _SHORT or bool(_WISH.search(brief.text)))
    firm = plain or _sum(brief.text, _FIELD) > 0
    hints = _sum(brief.text, _HINTS)
    return Relevance(wants + (1.0 if about >= 3 else 0), about, private, firm, hints)


def _sum(text: str, table: tuple[tuple[float, re.Pattern[str]], ...]) -> float:
    return sum(
        weight * min(3, len({match.group() for match in pattern.finditer(text)})) for weight, pattern in table
    )

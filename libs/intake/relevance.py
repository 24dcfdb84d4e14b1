"""Decides whether a text asks for a machine-learning system at all."""

import re
from dataclasses import dataclass

from libs.intake.brief import Brief
from libs.intake.vocabulary import tasks

_WANTS = tuple((weight, re.compile(rf"\b(?:{words})\b")) for weight, words in tasks.WANTS_ML)
_SYSTEM = tuple(
    (weight, re.compile(rf"(?<![a-z0-9])(?:{words})(?![a-z])")) for weight, words in tasks.SYSTEM_WORDS
)
_KITCHEN = re.compile(
    r"\b(?:recipe|preheat|tablespoons?|teaspoons?|tbsp|tsp|flour|butter|sugar|onions?|garlic|"
    r"oven|simmer|whisk|dough|birthday|wedding|aunt|"
    r"uncle|grandma|grandpa|dear diary|holiday(?:s)? in|poem|homework|rezept|backofen|"
    r"mehl|receta|harina|horno|recette|farine)\b"
)
_ENOUGH = 3.0


@dataclass(frozen=True, slots=True)
class Relevance:
    """What speaks for a brief about machine learning, and for one about software."""

    wants_ml: float
    about_system: float
    private: float

    @property
    def is_ml(self) -> bool:
        """Whether there is something to design."""
        return self.wants_ml - 1.5 * self.private >= _ENOUGH

    @property
    def is_system(self) -> bool:
        """Whether requirements of some software can be read, machine learning or not."""
        return self.about_system - 1.5 * self.private >= _ENOUGH


def weigh(brief: Brief, task_weight: float) -> Relevance:
    """Adds up the words that speak for machine learning, for software, and for private matters.

    Args:
        brief: the text.
        task_weight: weight of the likeliest task in it.
    """
    wants = _sum(brief.text, _WANTS) + task_weight
    about = _sum(brief.text, _SYSTEM)
    private = float(len(set(_KITCHEN.findall(brief.text))))
    # Vague words of a task carry only where the text is about software as well.
    return Relevance(wants + (1.0 if about >= 3 else 0), about, private)


def _sum(text: str, table: tuple[tuple[float, re.Pattern[str]], ...]) -> float:
    return sum(
        weight * min(3, len({match.group() for match in pattern.finditer(text)})) for weight, pattern in table
    )

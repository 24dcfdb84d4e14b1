"""The declared schema a pipeline starts from: one per domain, chosen by the words of the brief."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from libs.codegen.models import ColumnAnswer
from libs.core.values import Value
from libs.intake.models import MlTask

TabularTask = Literal["classification", "regression"]

_CONTRACTS = Path(__file__).parent / "schemas" / "contracts"
_GENERIC = "generic"
_BY_TASK: dict[MlTask, str] = {
    "nlp": "text",
    "vision": "image",
    "recommendation": "recommendation",
    "ranking": "recommendation",
}
"""Tasks that decide the domain: their features come from an earlier step, whatever the brief is about."""
_WHEN_WORDS_SAY_NOTHING: dict[MlTask, str] = {"forecasting": "demand", "anomaly": "maintenance"}
_STRESS = 2
_LONG_TEXT = 60
"""Different words from which a single match is taken for chance."""
_SHORT_WORD = 4
"""Words up to this length must match whole; longer ones match as the beginning of a word."""


class TargetColumn(Value):
    """The column to learn."""

    name: str
    kind: Literal["boolean", "number"]
    description: str
    minimum: float | None = None
    maximum: float | None = None


class DomainContract(Value):
    """A declared schema: what the rows are, and what can be learned from them."""

    domain: str
    title: str
    """What one row describes, in the plural."""
    words: tuple[str, ...]
    targets: dict[TabularTask, TargetColumn]
    columns: tuple[ColumnAnswer, ...]

    def columns_for(self, task: TabularTask) -> tuple[ColumnAnswer, ...]:
        """The columns with the target of the task as the last one."""
        target = self.targets[task]
        return (*self.columns, ColumnAnswer(role="target", **target.model_dump()))


def choose_contract(text: str, ml_task: MlTask, task: TabularTask, *, emphasis: str = "") -> DomainContract:
    """The domain that can serve the task and has most of its words in the text; else a generic one.

    Args:
        text: the whole brief.
        ml_task: what the brief asks for.
        task: what the tabular pipeline learns for it.
        emphasis: words that count for more, such as the project's name and what was said about the task.
    """
    contracts = domain_contracts()
    if ml_task in _BY_TASK:
        return contracts[_BY_TASK[ml_task]]
    words, stressed = _words(text), _words(emphasis)
    scores = {
        name: sum(_occurs(word, words) + _STRESS * _occurs(word, stressed) for word in contract.words)
        for name, contract in contracts.items()
        if task in contract.targets
    }
    best = max(sorted(scores), key=lambda name: scores[name])
    enough = 1 if len(words) < _LONG_TEXT else 2
    return contracts[best if scores[best] >= enough else _WHEN_WORDS_SAY_NOTHING.get(ml_task, _GENERIC)]


@cache
def domain_contracts() -> dict[str, DomainContract]:
    """Every declared schema by its domain."""
    loaded = (
        DomainContract.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in sorted(_CONTRACTS.glob("*.yaml"))
    )
    return {contract.domain: contract for contract in loaded}


def _words(text: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return frozenset(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", plain))


def _occurs(word: str, words: frozenset[str]) -> bool:
    if word in words or f"{word}s" in words:
        return True
    return len(word) > _SHORT_WORD and any(found.startswith(word) for found in words)

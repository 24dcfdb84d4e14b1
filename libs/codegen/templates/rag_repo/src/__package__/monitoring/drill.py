"""A fire drill: each thing that can go wrong is brought about over the release, and the alarm must ring.

No answer is asked of the language model: questions are searched, and where an answer is needed a stand-in writes it.
Vectors and passages come from the parts that the settings name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..answering import Answerer
from ..evaluation.questions import Question
from ..models.port import Prompt, Usage
from ..passages import EVERYONE
from ..stores.port import Hit, Scope, SearchStore
from ..system import System
from .asking import searched
from .examining import Ratings, Window, examine
from .signals import BASELINE_FILE, Baseline, Signal, signal_of

_FOREIGN = (
    "Which goalkeeper saved the most penalties?",
    "How long must a sourdough rest before it is baked?",
    "What is the shortest way across the Alps by bicycle?",
    "Who directed the first film with sound?",
    "Which moon has an ocean below its ice?",
    "How do I tune the strings of a cello?",
    "When do swallows return from Africa?",
    "What does a conductor's left hand show?",
    "How many knights sat at the round table?",
    "Why do leaves turn red in autumn?",
)
_WINDOW = 100
"""Questions of every scenario, drawn with repetition: some hours of a small service."""
_RATINGS, _BAD_RATINGS = 30, 20
_KEPT_WORDS = 6
"""Of a passage, in what the stand-in for a careless model writes."""


@dataclass(frozen=True)
class Scenario:
    """What is brought about, and the checks of which one must ring; none for an ordinary day."""

    name: str
    rings: tuple[str, ...]
    window: Callable[[], Window]


def drill(release: Path, system: System, questions: Sequence[Question]) -> dict[str, Any]:
    """Every scenario.

    Args:
        release: folder of the release.
        system: over it.
        questions: the evaluation set; what it asks of the documents stands for an ordinary day.
    """
    baseline = Baseline.load(release / BASELINE_FILE)
    config, seed, answerer = system.config.drift, system.config.seed, system.answerer
    usual = [(each.question, each.groups) for each in questions if each.kind == "answerable"]
    foreign = [(text, (EVERYONE,)) for text in _FOREIGN]

    def drawn(signals: Sequence[Signal]) -> Sequence[Signal]:
        places = np.random.default_rng(seed).integers(len(signals), size=_WINDOW)
        return [signals[place] for place in places]

    scenarios = (
        Scenario("an ordinary day", (), lambda: Window(drawn(searched(answerer, usual)), Ratings(0, _RATINGS))),
        Scenario("people ask other things", ("questions",), lambda: Window(drawn(searched(answerer, foreign)))),
        Scenario("documents are gone", ("relevance", "refusals"), lambda: Window(drawn(_with_few(answerer, usual)))),
        Scenario("the model invents", ("support", "refusals"), lambda: Window(drawn(_careless(answerer, usual)))),
        Scenario("readers are unhappy", ("feedback",), lambda: Window((), Ratings(_BAD_RATINGS, _RATINGS))),
    )
    found = [_played(each, examine(baseline, each.window(), config, seed)) for each in scenarios]
    return {"model": system.version, "passed": all(one["passed"] for one in found), "scenarios": found}


def _played(scenario: Scenario, report: dict[str, Any]) -> dict[str, Any]:
    rang = [checked["check"] for checked in report["checks"] if checked["alarm"]]
    passed = not rang if not scenario.rings else not set(scenario.rings).isdisjoint(rang)
    return {"scenario": scenario.name, "rings": list(scenario.rings), "rang": rang, "passed": passed, "report": report}


class _FewDocuments:
    """A store that lost two documents of three."""

    def __init__(self, store: SearchStore) -> None:
        self._store = store

    def nearest(self, vector: np.ndarray, count: int, scope: Scope) -> list[Hit]:
        return [hit for hit in self._store.nearest(vector, count, scope) if _kept(hit)]

    def matching(self, question: str, count: int, scope: Scope) -> list[Hit] | None:
        found = self._store.matching(question, count, scope)
        return None if found is None else [hit for hit in found if _kept(hit)]


def _kept(hit: Hit) -> bool:
    return sum(hit.passage.document_id.encode()) % 3 == 0


def _with_few(answerer: Answerer, usual: list[tuple[str, tuple[str, ...]]]) -> list[Signal]:
    whole = answerer.retriever
    answerer.retriever = whole.over(_FewDocuments(whole.store))
    try:
        return searched(answerer, usual)
    finally:
        answerer.retriever = whole


class _Careless:
    """Cites a passage, takes some of its words, and adds as many of its own."""

    name = "careless"

    def stream(self, prompt: Prompt) -> Iterator[str | Usage]:
        words = prompt.passages[0].text.split()[:_KEPT_WORDS] if prompt.passages else []
        yield f"{' '.join(words).rstrip('.')} and yet nobody quite remembers why anything happened [1]."
        yield Usage(0, 0)


def _careless(answerer: Answerer, usual: list[tuple[str, tuple[str, ...]]]) -> list[Signal]:
    model, answerer.model = answerer.model, _Careless()
    try:
        answers = [answerer.answer(text, Scope(groups)) for text, groups in usual]
    finally:
        answerer.model = model
    return [signal for signal in map(signal_of, answers) if signal is not None]

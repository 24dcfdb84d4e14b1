"""A fire drill: questions from elsewhere must raise the alarm, the release's own must not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from ..evaluation.questions import Question
from ..system import System
from .drift import check_questions, load_baseline

BASELINE_FILE = "questions.npy"
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
_REPEATS = 3


def drill(release: Path, system: System, questions: list[Question]) -> dict[str, Any]:
    """Both halves of the drill.

    Args:
        release: folder of the release.
        system: over it.
        questions: the evaluation set; a random half of what it asks stands for an ordinary week.
    """
    baseline = load_baseline(release / BASELINE_FILE)
    config, seed = system.config.drift, system.config.seed
    usual = [question.question for question in questions if question.kind == "answerable"]
    order = np.random.default_rng(seed).permutation(len(usual))[: len(usual) // 2]
    ordinary = check_questions(baseline, [usual[place] for place in order], system.embedder, config, seed)
    foreign = check_questions(baseline, list(_FOREIGN) * _REPEATS, system.embedder, config, seed)
    return {
        "ordinary": ordinary.to_json(),
        "foreign": foreign.to_json(),
        "passed": foreign.alarm and not ordinary.alarm,
    }

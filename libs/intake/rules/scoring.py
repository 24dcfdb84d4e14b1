"""Reads how often batches are scored."""

from typing import get_args

from libs.intake import background, clauses, negation
from libs.intake.brief import Brief, Statement
from libs.intake.candidates import Candidate, Known, Reading, heaviest, reading_of
from libs.intake.models import ScoringFrequency
from libs.intake.rhythms import Rhythm, find_rhythms
from libs.intake.rules import training_cues, workload_use
from libs.intake.searching import expression
from libs.intake.vocabulary import cues

_NAMES: frozenset[str] = frozenset(get_args(ScoringFrequency))
_RESULT = cues.pattern("workload.scoring", "workload.batch")
_NOT_A_RUN = expression(
    r"(?:[$€£]|\b(?:usd|eur|gbp|dollars?|euros?|budget|costs?|kosten|presupuesto|downtime|down|visitors|"
    r"users|report)\b)"
    r"[^,;]{0,20}$"
)
_AMOUNT = expression(r"\d[^.,;:!?]{0,40}$")
_OF_A_LOAD = 0.5
"""Weight of the rhythm in which a load is counted: it tells the rhythm of the runs only where nothing else does."""
_MONEY_AFTER = expression(r"\s*(?:[$€£]|usd|eur|gbp|budget|cost|limit|fee|traffic|peak)")


def read(brief: Brief, known: Known) -> Reading:
    """The rhythm in which results are computed, where they are computed in batches."""
    workloads = known.get("workloads")
    if workloads is None or "batch_inference" not in workloads.value:
        return Reading()
    found: list[Candidate] = []
    for statement in brief.statements:
        if background.is_background(brief, statement) or background.is_open(statement):
            continue
        result = [match.span() for match in _RESULT.finditer(statement.text)]
        trained = training_cues.training_spans(statement.text)
        for rhythm in find_rhythms(statement.text):
            if rhythm.name not in _NAMES or not _is_a_run(brief, statement, rhythm):
                continue
            own = (rhythm.start, rhythm.end)
            to_result = min((clauses.distance(statement.text, own, span) for span in result), default=None)
            to_training = min((clauses.distance(statement.text, own, span) for span in trained), default=None)
            if to_training is not None and (to_result is None or to_training < to_result):
                continue
            weight = 2.0 if to_result is not None else 1.0
            found.append(
                Candidate(
                    rhythm.name,
                    statement.start + rhythm.start,
                    statement.start + rhythm.end,
                    _OF_A_LOAD if _is_a_load(brief, statement, rhythm) else weight,
                    0.9 if to_result is not None else 0.7,
                )
            )
    return reading_of(brief, "scoring_frequency", heaviest(found))


def _is_a_load(brief: Brief, statement: Statement, rhythm: Rhythm) -> bool:
    """Whether the rhythm counts a load, as in `200,000 rows a day`."""
    start = statement.start + rhythm.start
    return bool(
        workload_use.A_RATE.match(brief.text, start) and _AMOUNT.search(statement.text[: rhythm.start])
    )


def _is_a_run(brief: Brief, statement: Statement, rhythm: Rhythm) -> bool:
    start, end = statement.start + rhythm.start, statement.start + rhythm.end
    return not (
        negation.is_negated(brief, start, end)
        or _NOT_A_RUN.search(statement.text[: rhythm.start])
        or _MONEY_AFTER.match(statement.text, rhythm.end)
    )

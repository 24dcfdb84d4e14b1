"""Reads how often the model is trained."""

import re

from libs.intake import background, correction, negation
from libs.intake.brief import Brief, Statement
from libs.intake.candidates import Candidate, Known, Reading, reading_of
from libs.intake.models import Conflict
from libs.intake.rhythms import Rhythm, find_rhythms
from libs.intake.rules import training_cues

_RHYTHM_WORD = re.compile(
    r"\b(?:rhythm|cadence|often enough|schedule is|interval|rhythmus|turnus|ritmo|cadencia|rythme)\b"
)
_NOT_TRAINING = re.compile(
    r"\b(?:patterns?|prices?|seasons?|demand|behaviou?r|data|law|rules|catalog\w*|"
    r"report\w*|dashboard|invoice\w*|meeting\w*|index\w*|"
    r"contracts?|budget|usd|dollars?|euros?|downtime|availability|\$|€|£)\b[^,;:]{0,25}$"
)
_MONEY_OR_VOLUME = re.compile(
    r"(?:[$€£]|\busd|\beur|\bdollars|\beuros?|\brequests|\bpredictions|\bgb\b|\btb\b|"
    r"\bdowntime\b)[^,;]{0,20}$"
)
_SCORING_NEAR = re.compile(
    r"\b(?:scor\w+|predict\w*|re-?score|infer\w*|forecasts?|list|report|recalcul\w*|batch run|"
    r"prognose\w*|re-?index\w*)\b"
)
_SUGGESTED = re.compile(
    r"\b(?:suggested|proposed|at first|came around|used to|originally|vorgeschlagen|propuso|proposait)\b"
)
_BARE_START = re.compile(r"\s*(?:make that |it's |so |now )?$")


def read(brief: Brief, known: Known) -> Reading:
    """The training rhythm; with two that exclude each other none, and a conflict."""
    candidates: list[Candidate] = []
    for place, statement in enumerate(brief.statements):
        if background.is_open(statement) or background.is_headed_background(brief, statement):
            continue
        found = _in_statement(brief, statement)
        candidates += found
        if found and place + 1 < len(brief.statements):
            candidates += _corrected(brief, found[-1])
    left = correction.standing(brief, candidates)
    if not left:
        return Reading()
    top = max(each.weight for each in left)
    best = next(each for each in left if each.weight == top)
    rival = next((each for each in left if each.value != best.value and each.weight >= 2 and top >= 2), None)
    if rival is None:
        return reading_of(brief, "training_frequency", best)
    return Reading(
        None,
        (
            Conflict(
                code="intake.two_training_rhythms",
                fields=("training_frequency",),
                message=f"The brief asks for training {_said(best)} and {_said(rival)}; say which one holds.",
                quotes=(brief.quote(best.start, best.end), brief.quote(rival.start, rival.end)),
            ),
        ),
    )


def _in_statement(brief: Brief, statement: Statement) -> list[Candidate]:
    text = statement.text
    spoken = training_cues.speaks_of_training(text)
    if not spoken and not _carries_over(brief, statement):
        return []
    cues = training_cues.training_spans(text)
    found: list[Candidate] = []
    for rhythm in find_rhythms(text):
        if not _applies(brief, statement, rhythm, cues):
            continue
        distance = min((_gap(rhythm, cue) for cue in cues), default=40)
        found.append(
            Candidate(
                rhythm.name,
                statement.start + rhythm.start,
                statement.start + rhythm.end,
                2.0 if spoken else 1.5,
                0.92 if distance < 30 else 0.75,
            )
        )
    return _nearest(correction.standing(brief, found), statement, cues)


def _carries_over(brief: Brief, statement: Statement) -> bool:
    """A statement that only names the rhythm of what the paragraph is about."""
    previous = brief.previous(statement)
    if previous is None:
        return False
    if _RHYTHM_WORD.search(statement.text):
        return training_cues.speaks_of_training(brief.paragraph_text(statement))
    return (
        len(statement.text.strip()) < 45
        and training_cues.speaks_of_training(previous.text)
        and all(
            negation.is_negated(brief, previous.start + rhythm.start, previous.start + rhythm.end)
            for rhythm in find_rhythms(previous.text)
        )
        and not _SCORING_NEAR.search(statement.text)
        and bool(
            re.match(
                (
                    r"\s*(?:well,? |so |we |want |need |make it |say |ok,? |hmm,? )*(?:once|every|each|on|so|"
                    r"hourly|daily|weekly|monthly|quarterly|nightly|einmal|jede|una vez|cada|une fois|"
                    r"chaque)\b"
                ),
                statement.text,
            )
        )
    )


def _applies(brief: Brief, statement: Statement, rhythm: Rhythm, cues: list[tuple[int, int]]) -> bool:
    start, end = statement.start + rhythm.start, statement.start + rhythm.end
    before = statement.text[: rhythm.start]
    if negation.is_negated(brief, start, end) and rhythm.name != "on_demand":
        return False
    if _MONEY_OR_VOLUME.search(before[-45:]) or _SUGGESTED.search(statement.text):
        return False
    ahead = before[-30:]
    if _NOT_TRAINING.search(ahead) and not any(cue[0] >= rhythm.start - 30 for cue in cues):
        return False
    scoring = [match.start() for match in _SCORING_NEAR.finditer(statement.text)]
    if scoring and cues:
        to_scoring = min(abs(at - rhythm.start) for at in scoring)
        return min(_gap(rhythm, cue) for cue in cues) <= to_scoring
    return True


def _gap(rhythm: Rhythm, cue: tuple[int, int]) -> int:
    return max(cue[0] - rhythm.end, rhythm.start - cue[1], 0)


def _nearest(found: list[Candidate], statement: Statement, cues: list[tuple[int, int]]) -> list[Candidate]:
    """Of several rhythms in one statement the one nearest to the words of training."""
    if len(found) < 2 or not cues:
        return found[:1] if len(found) < 2 else found
    if len({each.value for each in found}) == 1:
        return found[:1]

    def distance(each: Candidate) -> int:
        rhythm = Rhythm(each.value, each.start - statement.start, each.end - statement.start)
        return min(_gap(rhythm, cue) for cue in cues)

    return [min(found, key=distance)]


def _corrected(brief: Brief, earlier: Candidate) -> list[Candidate]:
    window = brief.text[earlier.end : earlier.end + 170].split("\n\n")[0]
    return [
        Candidate(rhythm.name, earlier.end + rhythm.start, earlier.end + rhythm.end, earlier.weight, 0.85)
        for rhythm in find_rhythms(window)
        if re.search(
            r"(?:^|[.,;:!?]|\b(?:it's|make that|so|actually|rather|better|sorry|no))\s*$",
            window[: rhythm.start],
        )
        and not _SCORING_NEAR.search(window[rhythm.end : rhythm.end + 30])
    ][:2]


def _said(candidate: Candidate) -> str:
    return str(candidate.value).replace("_", " ")

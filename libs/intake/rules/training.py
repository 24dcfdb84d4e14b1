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
    r"\b(?:suggested|proposed|at first|wanted to|wanted|came around|used to|originally|vorgeschlagen|"
    r"propuso|proposait|au debut|on disait|d'abord|anfangs|al principio|i said|in my mail|ich sagte|dije)\b"
)
_JOBS_START = re.compile(
    r"\s*(?:the |our |these |new |training |such )*(?:runs?|jobs?|trainings?|experiments?|laufe|"
    r"lancements) (?:only )?"
    r"(?:start|begin|are (?:started|launched|kicked)|kick|get (?:started|launched))"
)
_SCRATCH = re.compile(
    r"\b(?:(?<!from )scratch|forget|not|drop|instead of|rather than|no longer|strike|statt|anstatt|"
    r"nicht(?: mehr)?|au lieu d[e']|"
    r"plutot que|en vez de|en lugar de|in plaats van|invece di)\b"
)
_SCHEDULE_KEY = re.compile(
    r"\s*[-*]?\s*[\"']?(?:schedule|frequency|cadence|cron|interval|every|rhythm|when|turnus|rythme)\b"
)
_SIGNATURE = re.compile(
    r"^\s*(?:\[[^\]]{1,25}\]\s*)?[a-z][\w. -]{0,24}\s?(?:[\[(][^\])]{1,25}[\])])?:\s+(?=\S)"
)
_STANDS_ALONE = re.compile(
    r"\s*(?:$|[.,;:!?)\n]|-|(?:is|will|would|please|then|instead|now|it|at|on|in|after|before|because|since|"
    r"rather|with|"
    r"and|or|but|suffices|enough|reicht|genugt|suffit|basta|when|if|as|to|for|as well|too|again|dann|ist|"
    r"nach|vor|um)\b)"
)
"""`monthly cost` after a rhythm of training corrects nothing."""
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
    left = _not_scratched(brief, correction.standing(brief, candidates))
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
                (2.0 if spoken else 1.5) - 0.7 * background.is_question(statement),
                0.92 if distance < 30 else 0.75,
            )
        )
    return _nearest(correction.standing(brief, found), statement, cues)


def _not_scratched(brief: Brief, candidates: list[Candidate]) -> list[Candidate]:
    """Without rhythms that a later remark takes back by name, however far away: `scratch weekly`."""
    scratched = [
        (statement.start + rhythm.start, rhythm.name)
        for statement in brief.statements
        if _SCRATCH.search(statement.text)
        for rhythm in find_rhythms(statement.text)
        if _SCRATCH.search(statement.text[max(0, rhythm.start - 25) : rhythm.start])
    ]
    kept = [
        each
        for each in candidates
        if not any(at > each.start and name == each.value for at, name in scratched)
    ]
    return kept or candidates


def _is_under_training(brief: Brief, statement: Statement) -> bool:
    """A key such as `schedule:` that is indented below one of training."""
    if not _SCHEDULE_KEY.match(statement.text):
        return False
    line = brief.text.rfind("\n", 0, statement.start + 1) + 1
    own = _indent(brief.text[line:])
    while line > 0:
        above = brief.text.rfind("\n", 0, line - 1) + 1
        text = brief.text[above : line - 1]
        if text.strip() and (_indent(text) < own or (own == 0 and text.strip().endswith(":"))):
            return training_cues.speaks_of_training(text)
        line = above
    return False


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _carries_over(brief: Brief, statement: Statement) -> bool:
    """A statement that only names the rhythm of what the paragraph is about."""
    if _is_under_training(brief, statement):
        return True
    if _JOBS_START.match(statement.text):
        return training_cues.speaks_of_training(brief.text)
    previous = brief.previous(statement)
    if previous is None:
        return False
    if _RHYTHM_WORD.search(statement.text):
        return training_cues.speaks_of_training(brief.paragraph_text(statement))
    return (
        len(_unsigned(statement.text).strip()) < 45
        and training_cues.speaks_of_training(previous.text)
        and all(
            background.is_question(previous)
            or _SUGGESTED.search(previous.text)
            or negation.is_negated(brief, previous.start + rhythm.start, previous.start + rhythm.end)
            for rhythm in find_rhythms(previous.text)
        )
        and not _SCORING_NEAR.search(statement.text)
        and bool(
            re.match(
                (
                    r"\s*(?:well,? |no,? |better |rather |mejor |lieber |besser |plutot |mieux |meglio |"
                    r"liever |i'd say |let's say |nein,? |"
                    r"con |(?:we |they )?(?:settled|agreed|decided|landed) (?:on|for) |so |we |want |need |"
                    r"make it |say |ok,? |hmm,? )*(?:once|every|each|on|so|"
                    r"hourly|daily|weekly|monthly|quarterly|nightly|einmal|jede|twice|wochentlich|monatlich|"
                    r"taglich|quartalsweise|alle|"
                    r"semanal|mensual|diario|tous|toutes|hebdo|mensuel|elke|ogni|una vez|cada|une fois|"
                    r"chaque)\b"
                ),
                _unsigned(statement.text),
            )
        )
    )


def _unsigned(text: str) -> str:
    """A line of a conversation without who wrote it and when."""
    return _SIGNATURE.sub("", text)


def _applies(brief: Brief, statement: Statement, rhythm: Rhythm, cues: list[tuple[int, int]]) -> bool:
    start, end = statement.start + rhythm.start, statement.start + rhythm.end
    before = statement.text[: rhythm.start]
    if negation.is_negated(brief, start, end) and rhythm.name != "on_demand":
        return False
    if _MONEY_OR_VOLUME.search(before[-45:]) or _SUGGESTED.search(
        before[-60:] + " ~ " + statement.text[rhythm.end : rhythm.end + 25]
    ):
        return False
    ahead = before[-30:]
    if _NOT_TRAINING.search(ahead) and not any(cue[0] >= rhythm.start - 60 for cue in cues):
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
        and _STANDS_ALONE.match(window, rhythm.end)
    ][:2]


def _said(candidate: Candidate) -> str:
    return str(candidate.value).replace("_", " ")

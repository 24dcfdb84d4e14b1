"""Reads the response time a request may take."""

import re

from libs.intake import background, correction
from libs.intake.brief import Brief, Statement
from libs.intake.candidates import Candidate, Known, Reading, constraint_of
from libs.intake.durations import duration_ms
from libs.intake.models import Conflict
from libs.intake.numbers import Number
from libs.intake.searching import says
from libs.intake.vocabulary import cues

_BOUND = re.compile(
    rf"(?:(?<![a-z])(?:{cues.words('latency.bound')})\s*(?:a |an |the |than |about |around |roughly |ca\.? |"
    rf"circa |"
    rf"nach |after |au bout de |dopo |na )?|[<~=:|≤]\s*)$"
)
_ACCEPTED = re.compile(
    rf"[^.;,]{{0,25}}?(?<![a-z])(?:{cues.words('latency.fine_after')})(?![a-z])|"
    rf"[\s,)(]*(?:{cues.words('latency.marks_after')})(?![a-z])"
)
_ABOUT_RESPONSE = re.compile(rf"\b(?:{cues.words('latency.response')})\b")
_STRICT = re.compile(r"\b(?:longer than|more than|at most|up to|no more than|under|less than|max\w*)\s*$")
_TAIL = re.compile(r"\bp(?:95|90)\b|\b95(?:th|\.)?\s*(?:%\s*)?(?:per\s?cent|perz|perc)|\b95\s*%")
_FAR_TAIL = re.compile(r"\bp99(?:\.9)?\b|\b99(?:th|\.)?\s*perc|\b99(?:\.9)?\s*%\s*of")
_TYPICAL = re.compile(rf"\b(?:{cues.words('latency.typical')})\b")
_EVERY = re.compile(
    r"\b(?:every|each|per|last|past|previous|next|coming|first|once (?:a|an|in)|alle|"
    r"jede[rns]?|cada|ultimos|toutes? les|chaque|for|"
    r"after|over|retention|timeout|ttl|old|buffer|refresh\w*|updated?|poll\w*|took|lasts?|"
    r"(?:window|clips?|videos?|recordings?|"
    r"segments?|history|chunks?|audio|speech|footage|periods?|intervals?) of)\s+(?:the "
    r")?(?:some |about |around )?$"
)
_NO_RESPONSE_AFTER = re.compile(
    r"^\s*(?:of (?:down|outage|audio|video|footage|speech|history|data|silence|maintenance|"
    r"non)|down\b|downtime|offline|outage|old|ago|"
    r"window\w*|history|clips?|long|apart|a (?:day|week|month|year)|per (?:day|week|month|"
    r"year)|before|ahead|in advance|video\w*|"
    r"ausfall|de (?:inactividad|caida|historico)|d'(?:arret|indisponibilite)|between|horizon|"
    r"interval\w*|batch(?:es)?|in the future|of work)"
)
_ASKED = re.compile(r"[^.!\n]{0,15}\?")
_MODEL_SHARE = re.compile(
    r"\b(?:of which|davon|dont|de los cuales|di cui)\b[^.;]{0,40}$|"
    r"\b(?:network|hop|gateway|feature (?:store|lookup)|model (?:alone|itself))\b[^.;,]{0,20}$"
)
_MODEL_SHARE_AFTER = re.compile(
    r"\s*(?:of (?:that|which|those|it) (?:is|are|goes|go|for)|(?:is|are) (?:eaten|taken|used) (?:up )?by|"
    r"(?:for|of) (?:the )?(?:network|overhead))"
)
_LATER = re.compile(r"\s*(?:later|spater|mas tarde|plus tard)\b")
_ALIKE = 10
"""A figure that replaces another in the same unit is not of a wholly different size."""
_PROMPT_MS = 10_000
_TAKES = re.compile(r"\b(?:takes?|took|taking|dauert\w*|braucht|tarda\w*|prend|dure)\b[^,;]{0,25}$")
_MANDATORY = re.compile(rf"\b(?:{cues.words('latency.mandatory')})\b")
_CLAUSE = re.compile(r"[,;]\s|\band\b")
_ERROR = re.compile(r"\b(?:mae|rmse|mean (?:absolute )?error|average error)\b")
_LATENCY_WORD = re.compile(r"\b(?:laten|respon|answer|p9\d)")
_RATE_AHEAD = re.compile(r"\d[\d.,]*[km]? (?:[a-z]+ ){1,3}(?:in|per|every|each)\s$")
_IDIOM = re.compile(
    r"\bsub-?\s?second\b|(?<![\d.,] )(?<![a-z0-9])(?:an?|one|eine[rmn]?|une?|una?|uma|um|een|single) "
    r"(?:single |halben )?(?P<unit>secnd|second|sec|sekunde|seconde|segundo|secondo|minute|minuto|"
    r"minut)(?![a-z])"
)
_NOT_BEFORE_IDIOM = re.compile(
    r"(?:\b(?:after|every|each|per|for|half|quarter of|lasts?|a|alle|pro|jede|par|por|cada|nach|apres|tras)\s+"
    r"(?:about |around |roughly )?|[\d.,/][km]?\s*(?:[a-z]+ ){0,3}(?:in )?)$"
)
_WITHOUT_BOUND = re.compile(
    r"\s*(?:or less|or so|max\b|tops|at most|is (?:fine|ok|enough)|reicht|suffit|basta)"
)
_SUFFICES = re.compile(rf"\b(?:{cues.words('latency.suffices')})\b")
_SAME_UNIT = r"(?:ms|milli|s\b|sec|min|requests|rps|qps|users|people|%)"
_OTHER_UNIT = (
    r"(?:%|[$€£]|[km]\b|rps|qps|requests|calls|users|people|gb|tb|usd|eur|dollars|euros?|hours?|days?|"
    r"weeks?|months?|"
    r"years?|stunden|tage|wochen|monate|horas|dias|heures|jours|gpus?|times|nines|neunen|nueves|engineers|"
    r"of us|"
    r"(?:[a-z]+ )?(?:per|a|pro|por|par) )"
)
_LONGEST_MS = 900_000


def read(brief: Brief, known: Known) -> Reading:
    """The latency target in milliseconds at the 95th percentile."""
    candidates: list[Candidate] = []
    for number in brief.numbers:
        found = _candidate(brief, number)
        if found is None:
            continue
        candidates.append(found)
        again = correction.restated(brief, found.end, _SAME_UNIT) or correction.agreed(
            brief, found.end, _OTHER_UNIT
        )
        if again is not None and number.value / _ALIKE <= again.value <= number.value * _ALIKE:
            factor = found.value / number.value if number.value else 1.0
            candidates.append(
                Candidate(again.value * factor, again.start, again.end, found.weight + 1, found.confidence)
            )
    candidates += _idioms(brief)
    left = correction.standing(brief, [each for each in candidates if each.value > 0])
    if not left:
        return Reading()
    top = max(each.weight for each in left)
    best = next(each for each in left if each.weight == top)
    rivals = [each for each in left if each.weight == top and top >= 3 and _differs(each.value, best.value)]
    conflicts = [_slow_step(brief, best), _two_targets(brief, best, rivals)]
    return Reading(
        constraint_of(brief, "latency_ms_p95", best), tuple(each for each in conflicts if each is not None)
    )


def _candidate(brief: Brief, number: Number) -> Candidate | None:
    duration = duration_ms(brief, number)
    if duration is None or not 0 < duration[0] <= _LONGEST_MS:
        return None
    milliseconds, end = duration
    statement = brief.statement_at(number.start)
    before, after = brief.before(number.start, 70), brief.after(end, 60)
    line = brief.text[brief.text.rfind("\n", 0, number.start) + 1 : number.start]
    if (_ERROR.search(statement.text) or _ERROR.search(line)) and not _LATENCY_WORD.search(statement.text):
        return None
    if (
        _EVERY.search(before)
        or _RATE_AHEAD.search(before)
        or _NO_RESPONSE_AFTER.match(after)
        or (milliseconds > _PROMPT_MS and _LATER.match(after))
        or background.is_open(statement)
    ):
        return None
    bound = (
        bool(_BOUND.search(before)) or bool(_ACCEPTED.match(after)) or before.endswith(("sub-", "<", "< "))
    )
    bound = bound or says(_SUFFICES, statement.text)
    if _TAKES.search(before) and not _STRICT.search(before) and not background.has_target(before[-40:]):
        return None
    if background.is_background(brief, statement) and not (bound and background.has_target(statement.text)):
        return None
    context = says(_ABOUT_RESPONSE, statement.text) or _near_response(brief, statement)
    fine = "ms" in brief.text[number.end : end] or "mil" in brief.text[number.end : end]
    bound = bound or (bool(_LATER.match(after)) and has_result(statement))
    if _MODEL_SHARE.search(before) or _MODEL_SHARE_AFTER.match(after):
        return None
    if not fine and not context and not bound:
        return None
    if not fine and not (
        context and (bound or says(_TAIL, statement.text) or says(_FAR_TAIL, statement.text))
    ):
        terse = len(statement.text) < 90 and milliseconds <= 10_000
        if not (terse and context) and not (bound and milliseconds <= 60_000):
            return None
    return Candidate(
        round(milliseconds, 3),
        number.start,
        end,
        _weight(brief, statement, number.start, end, bound, context),
        0.95 if bound and context else 0.8,
    )


def has_result(statement: Statement) -> bool:
    """Whether something is to come out, be shown or be told here."""
    return says(_ABOUT_RESPONSE, statement.text)


def _weight(brief: Brief, statement: Statement, start: int, end: int, bound: bool, context: bool) -> float:
    weight = 1.0 + bound + context - 0.6 * bool(_ASKED.match(brief.text, end))
    return weight + _nearest_percentile(brief.text, statement, start, end)


def _nearest_percentile(text: str, statement: Statement, start: int, end: int) -> float:
    """What the closest percentile within a few words adds: p95 most, an average takes away."""
    first, last = max(statement.start, start - 40), min(statement.end, end + 40)
    first += max((cut.end() for cut in _CLAUSE.finditer(text[first:start])), default=0)
    cut = _CLAUSE.search(text, end, last)
    last = cut.start() if cut else last
    marks = [
        (max(match.start() - end, start - match.end()), addition)
        for pattern, addition in ((_TAIL, 2.0), (_FAR_TAIL, 1.0), (_TYPICAL, -2.0))
        for match in pattern.finditer(text, first, last)
    ]
    return min(marks)[1] if marks else 0.0


def _near_response(brief: Brief, statement: Statement) -> bool:
    previous = brief.previous(statement)
    return (
        previous is not None
        and len(statement.text) < 80
        and bool(re.search(r"\blaten|real[- ]?time|respon|answer|on the spot", previous.text))
    )


def _idioms(brief: Brief) -> list[Candidate]:
    found: list[Candidate] = []
    for match in _IDIOM.finditer(brief.text):
        statement = brief.statement_at(match.start())
        if background.is_background(brief, statement) or _NO_RESPONSE_AFTER.match(brief.after(match.end())):
            continue
        before = brief.before(match.start(), 40)
        if match.group("unit") and (
            _NOT_BEFORE_IDIOM.search(before)
            or not (_BOUND.search(before) or _WITHOUT_BOUND.match(brief.after(match.end(), 20)))
        ):
            continue
        minute = (match.group("unit") or "").startswith("min")
        if minute and not _ABOUT_RESPONSE.search(statement.text):
            continue
        found.append(Candidate(60_000.0 if minute else 1000.0, match.start(), match.end(), 2.0, 0.85))
    return found


def _differs(one: float, other: float) -> bool:
    return abs(one - other) > 0.05 * max(one, other)


def _two_targets(brief: Brief, best: Candidate, rivals: list[Candidate]) -> Conflict | None:
    marked = re.compile(r"\b(?:latenc\w+|latenz\w*|response time|respond)\b")
    own = brief.statement_at(best.start)
    for rival in rivals:
        other = brief.statement_at(rival.start)
        if other.start == own.start or not (marked.search(own.text) and marked.search(other.text)):
            continue
        if re.search(r"\b(?:p50|p99|median|batch|report|worst|average|training)\b", own.text + other.text):
            continue
        return Conflict(
            code="intake.two_latencies",
            fields=("latency_ms_p95",),
            message=f"The brief asks for {best.value:g} ms and for {rival.value:g} ms; say which one holds.",
            quotes=(brief.quote(best.start, best.end), brief.quote(rival.start, rival.end)),
        )
    return None


def _slow_step(brief: Brief, best: Candidate) -> Conflict | None:
    """A step that every request has to take and that alone is slower than the target."""
    for number in brief.numbers:
        duration = duration_ms(brief, number)
        if duration is None or duration[0] <= best.value or not _TAKES.search(brief.before(number.start, 70)):
            continue
        if not says(_MANDATORY, brief.statement_at(number.start).text):
            continue
        return Conflict(
            code="intake.step_slower_than_target",
            fields=("latency_ms_p95",),
            message=f"A mandatory step takes {duration[0]:g} ms, the target is {best.value:g} ms.",
            quotes=(brief.quote(best.start, best.end), brief.quote(number.start, duration[1])),
        )
    return None

"""Reads the response time a request may take."""

import re

from libs.intake import background, correction
from libs.intake.brief import Brief, Statement
from libs.intake.candidates import Candidate, Known, Reading, constraint_of
from libs.intake.durations import duration_ms
from libs.intake.models import Conflict
from libs.intake.numbers import Number
from libs.intake.searching import says

_BOUND = re.compile(
    r"(?:\b(?:within|under|below|inside|less than|at most|no more than|not more than|no "
    r"longer than|no later than|not later than|max\.?|maximum(?: of)?|maximal|"
    r"up to|sub|faster than|shorter than|quicker than|beat|in|by|not exceed|exceeding|cap of|"
    r"limit of|latency(?: is| of|:)?|"
    r"(?:time|turnaround)(?: is| of|:)?|p\d\d(?:\.9)?(?: of| is| at| latency|:)*|allows?(?: us)?|gives?(?: "
    r"us)?|have|hochstens|unter|innerhalb(?: von)?|"
    r"binnen|weniger als|in|menos de|maximo(?: de)?|inferior a|moins de|sous|au plus|"
    r"inferieure? a|maximum de|dans les|wait|budget(?: is| of|:)?|"
    r"make that|around|about|roughly|okay with|ok with)\s*(?:a |an |the |than )?|[<~=:|]\s*)$"
)
_ACCEPTED = re.compile(
    r"^[^.;,]{0,25}\b(?:is|are|would be) (?:fine|ok|okay|enough|acceptable|good enough|"
    r"plenty)\b|^[\s,)]*(?:(?:at|for|on|as)?\s*(?:the )?(?:p\d\d|\d\d(?:th|\.)\s*perc)|or "
    r"(?:less|faster|better|below|under)|tops|max\b|maximum|"
    r"delay|lag|is (?:fine|ok|okay|enough|acceptable|all we|the (?:limit|target|maximum|"
    r"most))|are (?:ok|fine|acceptable)|at most|each at most|"
    r"reicht|genugen|genugt|como maximo|maximum|latency|response|budget|sla|slo|end[- ]to[- "
    r"]end|round[- ]trip|latenz)"
)
_ABOUT_RESPONSE = re.compile(
    r"\b(?:latenc\w+|latenz\w*|latencia|latence|respon[ds]\w*|answer\w*|repl(?:y|ies)|verdict|"
    r"decision|decide\w*|score[sd]?|scoring|"
    r"predict\w*|result\w*|request\w*|call|calls|quer(?:y|ies)|lookup|inference|real[- ]?time|"
    r"instant\w*|p\d\d|percentile|slow\w*|"
    r"flag\w*|alert\w*|detect\w*|classif\w*|return\w*|wait\w*|click|checkout|"
    r"page|screen|antwort\w*|"
    r"entscheidung|zuordnung|vorliegen|vorliegt|ergebnis|anfrage\w*|respuesta|responder|"
    r"resultado|decision|reponse\w*|repondre|"
    r"resultat\w*|sorted|recommend\w*|rank\w*|suggest\w*|sla|slo|api|endpoint|budget|"
    r"turnaround|delay\w*|lag|show\w*|transcri\w+|translat\w+)\b"
)
_STRICT = re.compile(r"\b(?:longer than|more than|at most|up to|no more than|under|less than|max\w*)\s*$")
_TAIL = re.compile(r"\bp(?:95|90)\b|\b95(?:th|\.)?\s*(?:%\s*)?(?:per\s?cent|perz|perc)|\b95\s*%")
_FAR_TAIL = re.compile(r"\bp99(?:\.9)?\b|\b99(?:th|\.)?\s*perc|\b99(?:\.9)?\s*%\s*of")
_TYPICAL = re.compile(
    r"\b(?:p50|median|on average|average|avg|mean|typical\w*|im schnitt|en promedio|en moyenne)\b"
)
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
    r"year)|later|before|ahead|in advance|video\w*|"
    r"ausfall|de (?:inactividad|caida|historico)|d'(?:arret|indisponibilite)|between|horizon|"
    r"interval\w*|batch(?:es)?|in the future|of work)"
)
_TAKES = re.compile(r"\b(?:takes?|took|taking|dauert\w*|braucht|tarda\w*|prend|dure)\b[^,;]{0,25}$")
_MANDATORY = re.compile(
    r"\b(?:must|has to|have to|each and every|every (?:query|request|call)|mandatory|not up "
    r"for discussion|required|needs? to|always|"
    r"muss|mussen|obligatori\w+|debe|doit)\b"
)
_IDIOM = re.compile(
    r"\bsub-?\s?second\b|\b(?:under|within|in|inside|below|less than|up to|at most|max\.?|"
    r"about|no more than) (?:a|one) (?P<unit>second|minute|sec)\b"
)
_SUFFICES = re.compile(
    r"\b(?:genugt|reicht|ausreichend|good enough|is enough|is sufficient|suffices|basta|es "
    r"suficiente|suffit|suffisant)\b"
)
_SAME_UNIT = r"(?:ms|milli|s\b|sec|min|requests|rps|qps|users|people|%)"
_LONGEST_MS = 900_000


def read(brief: Brief, known: Known) -> Reading:
    """The latency target in milliseconds at the 95th percentile."""
    candidates: list[Candidate] = []
    for number in brief.numbers:
        found = _candidate(brief, number)
        if found is None:
            continue
        candidates.append(found)
        again = correction.restated(brief, found.end, _SAME_UNIT)
        if again is not None:
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
    if _EVERY.search(before) or _NO_RESPONSE_AFTER.match(after) or background.is_open(statement):
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


def _weight(brief: Brief, statement: Statement, start: int, end: int, bound: bool, context: bool) -> float:
    weight = 1.0 + bound + context
    return weight + _nearest_percentile(brief.text, statement, start, end)


def _nearest_percentile(text: str, statement: Statement, start: int, end: int) -> float:
    """What the closest percentile within a few words adds: p95 most, an average takes away."""
    first, last = max(statement.start, start - 40), min(statement.end, end + 40)
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
        minute = match.group("unit") == "minute"
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

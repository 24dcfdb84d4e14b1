"""Reads the response time a request may take."""

import re

from libs.intake import background, correction
from libs.intake.brief import Brief, Statement
from libs.intake.candidates import Candidate, Known, Reading, constraint_of
from libs.intake.durations import duration_ms
from libs.intake.models import Conflict
from libs.intake.numbers import Number
from libs.intake.rules import latency_roles
from libs.intake.searching import expression, says
from libs.intake.vocabulary import cues

_BOUND = expression(
    rf"(?:(?<![a-z])(?:{cues.words('latency.bound')})\s*(?:a |an |the |than |about |around |roughly |ca\.? |"
    rf"circa |"
    rf"nach |after |au bout de |dopo |na )?|[<~=:|≤]\s*)$"
)
_ACCEPTED = expression(
    rf"[^.;,]{{0,25}}?(?<![a-z])(?:{cues.words('latency.fine_after')})(?![a-z])|"
    rf"[\s,)(]*(?:{cues.words('latency.marks_after')})(?![a-z])"
)
_ABOUT_RESPONSE = expression(rf"\b(?:{cues.words('latency.response')})\b")
_OURS = expression(rf"(?<![a-z])(?:{cues.words('latency.ours')})\b[^.;]{{0,15}}$")
_STRICT = expression(
    r"\b(?:longer than|more than|at most|up to|no more than|under|less than|max\w*|within|below|unter|hochstens|"
    r"maximal|innerhalb|moins de|sous|au plus|menos de|como mucho|meno di|menos|minder dan|hooguit) (?:von )?$"
)
_IF = expression(
    r"\b(?:if|si|s'il|s'ils|wenn|falls|als|se|even if|may|can|could|peut|puede|darf|kann)\b[^,;.]{0,30}$"
)
"""`si tarda cinco segundos no pasa nada`: what is allowed, not what is."""
_TAIL = expression(r"\bp(?:95|90)\b|\b95(?:th|\.)?\s*(?:%\s*)?(?:per\s?cent|perz|perc)|\b95\s*%")
_FAR_TAIL = expression(r"\bp99(?:\.9)?\b|\b99(?:th|\.)?\s*perc|\b99(?:\.9)?\s*%\s*of")
_TYPICAL = expression(rf"\b(?:{cues.words('latency.typical')})\b")
_ASKED = expression(r"[^.!\n]{0,15}\?")
_MODEL_SHARE = expression(
    r"\b(?:of which|davon|dont|de los cuales|di cui)\b[^.;]{0,40}$|"
    r"\b(?:network|hop|gateway|feature (?:store|lookup)|model (?:alone|itself))\b[^.;,]{0,20}$"
)
_MODEL_SHARE_AFTER = expression(
    r"\s*(?:of (?:that|which|those|it) (?:is|are|goes|go|for)|(?:is|are) (?:eaten|taken|used) (?:up )?by|"
    r"(?:for|of) (?:the )?(?:network|overhead))"
)
_LESS_THAN = expression(r"(?:<=?|≤|=<)\s*$")
_RIGHT_BEFORE = expression(r"\bp9[059](?:\.9)?\W{0,3}$")
_PROTOTYPE = expression(r"\b(?:currently|today|now|measured|prototype|pilot|was|were|old)\b[^(;]{0,25}$")
_LATE = expression(
    r"\s*(?:late\b|(?:of )?delay|behind\b|verspat\w+|verzogerung|zu spat|(?:en|de) retard|tarde\b|de retraso|"
    r"di ritardo|de atraso|te laat|vertraging)"
)
"""`the number can come 10 minutes late`."""
_LATER = expression(r"\s*(?:later|spater|mas tarde|plus tard)\b")
_ALIKE = 10
"""A figure that replaces another in the same unit is not of a wholly different size."""
_PROMPT_MS = 10_000
_MANDATORY = expression(rf"\b(?:{cues.words('latency.mandatory')})\b")
_CLAUSE = expression(r"[,;]\s|\band\b")
_ERROR = expression(r"\b(?:mae|rmse|mean (?:absolute )?error|average error)\b")
_LATENCY_WORD = expression(r"\b(?:laten|respon|answer|p9\d)")
_IDIOM = expression(
    r"\bsub-?\s?second\b|(?<!\d )(?<!\d[.,] )(?<![a-z0-9])(?:(?:an?|one|eine[rmn]?|d'une?|une?|una?|uma|"
    r"um|een|single) "
    r"(?:single |halben )?(?=[a-z])|(?=segundo y medi|seconde et demi))(?P<unit>secnd|second|sec|sekunde|seconde|"
    r"segundo|secondo|minute|minuto|minut)(?P<half> and a half| et demie?| y medi[oa]| e mezz[oa]| e mei[oa])?"
    r"(?P<two> or two| oder zwei| ou deux| o dos| o due| ou dois)?(?![a-z])"
)
_NOT_BEFORE_IDIOM = expression(
    r"(?:\b(?:every|each|per|for|half|quarter of|lasts?|a|alle|pro|jede|par|por|cada)\s+"
    r"(?:about |around |roughly )?|[\d.,/][km]?\s*(?:[a-z]+ ){0,3}(?:in )?)$"
)
_WITHOUT_BOUND = expression(
    r"\s*(?:or less|or so|max\b|tops|at most|is (?:fine|ok|okay|enough|plenty)|reicht|suffit|basta|"
    r",? ?(?:not|no|pas|nicht|ni) (?:more|mas|plus|davantage|mehr|longer|langer|un)|would|will do|flat|ist|sind|"
    r"is (?:the|our|my|all)|maximum|como mucho|au plus|hochstens|a lo sumo|and (?:he|she|it|they|we|people))"
)
_ORDINAL_NEXT = expression(
    r" (?!is\b|are\b|at\b|or\b|and\b|for\b|to\b|from\b|after\b|per\b|in\b|max|tops|on\b|of\b|will\b|would\b|"
    r"should\b|that\b|flat|until|till|before|if\b|when|because|since|with|so\b|please|later|(?:not|no) )[a-z]"
)
"""`a second way` is no time."""
_ANSWER_IN = expression(
    r"\b(?:repl(?:y|ies)|answers?|responses?|results?|verdicts?|antwort\w*|ergebnis\w*|reponses?|"
    r"respuestas?|rispost[ae]) "
    r"(?:in|back in|dans|en|nach) (?:about |around |roughly |less than |under |etwa |unos |environ )?$"
)
_SUFFICES = expression(rf"\b(?:{cues.words('latency.suffices')})\b")
_SAME_UNIT = r"(?:ms|milli|s\b|sec|min|requests|rps|qps|users|people|%)"
_WANTED = expression(
    r"\s*(?:(?:is|are|ist|sind|est|es) (?:what|was|ce que?|lo que) \w+|"
    r"(?:is|are|ist|sind|est|sont|esta|estan|va|vont) (?:fine|ok|okay|enough|gut|bien|acceptable|"
    r"in ordnung)|reich\w+|"
    r"suffi\w+|basta\w*|genug\w+)"
)
_ENDS = expression(r"[\"']?\s*(?:[.,;)!|}\n#]|$)")
_KEY = expression(
    r"(?:latenc|latenz|respon|repons|respuest|antwort|answer|reply|risposta|p9\d|deadline|sla)[^\d\n:=|]{0,25}?"
    r"[\s_(\[](?P<unit>ms|msec|milli\w*|s|secs?|seconds?|sekunden)[\])]?[\"']?\s*[:=|][\s\"'<=~]*$"
)
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
    candidates += _idioms(brief) + _borrowed(brief) + _keyed(brief)
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
    if (milliseconds > _PROMPT_MS and _LATER.match(after)) or background.is_open(statement):
        return None
    bound = (
        bool(_BOUND.search(before)) or bool(_ACCEPTED.match(after)) or before.endswith(("sub-", "<", "< "))
    )
    bound = bound or says(_SUFFICES, statement.text) or latency_roles.loses_people(brief, number.start, end)
    bound = bound or bool(_IF.search(before))
    if latency_roles.is_elsewhere(brief, number.start, end, bound=bound):
        return None
    if (
        latency_roles.lasts(brief, number.start)
        and not (_STRICT.search(before) or _IF.search(before))
        and not background.has_target(before[-40:])
    ):
        return None
    stated = bool(_LESS_THAN.search(before) or _RIGHT_BEFORE.search(before)) and not _PROTOTYPE.search(before)
    if background.is_background(brief, statement) and not (
        stated or (bound and background.has_target(statement.text))
    ):
        return None
    context = says(_ABOUT_RESPONSE, statement.text) or _near_response(brief, statement)
    fine = "ms" in brief.text[number.end : end] or "mil" in brief.text[number.end : end]
    bound = bound or (bool(_LATER.match(after)) and has_result(statement))
    if _LATE.match(after):
        if not bound:
            return None
        context = True
    if _MODEL_SHARE.search(before) or _MODEL_SHARE_AFTER.match(after):
        return None
    brief_enough = milliseconds <= _PROMPT_MS * 6
    if not fine and not (context and bound) and not brief_enough:
        return None
    return Candidate(
        round(milliseconds, 3),
        number.start,
        end,
        _weight(brief, statement, number.start, end, bound, context),
        0.95 if bound and context else 0.8,
    )


def _borrowed(brief: Brief) -> list[Candidate]:
    """`That takes 8 seconds now, at most 2 in future`: the second figure goes without the unit."""
    found: list[Candidate] = []
    spelt: tuple[float, int] | None = None
    for number in brief.numbers:
        duration = duration_ms(brief, number)
        if duration is not None:
            spelt = (duration[0] / number.value, duration[1]) if number.value else None
            continue
        if spelt is None or brief.statement_at(spelt[1] - 1) != brief.statement_at(number.start):
            continue
        wanted = _WANTED.match(brief.text, number.end)
        limited = _STRICT.search(brief.before(number.start, 30)) and _ENDS.match(brief.text, number.end)
        if wanted or limited:
            found.append(Candidate(spelt[0] * number.value, number.start, number.end, 2.0, 0.75))
    return found


def _keyed(brief: Brief) -> list[Candidate]:
    """`max_response_ms: 450`, `Latency (s) | 2`: the unit stands in the label."""
    found: list[Candidate] = []
    for number in brief.numbers:
        before = brief.before(number.start, 60)
        # Most figures have no label; this spares them the search.
        key = _KEY.search(before) if before.rstrip(" \"'<=~")[-1:] in ":|" or "=" in before[-4:] else None
        if key is not None and _ENDS.match(brief.text, number.end):
            value = number.value * (1.0 if key.group("unit").startswith("m") else 1000.0)
            found.append(Candidate(value, number.start, number.end, 3.0, 0.95))
    return found


def has_result(statement: Statement) -> bool:
    """Whether something is to come out, be shown or be told here."""
    return says(_ABOUT_RESPONSE, statement.text)


def _weight(brief: Brief, statement: Statement, start: int, end: int, bound: bool, context: bool) -> float:
    weight = 1.0 + bound + context - 0.6 * bool(_ASKED.match(brief.text, end))
    weight += 0.5 * bool(_STRICT.search(brief.before(start, 30)))
    weight += 1.5 * bool(_OURS.search(brief.before(start, 40)))
    weight -= 0.5 * latency_roles.loses_people(brief, start, end)
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
    """`a second`, `a second and a half`, where the one is no figure."""
    found: list[Candidate] = []
    for match in _IDIOM.finditer(brief.text):
        start, end = match.span()
        statement = brief.statement_at(start)
        unit = match.group("unit")
        if background.is_background(brief, statement) or latency_roles.is_elsewhere(
            brief, start, end, bound=True
        ):
            continue
        spelt_out = match.group("half") or match.group("two")
        before = brief.before(start, 40)
        if unit and not spelt_out and not _is_limit(brief, before, end):
            continue
        if unit and (
            _NOT_BEFORE_IDIOM.search(before) or (unit == "second" and _ORDINAL_NEXT.match(brief.text, end))
        ):
            continue
        minute = (unit or "").startswith("min")
        if minute and not _ABOUT_RESPONSE.search(statement.text):
            continue
        count = 1.5 if match.group("half") else 2.0 if match.group("two") else 1.0
        weight = 2.0 + 1.5 * bool(_STRICT.search(before))
        found.append(Candidate(count * (60_000.0 if minute else 1000.0), start, end, weight, 0.85))
    return found


def _is_limit(brief: Brief, before: str, end: int) -> bool:
    return bool(
        _BOUND.search(before) or _ANSWER_IN.search(before) or _WITHOUT_BOUND.match(brief.after(end, 24))
    )


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
        if duration is None or duration[0] <= best.value or not latency_roles.lasts(brief, number.start):
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

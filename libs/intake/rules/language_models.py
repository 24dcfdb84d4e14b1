"""Reads what a system around a language model needs: size, hosting, tokens."""

import re

from libs.intake import background, negation
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate, Known, Reading, heaviest, reading_of
from libs.intake.models import FieldName
from libs.intake.vocabulary import cues

_PARAMETERS = re.compile(
    r"\s*-?\s*(?:de |of )?(?:billion |bn |milliarden |mil millones de |milliards de )?(?:parameters?|params?|"
    r"parametern?|parametros|parametres)\b"
)
_BARE_B = re.compile(
    r"(?:(?<![\w.$€£])|(?<=[a-z\d]-)|(?<=[a-z]))(?<![\d$€£])(\d{1,4}(?:\.\d)?)\s?b(?![a-z0-9])(?!\s*(?:rows|"
    r"records|users|usd|events|dollars|"
    r"in revenue))"
)
_MODEL = cues.pattern("llm.model")
_GIGABYTES = re.compile(r"\s*-?(?:gb|gib|gigabytes?|go)\b")
_MEGABYTES = re.compile(r"\s*-?(?:mb|mib|megabytes?)\b")
_WEIGHTS = cues.pattern("llm.weights")
_NO_WEIGHTS = cues.pattern("llm.no_weights")
_FED_WITH = re.compile(
    r"(?<![a-z])(?:(?:re-?)?(?:train|fit|fine-?tun|learn|build|built|rebuil|feed|fed|teach|taught)\w*|"
    r"score[sd]?|reads?)"
    r"[^.;:!?\n]*(?<![a-z])(?:on|from|with|over|using)\s+(?:\w+ ){0,3}$"
)
"""`retrained every hour on 5 GB`: what a model learns from is not its size."""
_SELF = cues.pattern("llm.self_hosted")
_HOSTED = cues.pattern("llm.hosted")
_TOKENS = re.compile(rf"[\s-]*(?:[a-z]+ )?(?:{cues.words('llm.tokens')})(?![a-z])")
_CONTEXT = cues.pattern("llm.context")
_IN = cues.pattern("llm.input")
_OUT = cues.pattern("llm.output")
_REACH = 50


def read_parameters(brief: Brief, known: Known) -> Reading:
    """Billions of parameters: `7B`, `1.3B params`, `350 million parameters`."""
    found: list[Candidate] = []
    for number in brief.numbers:
        match = _PARAMETERS.match(brief.text, number.end)
        if match and number.value >= 1e5 and _ours(brief, number.start):
            found.append(Candidate(round(number.value / 1e9, 4), number.start, match.end(), 2.0, 0.93))
    for match in _BARE_B.finditer(brief.text):
        near = brief.before(match.start(), 60) + " " + brief.after(match.end(), 40)
        if _MODEL.search(near) and _ours(brief, match.start()):
            found.append(Candidate(float(match.group(1)), *match.span(), 1.0, 0.85))
    return reading_of(brief, "model_parameters_b", heaviest(found))


def read_size(brief: Brief, known: Known) -> Reading:
    """Gigabytes of the model itself, not of the data."""
    found: list[Candidate] = []
    for number in brief.numbers:
        factor = 1.0
        match = _GIGABYTES.match(brief.text, number.end)
        if match is None:
            match, factor = _MEGABYTES.match(brief.text, number.end), 1e-3
        if match is None or not _ours(brief, number.start):
            continue
        before, after = brief.before(number.start, 45), brief.after(match.end(), 30)
        if _FED_WITH.search(before):
            continue
        if _WEIGHTS.search(before + " " + after) and not _NO_WEIGHTS.search(before[-25:] + " " + after):
            found.append(Candidate(round(number.value * factor, 6), number.start, match.end(), 1.0, 0.85))
    return reading_of(brief, "model_size_gb", heaviest(found))


def read_hosting(brief: Brief, known: Known) -> Reading:
    """Whether the model runs at a provider of models or on one's own machines."""
    for value, pattern in (("self_hosted", _SELF), ("hosted", _HOSTED)):
        for match in pattern.finditer(brief.text):
            statement = brief.statement_at(match.start())
            if background.is_about_others(statement) or background.is_open(statement):
                continue
            if negation.is_negated(brief, *match.span()):
                continue
            return reading_of(brief, "llm_hosting", Candidate(value, *match.span(), confidence=0.85))
    return Reading()


def read_context(brief: Brief, known: Known) -> Reading:
    """Tokens of the context window."""
    return _tokens(brief, "context_tokens", _CONTEXT, (_IN, _OUT))


def read_input(brief: Brief, known: Known) -> Reading:
    """Tokens of one request."""
    return _tokens(brief, "input_tokens", _IN, (_OUT, _CONTEXT))


def read_output(brief: Brief, known: Known) -> Reading:
    """Tokens of one answer."""
    return _tokens(brief, "output_tokens", _OUT, (_IN, _CONTEXT))


def _tokens(
    brief: Brief, field: FieldName, words: re.Pattern[str], others: tuple[re.Pattern[str], ...]
) -> Reading:
    if not _TOKENS.search(brief.text):
        return Reading()
    found: list[Candidate] = []
    for number in brief.numbers:
        match = _TOKENS.match(brief.text, number.end)
        statement = brief.statement_at(number.start)
        spoken = match is not None or _TOKENS.search(statement.text) is not None
        if not spoken or number.value < 1 or not _ours(brief, number.start):
            continue
        end = match.end() if match else number.end
        own = _distance(brief, number.start, number.end, words)
        other = min(_distance(brief, number.start, number.end, each) for each in others)
        if own <= _REACH and own < other and (match is not None or own <= 25):
            found.append(
                Candidate(round(number.value), number.start, end, 1.0 + bool(match) - own / 1000, 0.88)
            )
    return reading_of(brief, field, heaviest(found))


def _distance(brief: Brief, start: int, end: int, words: re.Pattern[str]) -> int:
    before, after = brief.before(start, _REACH), brief.after(end, _REACH)
    behind = words.search(re.split(r"[,;]", after)[0])
    ahead = [len(before) - match.end() for match in words.finditer(before)]
    return min([*ahead, behind.start() if behind else 10_000], default=10_000)


def _ours(brief: Brief, position: int) -> bool:
    statement = brief.statement_at(position)
    return not background.is_about_others(statement) and not background.is_headed_background(brief, statement)

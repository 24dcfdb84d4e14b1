"""Volumes per unit of time: `40 requests a minute`, `2k QPS`, `pro Tag 12.000 Dokumente`."""

import re
from dataclasses import dataclass, replace
from functools import cache

from libs.intake.brief import Brief
from libs.intake.durations import unit_names
from libs.intake.numbers import Number
from libs.intake.searching import expression, says
from libs.intake.vocabulary import cues

SECONDS = {"s": 1.0, "min": 60.0, "h": 3600.0, "day": 86_400.0}
_SHORT = expression(r"\s*(?:(?P<s>rps|qps|tps|reqs?/s(?:ec)?|eps|requests/s|hz)|(?P<min>rpm|qpm|tpm))\b")
_NOUN = r"(?P<noun>(?:[\s-]+(?!per\b|pro\b|por\b|par\b)[a-z'&+-]+\.?){0,4}?)"
_ADVERB = expression(
    rf"{_NOUN}\s+(?:(?P<day>daily|nightly|every night|every day|each night|each day|taglich|"
    rf"nachtlich|jede nacht|jeden tag|every 24 h(?:ours)?|diari\w+|"
    r"al dia|cada noche|cada dia|quotidien\w*|chaque (?:jour|nuit)|overnight|"
    r"(?:in|within|en|je|per|pro) 24 ?(?:h|hours?|stunden|heures|horas)|"
    r"(?:on an?|an einem|un|on) (?:[a-z]+ ){0,1}(?:(?:mon|tues|wednes|thurs|fri|satur|sun|week)day|montag|dienstag|"
    r"mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|"
    r"miercoles|jueves|viernes|sabado|domingo)s?)|(?P<h>hourly|"
    r"every hour|each hour|stundlich))\b"
)
_AHEAD = expression(
    r"(?:\b(?:pro|per|je|every|each|jeden|jedem|jede|al|por|cada|par|chaque|a|ogni|elke)[ :]{1,2}(?P<day>"
    r"(?:werk|arbeits|wochen)?tag|nacht|(?:working|work|business|week) ?day|jour ouvre|dia laborable|"
    r"day|night|dia|noche|jour|nuit|notte|giorno|nacht)"
    r"|\b(?:pro|per|je|every|each|por|cada|par|chaque) (?P<h>stunde|hour|hora|heure)"
    r"|\b(?:pro|per|je|every|each|por|cada|par|chaque) (?P<min>minute|minuto)"
    r"|\b(?:pro|per|je|every|each|por|cada|par|chaque) (?P<s>sekunde|second|segundo|seconde)"
    r"|\b(?P<daily>daily|taglich|nightly|volume per day|daily volume)|\b(?P<tps>rps|qps|tps|"
    r"throughput))[^.;]{0,45}$"
)
_NO_VOLUME = expression(
    r"\b(?:gb|tb|mb|pb|kb|gib|tib|times?|hours?|minutes?|mins?|seconds?|days?|weeks?|months?|"
    r"eur|euros?|usd|gbp|dollars?|pounds?|cents?|percent|"
    r"per cent|mal|stunden|tage|veces|fois|horas|heures|jours|shifts?|deploys?|releases?|"
    r"runs?|meetings?|people work|engineers?|ms|"
    r"once|sends?|calculs?|calculos?|berechnungen|laufe|year|years|jahr|degrees|km|miles|kg|tons?|bytes|"
    r"m(?=$|\W)|mm|cm|mbit|gbit|mbps|gbps|kwh|mw|cups?|grad|met(?:re|er)s?|lit(?:re|er)s?|tonnes?|feet|steps?|"
    r"emails? from|"
    r"backups?|"
    r"updates? of|words?|revolutions?|umdrehungen|vueltas|revoluciones|giri|toeren|tours|strokes?|cycles?|"
    r"beats?|coffees?|breaks?|calories|ferries|trains?|departures|"
    r"francs|chf|cad|bucks)\b|[$€£%°]"
)
COUNTED = rf"(?:{cues.words('rate.counted')})"
_COUNTED_NEXT = expression(rf"\s+(?:[a-z'-]+\s+){{0,2}}?{COUNTED}\b")

_DAY_HEAD = expression(
    r"\b(?:(?:busy|normal|typical|average|good|bad|quiet|usual|peak|busiest|full|ordinary|working|week) ?day|"
    r"(?:on|in) (?:a|an) [a-z]+ (?:day|night)|(?:normaler|durchschnittlicher|guter|starker|voller) tag|"
    r"an einem [a-z]+ tag|un (?:dia|jour) (?:normal|tipico|moyen|charge|ordinaire|bueno)|en un dia [a-z]+|"
    r"(?:daily|nightly) (?:volume|load|count|total|average)|tagesvolumen|tagesmenge|volumen diario|"
    r"volume (?:journalier|quotidien)|requests per day|predictions per day|volume per day|per day|pro tag|"
    r"al dia|[a-z]+\s?/\s?(?:day|tag|dia|jour)|"
    r"par jour|daily)"
    r"\s*(?:is|are|=|:|sees?|brings?|means?|has|we (?:get|see|have|do|handle)|i get|about|around|of|with|"
    r"sind|kommen|"
    r"hay|tenemos|on a|il y a|,|there are|comes to|it'?s)?\s*(?:we (?:get|see|have|do|handle)|about|around|"
    r"roughly|some|"
    r"ca\.?|circa|etwa|rund|unos|environ|up to|bis zu|so|like|~|at (?:most|least))?\s*$"
)
_OF_A_RATE = expression(
    r"\b(?:second|minute|hour|sekunde|stunde|seconde|heure|segundo|minuto|hora|[rqt]ps)s? (?:on |an )?(?:an? )?$"
    r"|\d (?:[a-z-]+ ){1,3}(?:an? |each |every )?$"
)
"""`45 a second on a normal day, 180 when`, `7,500 lids a day with 3 machines`: the day belongs to the first figure."""
_GIVEN_AWAY = expression(
    r"\d (?:(?!(?:and|und|et|y|e|en|or|but)\b)[a-z-]+ ){1,3}(?:an?|per|pro|par|al|por) [a-z]+[^.;]{0,45}$"
)
_SHIFT = expression(
    r"\s+(?:[a-z-]+ ){1,3}?(?:a|per|each|every|pro|je|por|par|cada) (?:shift|schicht|turno|equipe|session|"
    r"round|run|batch|"
    r"lauf|flight|wave)\b"
)
_SHIFTS_A_DAY = expression(
    r"(?P<count>\d+|two|three|four|zwei|drei|vier|dos|tres|deux|trois) (?:shifts?|schichten|turnos?|equipes|"
    r"sessions?|"
    r"rounds?|runs?|batch(?:es)?|laufe|flights?|waves?)(?: (?:a|per|each|every|pro|am|al|por|par) (?:day|"
    r"tag|dia|jour)| daily)"
)
_COUNTS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "zwei": 2,
    "drei": 3,
    "vier": 4,
    "dos": 2,
    "tres": 3,
    "deux": 2,
    "trois": 3,
}
_FIGURE_NEXT = expression(r"\s*(?:about |around |some |rund |etwa |ca\.? |circa |unos |environ |~)?\d")
"""`40 people write 3,000 mails daily`, `40 leute schreiben taglich 3.000 mails`: the rhythm goes with the next."""
_VOLUME_HEAD = expression(
    r"\b(?:rps|qps|tps|throughput|daily volume|volume per day)\b[^a-z]{0,6}(?:of |is |at )?$"
)
_EVERY_SO_OFTEN = expression(
    r"\b(?:an?|one|1|single|eine?|une?|una?) [a-z]+ (?:[a-z]+ ){0,2}(?:every|each|alle|cada|toutes les|ogni|elke) $"
)
_EACH = expression(r"\b(?:each|jede[rs]?|cada un[oa]|chacune?)\b")
_PLURAL_NEXT = expression(
    r"\s+(?!(?:of|in|at|on|per|and|or|to|the|for|from|with|people|employees|mitarbeiter|"
    r"leute)\b)(?:[a-z-]{3,} )?[a-z-]{3,}"
    r"(?:(?<!s)s|en|er|e|i)\b"
)
_STOCK = expression(
    r"\b(?:with|mit|avec|con|of|von|have|haben|avons|tenemos|own|met) "
    r"(?:rund |about |around |some |etwa |environ |unos )?$"
)
"""`with 190,000 meters` tells how many there are, not how many are looked at."""
_FOR_EACH = expression(
    r"\b(?:for|fur|pour|para|per|voor|list of|lijst van|liste de|liste von|lista de)"
    r"(?: (?:each|every one|all|every|chacune?|cada un[oa]|alle|jede[nrs]?|tous|toutes|todos|todas|tutti|tutte))?"
    r"(?: of| der| des)? (?:the |our |its |die |les |nos |los |las |i |le )?$"
)
"""`every evening, for each of the 312 hotels`."""
_SURELY_A_VOLUME = 500
_FEW = 20
_LOOKED_AT = expression(
    r"\b(?:befund\w*|pruf\w*|bewert\w*|klassifi\w*|beurteil\w*|scor\w+|check\w*|inspect\w*|assess\w*|read|grade|"
    r"classif\w*|evalu\w*|controlons|verifi\w+|examin\w+|clasific\w*|revis\w+|valut\w+|beoordel\w+)\b"
)
_PASSES = expression(
    r"[^.;,\d]{3,40}\b(?:through (?:the|our|it|this)|(?:which|that|for) (?:the|our) (?:model|tool|system|engine)|"
    r"(?:to be|must be|get|are|be) (?:scor|sort|rank|classif|check|label|judg|grad|rout|tagg)|durch das|"
    r"a trier|a classer|"
    r"que hay que|da classificare|die het model|para classificar)"
)
_OF_THEM = expression(r"\s+(?:of (?:them|those|these)|davon|d'entre eux|de ell[oa]s)\b")
_SCORED_NEXT = expression(
    r"(?:[^.;,\d]{0,30})?,?\s*(?:is|are|get|gets|be|being|(?:will|shall|must|should) be|"
    r"(?:has|have) to be|must have been|to be|werden|sont|"
    r"se) (?:all )?(?:re-?)?(?:scor|check|rat|"
    r"rank|predict|forecast|classif|process|evaluat|upload|comput|bewert|not|calcul)\w*"
)
_DAILY = expression(rf"\b(?:{cues.words('rate.daily')})\b")


@dataclass(frozen=True, slots=True)
class Rate:
    """A volume per unit of time."""

    number: Number
    per: str
    """s, min, h or day."""
    start: int
    end: int
    loose: bool = False
    """Whether number and rhythm stand apart in the statement."""

    @property
    def per_second(self) -> float:
        """The volume as an average per second."""
        return self.number.value / SECONDS[self.per]


def rate_of(brief: Brief, number: Number) -> Rate | None:
    """The rate a number belongs to, if it is a count of requests, predictions or the like."""
    before = brief.before(number.start, 70)
    if re.search(r"[$€£]\s*$|\b(?:usd|eur|gbp|cad|us\$)\s*$|\bp$", before):
        return None
    if number.value <= 1 and re.search(r"\b(?:each|every)\b[^.;]{0,12}$", before):
        return None
    behind = brief.after(number.end, 75)
    for pattern in (_SHORT, _per(), _ADVERB):
        match = pattern.match(behind)
        if match is None:
            continue
        if pattern is _ADVERB and _FIGURE_NEXT.match(behind, match.end()):
            continue
        noun = match.groupdict().get("noun") or ""
        if _NO_VOLUME.search(noun) or behind[:1] == "%":
            return None
        if (
            pattern is not _SHORT
            and not noun.strip()
            and match.lastgroup in ("h", "day")
            and number.value < 10
        ):
            return None
        return Rate(number, match.lastgroup or "s", number.start, number.end + match.end())
    return (
        _shifts(brief, number)
        or _rhythm_ahead(brief, number, before, behind)
        or _spaced(brief, number, before)
        or _on_a_day(number, before, behind)
    )


def _shifts(brief: Brief, number: Number) -> Rate | None:
    """`600 questions a shift, three shifts a day`."""
    match = _SHIFT.match(brief.text, number.end)
    if match is None or _NO_VOLUME.search(match.group().rsplit(" ", 2)[0]):
        return None
    times = _SHIFTS_A_DAY.search(brief.text, match.end(), match.end() + 120)
    if times is None:
        return None
    count = times.group("count")
    value = number.value * (_COUNTS.get(count) or float(count))
    return Rate(replace(number, value=value), "day", number.start, times.end())


def _on_a_day(number: Number, before: str, behind: str) -> Rate | None:
    """`Busy day = 9,000 entries`."""
    head = _DAY_HEAD.search(before)
    if number.value < 2 or head is None or _OF_A_RATE.search(before[: head.start()]):
        return None
    noun = re.match(r"\s*(?:[a-z'-]+\s+){0,2}", behind)
    if _NO_VOLUME.search(noun.group() if noun else "") or (behind[:1] in "%:" and behind):
        return None
    return Rate(number, "day", number.start, number.end, loose=True)


def _spaced(brief: Brief, number: Number, before: str) -> Rate | None:
    """`a request every two seconds`."""
    # `each one sends a reading every ten seconds` is the rate of one of many.
    per_device = says(_EACH, brief.statement_at(number.start).text)
    if per_device or not _EVERY_SO_OFTEN.search(before) or number.value <= 0:
        return None
    unit = _unit().match(brief.text, number.end)
    if unit is None:
        return None
    return Rate(
        replace(number, value=1 / number.value), unit.lastgroup or "s", number.start, unit.end(), loose=True
    )


def _rhythm_ahead(brief: Brief, number: Number, before: str, behind: str) -> Rate | None:
    match = _AHEAD.search(before)
    if match is None or number.value < 2 or _GIVEN_AWAY.search(before[: match.end()]):
        return None
    if match.lastgroup in ("tps", "daily") and _VOLUME_HEAD.search(before):
        bare = re.match(r"\s*(?:[.,;)|\n]|$|at\b|peak)", behind)
        per = "s" if match.lastgroup == "tps" else "day"
        return Rate(number, per, number.start, number.end) if bare else None
    counted = _COUNTED_NEXT.match(behind)
    if counted is None and number.value >= _FEW and (says(_LOOKED_AT, before) or _PASSES.match(behind)):
        counted = None if _NO_VOLUME.match(behind.strip()) else _PLURAL_NEXT.match(behind)
    if counted is None:
        return None
    per = {"daily": "day"}.get(match.lastgroup or "day", match.lastgroup or "day")
    return Rate(number, per, number.start, number.end + counted.end(), loose=True)


def loose_daily(brief: Brief, number: Number) -> Rate | None:
    """A count in a statement that speaks of a daily or nightly run somewhere."""
    behind = brief.after(number.end, 60)
    counted = _COUNTED_NEXT.match(behind)
    if counted is None and number.value >= _SURELY_A_VOLUME and not _NO_VOLUME.match(behind.strip()):
        counted = None if _STOCK.search(brief.before(number.start, 25)) else _PLURAL_NEXT.match(behind)
    counted = counted or (_SCORED_NEXT.match(behind) if number.value >= _SURELY_A_VOLUME else None)
    if counted is None and number.value >= _FEW and _FOR_EACH.search(brief.before(number.start, 40)):
        counted = _PLURAL_NEXT.match(behind)
    counted = counted or (_OF_THEM.match(behind) if number.value >= _SURELY_A_VOLUME else None)
    if counted is None or number.value < _FEW or _NO_VOLUME.match(behind.strip()):
        return None
    if not says(_DAILY, brief.statement_at(number.start).text):
        return None
    return Rate(number, "day", number.start, number.end + counted.end(), loose=True)


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(rf"\s*{_units()}")


@cache
def _per() -> re.Pattern[str]:
    return re.compile(
        rf"{_NOUN}\s*(?:/\s*|\b(?:per|a|an|each|every|pro|je|por|par|al|a la|in an?|in one|in each|"
        rf"in the(?= day)|in the(?= hour)|"
        rf"in(?= (?:second|minute|hour)(?:[.,;:)\n]|$| and| but| so))|in any|in einer|en una?|im|in der|am|"
        rf"cada|every single|per single|chaque|on an? (?:\w+ )?(?=day))\s+)(?:one |single |given |"
        rf"normal |busy |ordinary |calendar |working |business |week|trading |school |average |typical |"
        rf"arbeits|werk|kalender|jour ouvre |peak |good |bad )?{_units()}"
    )


@cache
def _units() -> str:
    return (
        rf"(?:(?P<s>s|{unit_names('duration-second')}|{cues.words('duration.second')})"
        rf"|(?P<min>{unit_names('duration-minute')}|{cues.words('duration.minute')})"
        rf"|(?P<h>h|{unit_names('duration-hour')}|{cues.words('duration.hour')})"
        rf"|(?P<day>d|{unit_names('duration-day')}|{cues.words('rate.night')}))(?![a-z'])"
    )

"""Rhythms in words: nightly, on Mondays, every four hours, three times a day, whenever needed."""

import re
from dataclasses import dataclass

_WEEKDAY = (
    r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)days?|montags?|dienstags?|mittwochs?|"
    r"donnerstags?|freitags?|samstags?|sonntags?|"
    r"lunes|martes|miercoles|jueves|viernes|sabados?|domingos?|lundis?|mardis?|mercredis?|"
    r"jeudis?|vendredis?|samedis?|dimanches?"
)
_COUNT = (
    r"(?:\d+|two|three|four|five|six|eight|ten|twelve|zwei|drei|vier|sechs|acht|zwolf|dos|"
    r"tres|cuatro|seis|ocho|doce|deux|trois|quatre|huit|douze|few|couple of|paar|unos|pocas|"
    r"quelques)"
)

_TABLE: tuple[tuple[str, str], ...] = (
    (
        "on_demand",
        (
            r"on[- ]demand|ad[- ]?hoc|no (?:fixed |set |regular |particular )?(?:schedule|rhythm|"
            r"cadence|calendar)|when(?:ever)? (?:somebody|someone|"
            r"needed|necessary|we|required|the (?:data|performance|board|drift))|as needed|as and "
            r"when|manually|only when|only after|"
            r"bei bedarf|nach bedarf|kein(?:en)? fester? (?:rhythmus|zeitplan)|cuando (?:haga falta|"
            r"sea necesario)|bajo demanda|a la demande|au besoin|"
            r"si besoin|upon request|on request|when drift|(?:if|when|once|should) (?:the "
            r")?(?:accuracy|performance|quality|drift|metrics?) (?:\w+ )?(?:drops?|falls?|degrades?|"
            r"decreases?|appears|is)|event[- ]driven"
        ),
    ),
    (
        "continuous",
        (
            r"continuous\w*|constantly|permanently|online learning|incrementally|as events? (?:come|"
            r"arrive)|right away|after (?:each|every) [a-z]+|"
            r"from (?:each|every) (?:completed |new |single )?\w+ (?:right away|immediately|"
            r"instantly)|from (?:each|every) (?:completed|new|single) \w+|in real time|"
            r"kontinuierlich|laufend|standig|fortlaufend|continuamente|de forma continua|en continu|"
            r"continuellement"
        ),
    ),
    (
        "several_times_daily",
        (
            rf"every {_COUNT} hours|each {_COUNT} hours|{_COUNT} times (?:a|per|each|every) day|twice "
            rf"(?:a day|daily|per day)|{_COUNT}x (?:a |per )?(?:day|daily)|"
            rf"several times (?:a|per) day|many times (?:a|per) day|multiple times (?:a|per) day|alle "
            rf"{_COUNT} stunden|mehrmals (?:taglich|am tag)|zweimal (?:taglich|am tag)|"
            rf"cada {_COUNT} horas|varias veces al dia|{_COUNT} veces al dia|toutes les {_COUNT} "
            rf"heures|plusieurs fois par jour|{_COUNT} fois par jour|intraday|half[- ]daily|"
            rf"every half day"
        ),
    ),
    (
        "hourly",
        (
            r"hourly|(?:every|each|per|once an) hour|stundlich|jede stunde|cada hora|por hora|toutes "
            r"les heures|chaque heure|par heure"
        ),
    ),
    (
        "quarterly",
        (
            r"quarterly|(?:once )?(?:a|per|every|each) quarter|(?:every|each) (?:three|3) months?|four "
            r"times (?:a|per) year|quartalsweise|vierteljahrlich|"
            r"(?:einmal )?(?:pro|im|jedes) quartal|alle (?:drei|3) monate|trimestral\w*|cada (?:tres|"
            r"3) meses|cada trimestre|por trimestre|trimestriel\w*|"
            r"tous les (?:trois|3) mois|(?:par|chaque) trimestre"
        ),
    ),
    (
        "monthly",
        (
            r"monthly|(?:once )?(?:a|per|every|each) month|monatlich|(?:einmal )?(?:pro|im|jeden) "
            r"monat|mensual\w*|(?:una vez )?(?:al|cada|por) mes|"
            r"mensuel\w*|(?:une fois )?par mois|chaque mois|tous les mois|month[- ]end|every (?:four|"
            r"4) weeks|(?:on |at )?(?:the )?(?:first|1st|last) of (?:the|each|every) month"
        ),
    ),
    (
        "weekly",
        (
            rf"weekly|(?:once )?(?:a|per|every|each) week(?!end)|(?:on |every |each |am |jeden |los |"
            rf"cada |le |chaque |tous les )?(?:{_WEEKDAY})|wochentlich|(?:einmal )?(?:pro|in der|jede) "
            rf"woche|"
            r"semanal\w*|(?:una vez )?(?:a la|por|cada) semana|hebdomadaire\w*|(?:une fois )?par "
            r"semaine|chaque semaine|toutes les semaines|"
            r"every (?:seven|7) days|(?:every|each) weekend|at weekends|am wochenende"
        ),
    ),
    (
        "daily",
        (
            r"daily|nightly|(?:once )?(?:a|per|every|each) (?:day|night)|overnight|(?:every|each) "
            r"(?:morning|evening)|over night|at night|taglich|nachtlich|"
            r"(?:pro|jeden|einmal am) (?:tag|morgen|abend)|jede nacht|nachts|a diario|diari\w+|(?:una "
            r"vez )?(?:al|cada|por) dia|cada (?:noche|manana)|por la noche|por las noches|"
            r"quotidien\w*|(?:une fois )?par jour|chaque (?:jour|nuit|matin|soir)|tous les (?:jours|"
            r"soirs|matins)|toutes les nuits|every 24 hours|every (?:24|twenty-four) ?h(?:ours)?"
        ),
    ),
)
_PATTERNS = tuple((name, re.compile(rf"\b(?:{pattern})\b")) for name, pattern in _TABLE)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A rhythm and where it stands in the text that was searched."""

    name: str
    start: int
    end: int


def find_rhythms(text: str) -> list[Rhythm]:
    """All rhythms in order; where two overlap, the longer one."""
    found = [Rhythm(name, *match.span()) for name, pattern in _PATTERNS for match in pattern.finditer(text)]
    found.sort(key=lambda each: (each.start - each.end, each.start))
    kept: list[Rhythm] = []
    for each in found:
        if all(each.end <= other.start or each.start >= other.end for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda each: each.start)

"""Volumes per unit of time: `40 requests a minute`, `2k QPS`, `pro Tag 12.000 Dokumente`."""

import re
from dataclasses import dataclass

from libs.intake.brief import Brief
from libs.intake.numbers import Number
from libs.intake.searching import says

SECONDS = {"s": 1.0, "min": 60.0, "h": 3600.0, "day": 86_400.0}
_UNITS = (
    r"(?:(?P<s>s|secs?|seconds?|sekunde|segundo|seconde)|(?P<min>min|mins|minutes?|minuto)"
    r"|(?P<h>h|hr|hours?|stunde|hora|heure)|(?P<day>d|days?|nights?|tag|nacht|dia|noche|jour|nuit))\b"
)
_SHORT = re.compile(r"\s*(?:(?P<s>rps|qps|tps|reqs?/s(?:ec)?|eps|requests/s|hz)|(?P<min>rpm|qpm|tpm))\b")
_NOUN = r"(?P<noun>(?:[\s-]+(?!per\b|pro\b|por\b|par\b)[a-z'&+-]+){0,4}?)"
_PER = re.compile(
    rf"{_NOUN}\s*(?:/\s*|\b(?:per|a|an|each|every|pro|je|por|par|al|a la|in an?|in one|in each|"
    rf"in any|in einer|en una?|im|in der|am|"
    rf"cada|every single|per single|chaque|on an? (?:\w+ )?(?=day))\s+)(?:one |single |given |"
    rf"normal |busy |ordinary )?{_UNITS}"
)
_ADVERB = re.compile(
    rf"{_NOUN}\s+(?:(?P<day>daily|nightly|every night|every day|each night|each day|taglich|"
    rf"nachtlich|jede nacht|jeden tag|diari\w+|"
    r"al dia|cada noche|cada dia|quotidien\w*|chaque (?:jour|nuit)|overnight)|(?P<h>hourly|"
    r"every hour|each hour|stundlich))\b"
)
_AHEAD = re.compile(
    r"(?:\b(?:pro|per|je|every|each|jeden|jede|al|por|cada|par|chaque|a) (?P<day>tag|nacht|"
    r"day|night|dia|noche|jour|nuit)"
    r"|\b(?:pro|per|je|every|each|por|cada|par|chaque) (?P<h>stunde|hour|hora|heure)"
    r"|\b(?:pro|per|je|every|each|por|cada|par|chaque) (?P<min>minute|minuto)"
    r"|\b(?:pro|per|je|every|each|por|cada|par|chaque) (?P<s>sekunde|second|segundo|seconde)"
    r"|\b(?P<daily>daily|taglich|nightly|volume per day|daily volume)|\b(?P<tps>rps|qps|tps|"
    r"throughput))[^.;]{0,45}$"
)
_NO_VOLUME = re.compile(
    r"\b(?:gb|tb|mb|pb|kb|gib|tib|times?|hours?|minutes?|mins?|seconds?|days?|weeks?|months?|"
    r"eur|euros?|usd|gbp|dollars?|pounds?|cents?|percent|"
    r"per cent|mal|stunden|tage|veces|fois|horas|heures|jours|shifts?|deploys?|releases?|"
    r"runs?|meetings?|people work|engineers?|ms|"
    r"year|years|jahr|degrees|km|miles|kg|tons?|bytes|mbit|gbit|mbps|gbps|kwh|mw|cups?|grad|"
    r"francs|chf|cad|bucks)\b|[$€£%°]"
)
COUNTED = (
    r"(?:requests?|predictions?|forecasts?|documents?|docs|accounts?|customers?|clients?|"
    r"members?|messages?|e?-?mails?|images?|"
    r"photos?|pictures?|scans?|questions?|claims?|transactions?|payments?|orders?|records?|"
    r"rows|items?|appointments?|uploads?|"
    r"articles?|tickets?|calls?|events?|users?|subscribers?|policies|policyholders|bookings?|"
    r"searches|quer(?:y|ies)|invoices?|"
    r"contracts?|reviews?|comments?|posts?|listings?|products?|skus?|patients?|cases?|files?|"
    r"letters?|parcels?|shipments?|"
    r"packages?|readings?|sensors?|machines?|meters?|devices?|vehicles?|trips?|rides?|loans?|"
    r"applications?|applicants?|leads?|"
    r"sessions?|impressions?|ads|scores?|entities|households|students?|players?|stores?|"
    r"combinations?|pages?|tweets|reports?|"
    r"dokumente?|kunden|vertrage|rechnungen|belege|bilder|anfragen|schreiben|briefe|"
    r"vorhersagen|transaktionen|artikel|konten|"
    r"documentos|clientes|solicitudes|peticiones|imagenes|facturas|transacciones|pedidos|"
    r"mensajes|predicciones|cuentas|"
    r"demandes|requetes|clients|commandes|factures|photos|messages|predictions|comptes|"
    r"dossiers|courriers|articles)"
)
_COUNTED_NEXT = re.compile(rf"\s+(?:[a-z'-]+\s+){{0,2}}?{COUNTED}\b")

_PLURAL_NEXT = re.compile(r"\s+[a-z-]+(?<!s)s\b")
_SURELY_A_VOLUME = 500
_DAILY = re.compile(
    r"\b(?:nightly|every night|each night|per night|overnight|daily|every day|each day|every "
    r"morning|each morning|once a day|a day|"
    r"per day|every evening|nachtlich|jede nacht|taglich|jeden (?:tag|morgen)|cada (?:noche|"
    r"dia|manana)|diari\w+|"
    r"chaque (?:nuit|jour|matin)|toutes les nuits|tous les jours)\b"
)


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
    for pattern in (_SHORT, _PER, _ADVERB):
        match = pattern.match(behind)
        if match is None:
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
    return _rhythm_ahead(brief, number, before, behind)


def _rhythm_ahead(brief: Brief, number: Number, before: str, behind: str) -> Rate | None:
    match = _AHEAD.search(before)
    if match is None or number.value < 2:
        return None
    if match.lastgroup == "tps":
        bare = re.match(r"\s*(?:[.,;)|\n]|$|at\b|peak)", behind)
        return Rate(number, "s", number.start, number.end) if bare else None
    counted = _COUNTED_NEXT.match(behind)
    if counted is None:
        return None
    per = {"daily": "day"}.get(match.lastgroup or "day", match.lastgroup or "day")
    return Rate(number, per, number.start, number.end + counted.end(), loose=True)


def loose_daily(brief: Brief, number: Number) -> Rate | None:
    """A count in a statement that speaks of a daily or nightly run somewhere."""
    behind = brief.after(number.end, 60)
    counted = _COUNTED_NEXT.match(behind)
    if counted is None and number.value >= _SURELY_A_VOLUME and not _NO_VOLUME.match(behind.strip()):
        counted = _PLURAL_NEXT.match(behind)
    if counted is None or number.value < 20:
        return None
    if not says(_DAILY, brief.statement_at(number.start).text):
        return None
    return Rate(number, "day", number.start, number.end + counted.end(), loose=True)

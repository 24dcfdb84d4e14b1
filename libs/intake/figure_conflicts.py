"""Finds figures that cannot be met together: planned outages, minimum spend, backups and retention against targets."""

import re
from collections.abc import Mapping

from libs.intake import background, durations, roles
from libs.intake.brief import Brief, Statement
from libs.intake.models import Conflict, Constraint, FieldName, Quote
from libs.intake.money import money_of
from libs.intake.numbers import Number
from libs.intake.searching import expression
from libs.intake.vocabulary import cues

_HIGH = 99.0
_PLACE = (
    r"(?:(?:server|computer|machine|control|it)[ -]?rooms?|data ?cent\w+|servers?|machines?|sites?|"
    r"systems?|platform|"
    r"clusters?|everything|power|mains|network|building|plant|premises|serverraum\w*|rechner\w*|"
    r"rechenzentr\w*|anlagen?|"
    r"strom\w*|systeme?|technikraum\w*|salle\w*|serveurs?|courant|centre de donnees|sala|servidor\w*|"
    r"corriente|"
    r"macchine|impianto|energia|stroom)"
)
_OFF = (
    r"(?:(?:switch|turn|power|shut|tak|cut)\w*[ -]?(?:it |them )?(?:off|down|out)|(?:goes|go|going) (?:off|"
    r"down|dark)|"
    r"shut|(?:is|are|gets|being) cut|offline|unavailable|without (?:power|electricity)|powers down|"
    r"has no power|abgeschaltet|ausgeschaltet|"
    r"heruntergefahren|vom netz|eteinte?s?|coupee?s?|arretee?s?|apaga\w*|desconecta\w*|spent[aoie]\b|"
    r"desligad\w+|"
    r"uitgezet|uitgeschakeld)"
)
_EACH = (
    r"(?:each|every|nightly|at night|overnight|daily|weekly|monthly|from \d|between \d|on (?:sun|mon|tues|"
    r"wednes|thurs|"
    r"fri|satur)days|jede[nrsm]?|nachts|taglich|wochentlich|von \d|chaque|tou(?:te)?s les|la nuit|de \d|cada|"
    r"tod[oa]s l[oa]s|por la noche|ogni|di notte|toda\w*|elke|iedere|(?:a|per|pro) (?:day|week|month|tag|"
    r"woche|monat))"
)
_OUTAGE = expression(
    rf"\b{_PLACE}\b[^.;\n]{{0,60}}\b{_OFF}\b[^.;\n]{{0,60}}\b{_EACH}\b"
    rf"|\b{_PLACE}\b[^.;\n]{{0,60}}\b{_EACH}\b[^.;\n]{{0,60}}\b{_OFF}\b"
    rf"|\b{_EACH}\b[^.;\n]{{0,60}}\b{_PLACE}\b[^.;\n]{{0,40}}\b{_OFF}\b"
    rf"|\b(?:it|they|this|that|sie|es|elle|ell[oa]s?) (?:is|are|will be|gets?|wird|werden|est|sera|"
    rf"se) {_OFF}[^.;\n]{{0,40}}"
    rf"\b{_EACH}\b"
)
_A_PLACE = expression(rf"\b{_PLACE}\b")
_OFF_SWITCH = cues.pattern("conflict.switched_off")
_HARMLESS = expression(
    r"\b(?:old|legacy|previous|present|former|current|staging|test|dev\w*|second site takes|takes over|"
    r"other site|fail-?over|"
    r"standby|ersatzstandort|altes?|alte[rn]?|ancien\w*|viej\w+|antigu\w+|shop|office|lights?|lamps?|"
    r"heating|belts?|"
    r"train\w*|entren\w*|entrain\w*|addestr\w*|backups?|reports?|features?|may|can|could|kann|peut|puede)\b"
)
_NOT_SO = expression(
    r"\b(?:no|not|without|out of the question|ruled out|none|kein\w*|ohne|pas de|sans|sin|ningun\w*)\b"
)
_SECOND = expression(
    r"\b(?:second|other|fallback|back-?up|standby|fail-?over) (?:site|place|room|location|centre|center)\b"
)
_HOURS = expression(
    r"\b(?:opening|office|business|service|working) hours\b|\bservicezeit\w*|\bheures d'ouverture\b"
)
_CLOCK = expression(
    r"\b(\d{1,2})(?:[:.h](\d\d))?\s?(am|pm)?\s?(?:uhr\s?)?(?:to|until|till|and|-|–|bis|a|und|y|et|alle|"
    r"tot)\s?(?:las |les )?"
    r"(\d{1,2})(?:[:.h](\d\d))?\s?(am|pm)?\b"
)
_LENGTH = expression(r"\s*-?(hours?|hrs?|h|stunden?|heures?|horas?|ore|uur|minutes?|min|minuten)\b")
_WEEKLY = expression(
    r"\b(?:week\w*|(?:sun|mon|tues|wednes|thurs|fri|satur)days?|woche\w*|wochentlich|(?:mon|diens|donners|"
    r"frei|sams|sonn)tags?|mittwochs?|"
    r"semaine|lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?|dimanches?|semana\w*|lunes|martes|"
    r"miercoles|jueves|"
    r"viernes|sabados?|domingos?|settimana|domenica|sabato|zaterdag|zondag)\b"
)
_MONTHLY = expression(r"\b(?:month\w*|monat\w*|mois|mes|mese|maand)\b")
_YEARLY = expression(r"\b(?:year\w*|annual\w*|jahr\w*|an|annee|ano|anno|jaar)\b")
_FLOOR = expression(
    r"\b(?:minimum (?:spend|charge|fee|commit\w*|consumption|order)|spend(?:ing)? commitment|"
    r"committed (?:spend|to spend)|"
    r"commit(?:ment)?(?: of)?|(?:at least|no less than|not less than|not below|never below|minimum of)|"
    r"mindestens|"
    r"mindest(?:umsatz|abnahme|verbrauch)|au moins|minimum (?:de|garanti)|al menos|como minimo|"
    r"consumo minimo|"
    r"almeno|minimo|minstens|pelo menos|no minimo)\b"
)
_SPENDING = expression(
    r"\b(?:spend\w*|cost\w*|charge\w*|bill\w*|amount\w*|fee|commit\w*|consum\w*|kosten|ausgeb\w*|ausgab\w*|"
    r"umsatz|abnahme|depens\w*|"
    r"coute\w*|factur\w*|gast\w*|spesa|spendere|besteden|uitgeven|pay|paid|invoice\w*)\b"
)
_BACKUP = expression(
    r"\b(?:backups?|backed up|snapshots?|sicherung\w*|sauvegard\w*|copias? de seguridad|respaldo\w*|"
    r"replicat\w*)\b"
)
_BACKUP_RHYTHM = (
    (
        expression(
            r"\b(?:once a|each|every|per) (?:night|day|evening)\b|\b(?:nightly|daily|nachts|taglich)\b|"
            r"\bchaque nuit\b|\bcada noche\b"
        ),
        1440.0,
    ),
    (
        expression(
            r"\b(?:once a|each|every|per) week\b|\b(?:weekly|wochentlich)\b|\bchaque semaine\b|\bcada semana\b"
        ),
        10080.0,
    ),
)
_ONLY_BACKUP = expression(
    r"\b(?:only|just|no(?:thing)? (?:more|else|other)|nur|solo|seulement|uniquement|not? more|cannot|can't)\b"
)
_HISTORY = expression(
    r"\b(?:re)?train\w*\b[^.;\n]{0,40}\b(?:on|from|over|with|using)\b[^.;\n]{0,15}\b(?:last|past|"
    r"previous)\s+$"
)
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_AT_MOST = expression(
    r"\b(?:no longer than|not longer than|at most|at the latest|after|max\w*|within|not kept|deleted|erased)\b"
)
_HOURS_IN = {"day": 24.0, "week": 168.0, "month": 730.0, "year": 8760.0}


def between(brief: Brief, found: Mapping[FieldName, Constraint]) -> list[Conflict]:
    """Every pair of figures of which one makes the other impossible."""
    checks = (
        _planned_outage(brief, found),
        _spending_floor(brief, found),
        _rare_backups(brief, found),
        _history_erased(brief, found),
    )
    return [conflict for conflict in checks if conflict is not None]


def _planned_outage(brief: Brief, found: Mapping[FieldName, Constraint]) -> Conflict | None:
    availability = found.get("availability_pct")
    if availability is None or availability.value < _HIGH or _HOURS.search(brief.text):
        return None
    allowed = 1 - availability.value / 100
    for match in sorted(
        [*_OUTAGE.finditer(brief.text), *_OFF_SWITCH.finditer(brief.text)], key=lambda m: m.start()
    ):
        statement = brief.statement_at(match.start())
        text = brief.text[statement.start : max(statement.end, match.end())]
        before = brief.previous(statement)
        if not _A_PLACE.search(text) and not (before and _A_PLACE.search(before.text)):
            continue
        if _told_of_others(brief, statement) or roles.is_minor_system(brief, match.end()):
            continue
        if _HARMLESS.search(_SECOND.sub("", text)) and not _nothing_else(text):
            continue
        share = _share_lost(brief, statement)
        if share is not None and share <= allowed:
            continue
        return Conflict(
            code="intake.availability_against_shutdown",
            fields=("availability_pct",),
            message=f"{availability.value:g} % cannot be met while the place it runs in is switched off regularly.",
            quotes=(*_quotes(availability), brief.quote(*match.span())),
        )
    return None


def _nothing_else(text: str) -> bool:
    """`a second site is out of the question` makes the outage count."""
    return bool(_SECOND.search(text)) and bool(_NOT_SO.search(text))


def _share_lost(brief: Brief, statement: Statement) -> float | None:
    """Which part of the time it is off; None where the length is not told."""
    text = statement.text
    period = (
        "week"
        if _WEEKLY.search(text)
        else "month"
        if _MONTHLY.search(text)
        else "year"
        if _YEARLY.search(text)
        else "day"
    )
    clock = _CLOCK.search(text)
    if clock is not None:
        first, last = _hour(clock, 1), _hour(clock, 4)
        return ((last - first) % 24 or 24.0) / _HOURS_IN[period]
    for number in brief.numbers:
        unit = (
            _LENGTH.match(brief.text, number.end) if statement.start <= number.start < statement.end else None
        )
        if unit is not None:
            return number.value / (60.0 if unit.group(1).startswith("min") else 1.0) / _HOURS_IN[period]
    return None


def _hour(clock: re.Match[str], group: int) -> float:
    hour = int(clock.group(group)) + int(clock.group(group + 1) or 0) / 60
    return hour + 12 if clock.group(group + 2) == "pm" and hour < 12 else hour


def _spending_floor(brief: Brief, found: Mapping[FieldName, Constraint]) -> Conflict | None:
    budget = found.get("budget_usd_month")
    if budget is None:
        return None
    for match in _FLOOR.finditer(brief.text):
        statement = brief.statement_at(match.start())
        if _told_of_others(brief, statement) or not _SPENDING.search(statement.text):
            continue
        number = next((n for n in brief.numbers_from(match.end()) if n.start - match.end() <= 60), None)
        if number is None or number.start >= statement.end:
            continue
        floor = _monthly(brief, number)
        if floor is not None and floor > 1.05 * budget.value:
            return Conflict(
                code="intake.minimum_spend_above_budget",
                fields=("budget_usd_month",),
                message=f"At least {floor:,.0f} USD a month are to be spent, and at most {budget.value:,.0f}.",
                quotes=(*_quotes(budget), brief.quote(match.start(), number.end)),
            )
    return None


def _monthly(brief: Brief, number: Number) -> float | None:
    money = money_of(brief, number)
    return None if money is None or money.currency is None or money.period is None else money.usd_per_month()


def _rare_backups(brief: Brief, found: Mapping[FieldName, Constraint]) -> Conflict | None:
    rpo = found.get("rpo_minutes")
    if rpo is None:
        return None
    for match in _BACKUP.finditer(brief.text):
        statement = brief.statement_at(match.start())
        if _told_of_others(brief, statement) or not _ONLY_BACKUP.search(statement.text):
            continue
        for rhythm, minutes in _BACKUP_RHYTHM:
            if rhythm.search(statement.text) and minutes > rpo.value:
                return Conflict(
                    code="intake.backups_rarer_than_rpo",
                    fields=("rpo_minutes",),
                    message=f"Data of {durations.told(rpo.value, 'minute')} may be lost, backups come every "
                    f"{durations.told(minutes / 60, 'hour')}.",
                    quotes=(*_quotes(rpo), brief.quote(statement.start, statement.end)),
                )
    return None


def _history_erased(brief: Brief, found: Mapping[FieldName, Constraint]) -> Conflict | None:
    retention = found.get("retention_days")
    if retention is None or retention.quote is None:
        return None
    kept = brief.statement_at(brief.folded_offset(retention.quote.start))
    if not _AT_MOST.search(kept.text):
        return None
    for number in brief.numbers:
        unit = re.match(r"\s*(day|week|month|year)s?\b", brief.after(number.end, 12))
        if unit is None or not _HISTORY.search(brief.before(number.start, 90)):
            continue
        if number.value * _DAYS[unit.group(1)] > 1.5 * retention.value:
            return Conflict(
                code="intake.history_erased_before_training",
                fields=("retention_days",),
                message=f"Training looks further back than the {durations.told(retention.value, 'day')} for which "
                "data may be kept.",
                quotes=(*_quotes(retention), brief.quote(number.start, number.end + unit.end())),
            )
    return None


def _told_of_others(brief: Brief, statement: Statement) -> bool:
    return (
        background.is_about_others(statement)
        or background.is_open(statement)
        or background.is_question(statement)
        or background.is_headed_background(brief, statement)
    )


def _quotes(constraint: Constraint) -> tuple[Quote, ...]:
    return (constraint.quote,) if constraint.quote else ()

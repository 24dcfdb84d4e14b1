"""Reads kinds of work out of plain words for when results come: night runs, results due by an hour, `mode: batch`."""

import re
from collections.abc import Iterator

from libs.intake import background, clauses, negation
from libs.intake.brief import Brief, Statement
from libs.intake.rules import training_cues
from libs.intake.rules.workload_use import NEGATIVE_LIVE, Seen
from libs.intake.searching import expression

_MODE = expression(
    r"(?<![a-z])(?:mode|serving|inference|workloads?|type|scoring|processing|predictions?|betrieb|modus|"
    r"modo|operation|delivery)"
    r"(?:[_ ](?:mode|type|kind))?[\"'`*]*\s*[:=|]\s*[\[\"'`*]*(?P<online>on-?line|real[- ]?time|"
    r"synchronous|live|api|rest|echtzeit|"
    r"interactive)?(?P<batch>batch\w*|off-?line|nightly|bulk)?(?P<stream>stream\w*)?(?![a-z])"
)
_NIGHT = (
    r"(?:(?:every|each|per|a|pro|jede|je|par|chaque|por|cada|al|a la|ogni|per|di|por|toda|elke|per|iedere) "
    r"(?:single )?(?:night|nacht|nuit|noche|notte|noite|evening|abend|soir|sera)|nightly|overnight|"
    r"over night|"
    r"while (?:they|everybody|everyone|people|we|the \w+) sleeps?|during the night|in the small hours|"
    r"nachts|de noche|"
    r"la nuit|toutes les nuits|todas las noches|tous les soirs|tutte le notti|nachtelijks)"
)
_WORKED_OUT = expression(
    r"\b(?:comput\w+|calculat\w+|work\w* out|go(?:es)? (?:over|through)|run[s]?|ran|process\w*|"
    r"transcri\w+|classif\w+|"
    r"sort\w*|mark\w*|flag\w*|pick\w*|rank\w*|score[sd]?|scoring|predict\w*|forecast\w*|check\w*|"
    r"match\w*|translat\w+|"
    r"estimat\w+|refresh\w*|list\w*|figures?|numbers?|examin\w+|screen(?:ed|s)?|read|tag\w*|grad\w+|"
    r"produce\w*|decide\w*|"
    r"berechn\w+|rechne\w*|prognose\w*|vorhersag\w+|bewert\w+|pruf\w+|durchgeh\w*|sortier\w*|"
    r"klassifizier\w*|markier\w*|"
    r"previsions?|calcul\w+|note[rsz]?|notee?s|classe\w*|tri\w*|repere\w*|marqu\w+|transcri\w+|"
    r"passe\w* en revue|"
    r"predic\w+|pronostic\w+|marque\w*|clasifi\w+|puntu\w+|revis\w+|calcol\w+|previs\w+|classific\w+|"
    r"segnal\w*|stim\w+|"
    r"bereken\w*|voorspel\w*|beoordeel\w*)\b"
)
_NIGHTLY = expression(rf"(?<![a-z]){_NIGHT}(?![a-z])")
_COUNTED_NIGHTLY = expression(rf"\d[^.;:!?\n]{{0,40}}?(?<![a-z]){_NIGHT}(?![a-z])")
_NO_RUN = expression(
    r"\b(?:backups?|dump\w*|maintenance|patch\w*|closed?|sleeps in|guests?|hotels?|room|bookings?|"
    r"stays?|visitors?|party|shifts?|"
    r"release[sd]?|switched (?:off|down)|shut (?:off|down)|availab\w*|uptime|downtime|down|peaks?|"
    r"traffic|per night|"
    r"exports?|import\w*|delivered to us|lands?|arrives?|sync\w*|uploads?|comes in|reload\w*|index\w*|"
    r"archiv\w+|retention)\b"
)
_MONEY = expression(r"\b(?:budget|usd|eur|price)\b|[$€£]")
"""Beside a night in its own clause: a price of the night, no run in it."""
_OTHER_RUNS = expression(
    r"\b(?:backups?|dumps?|maintenance|patch(?:es|ing)?|guests?|overnight stays|visitors?|sicherung\w*|"
    r"wartung|gaste|sauvegardes?|"
    r"clients de l'hotel|huespedes|copias? de seguridad)\b"
)
_PREDICTIONS = expression(
    r"\b(?:scor\w+|predict\w*|forecast\w*|classif\w+|rank\w*|estimat\w+|prognos\w*|vorhersag\w*|"
    r"bewert\w*|previ\w+|predic\w+|"
    r"pronostic\w*|recommend\w*|probab\w+|risk\w*)\b"
)
_TOGETHER = expression(
    r"\b(?:(?:scored|classified|graded|processed|predicted|rated|ranked|evaluated|judged|sorted|tagged|"
    r"checked) "
    r"(?:all )?(?:together|in one (?:go|sweep|pass)|at once|en bloc|en masse|(?:just |only |"
    r"exactly )?once(?! (?:a|an|per|the|it|they|every|each))|as a (?:whole|batch|set))|"
    r"(?:refreshed|recomputed|rebuilt|"
    r"renewed|updated|computed) (?:over|at|on|during) (?:the |every |each )?weekends?|(?:alle|"
    r"alles) (?:zusammen|auf einmal) "
    r"(?:bewertet|berechnet|klassifiziert)|(?:tous|toutes) (?:ensemble|d'un coup)|en bloque|"
    r"tutti insieme|in einem rutsch|"
    r"in one sweep|the whole (?:lot|catalogue|stock|population|customer base|fleet) (?:is |gets |"
    r"at once ?)?(?:scored|rated|run|done)?)\b"
)
_HOUR = (
    r"(?:at|by|before|until|um|bis|vor|a|avant|pour|a las|antes de las|alle|entro le|prima delle|as|"
    r"ate as|om|voor|around|gegen|vers)"
    r" (?:noon|midnight|dawn|breakfast|lunch(?:time)?|mittag|midi|mediodia|mitternacht|minuit|"
    r"medianoche|mezzogiorno|sunrise|"
    r"(?:\d{1,2}(?:[:.h]\d\d)?|one|two|three|four|five|six|seven|eight|nine|ten|drei|vier|funf|sechs|"
    r"sieben|acht|cinq|sept|huit|seis|"
    r"siete|ocho|sei|sette|otto)(?: ?(?:am|a\.m\.|pm|uhr|h|o'?clock|heures|horas|in the morning|"
    r"in the evening|de la manana|du matin|"
    r"del mattino|morgens|fruh))?)(?![\w%.:]*\d)(?! ?(?:%|ms|seconds?|minutes?|gb|usd|eur|k\b|people|"
    r"percent))"
)
_DELIVERED = (
    r"(?:go(?:es)? (?:out )?to|goes out|reach(?:es)?|gehen (?:an|raus)|lands? in|printed|mailed|"
    r"e-?mailed|sent|delivered|handed|posted|published|dropped|uploaded|loaded|ready|finished|done|"
    r"on (?:the|their|my|his|"
    r"her|our) (?:desks?|screens?|tables?|phones?)|on the port managers' screens|there|in (?:their|the|"
    r"my|our) (?:inbox|mailbox|folder|"
    r"warehouse|file|sheet)|gedruckt|fertig|vorliegen|verschickt|geschickt|bereit(?:liegen|stehen)?|"
    r"auf dem tisch|pret[es]*|imprime\w*|"
    r"envoye\w*|livre\w*|disponibles?|list[oa]s?|impres[oa]s?|enviad[oa]s?|entregad[oa]s?|pront[oaie]|"
    r"stampat[oaie]|inviat[oaie]|"
    r"spedit[oaie]|impress[oa]s?|klaar|verstuurd|geprint|excel(?: sheet| file)?|spreadsheet|csv|lists?|"
    r"liste|lista|lijst)"
)
_DUE = expression(
    rf"(?<![a-z]){_DELIVERED}(?![a-z])[^.;!?\n]{{0,40}}?(?<![a-z]){_HOUR}(?![a-z])"
    rf"|(?<![a-z]){_HOUR}(?![a-z])[^.;!?\n]{{0,50}}?(?<![a-z]){_DELIVERED}(?![a-z])"
)
_NO_SERVING = expression(
    r"\b(?:(?:what not|not included|out of scope|no|without)\s*:? (?:model )?(?:serving|inference|"
    r"endpoints?|deployment)|"
    r"nothing (?:is|gets|will be|leaves|is to be) (?:served|deployed|the sandbox)|there (?:is|are|"
    r"will be) no endpoints?|"
    r"(?:serving|inference|deployment) (?:is )?(?:out of scope|not (?:needed|in scope|wanted|part))|"
    r"es wird nichts (?:ausgeliefert|bereitgestellt)|rien n'est (?:deploye|servi)|no se (?:despliega|"
    r"sirve) nada)\b"
)
_NOT_DUE = expression(
    r"\b(?:orders?|goods|parcels?|meeting|call|train(?:s|ed|ing)?|shops? (?:open|close)|open[s]? at|"
    r"close[sd]? at)\b"
)


def is_another_run(text: str) -> bool:
    """Whether what happens to a rhythm here is no scoring: backups, guests a night."""
    return bool(_OTHER_RUNS.search(text)) and not _PREDICTIONS.search(text)


def timed(brief: Brief, statement: Statement) -> Iterator[Seen]:
    """Kinds of work that a statement sets by a mode, a night run or an hour at which results are due."""
    text = statement.text
    for match in _MODE.finditer(text):
        for group, workload in (
            ("online", "online_inference"),
            ("batch", "batch_inference"),
            ("stream", "streaming_inference"),
        ):
            if match[group]:
                yield _seen(statement, match, workload)
    if background.is_background(brief, statement) and not background.has_target(text):
        return
    if training_cues.training_spans(text):
        return
    together = _TOGETHER.search(text)
    if together and not negation.is_negated(brief, statement.start, statement.start + together.start()):
        yield _seen(statement, together, "batch_inference")
    night = _NIGHTLY.search(text)
    priced = night and _MONEY.search(clauses.around(text, night.span(), len(text)))
    if (
        night
        and not priced
        and not _NO_RUN.search(text)
        and (_WORKED_OUT.search(text) or _COUNTED_NIGHTLY.search(text))
    ):
        at = statement.start + night.start()
        if not negation.is_negated(brief, at, statement.start + night.end()):
            yield _seen(statement, night, "batch_inference")


def serves_nothing(brief: Brief) -> bool:
    """Whether models are only trained and tried out here."""
    return bool(_NO_SERVING.search(brief.text))


def due(brief: Brief) -> Seen | None:
    """An hour at which results have to be there, where nothing else tells how they are used."""
    for statement in brief.statements:
        if background.is_background(brief, statement) or training_cues.training_spans(statement.text):
            continue
        match = _DUE.search(statement.text)
        if match and not _NOT_DUE.search(statement.text) and not NEGATIVE_LIVE.search(match.group()):
            seen = _seen(statement, match, "batch_inference")
            return Seen("batch_inference", seen.start, seen.end, True, "Results are due at an hour.")
    return None


def _seen(statement: Statement, match: re.Match[str], workload: str) -> Seen:
    return Seen(workload, statement.start + match.start(), statement.start + match.end())

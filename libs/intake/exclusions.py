"""Demands that exclude each other by their nature: two providers that must be, a closed network and a hosted model."""

import re
from collections.abc import Mapping

from libs.intake import background, negation, roles
from libs.intake.brief import Brief
from libs.intake.models import Conflict, Constraint, FieldName, Quote
from libs.intake.searching import expression

_FASTEST_PERSON_MS = 60_000.0
_CLOUDS = {
    "aws": re.compile(r"\b(?:aws|amazon web services)\b"),
    "gcp": re.compile(r"\b(?:gcp|google cloud)\b"),
    "azure": re.compile(r"\bazure\b"),
}
_HARD = expression(
    r"\b(?:must|only|has to|have to|needs to be|mandatory|exclusively|forbids?|prohibits?|nothing else|"
    r"no other|compulsory|"
    r"muss|mussen|ausschliesslich|nur|zwingend|vorgeschrieben|doit|obligatoire\w*|exclusivement|uniquement|"
    r"interdit|"
    r"debe|obligatori\w+|exclusivamente|unicamente|prohibe|deve|esclusivamente|moet|uitsluitend|verplicht)\b"
)
_CHOICE = expression(
    r"\b(?:or|oder|ou|either|o|proposals?|options?|variants?|alternatives?|scenarios?|vorschlag\w*|"
    r"variante\w*|"
    r"propuestas?|opcion\w*|propositions?)\b"
)
_RELEASED = (
    r"(?:approved?|released?|sign(?:ed)? off|confirm(?:ed)?|authori[sz]ed?|freigegeben|genehmigt|bestatigt|"
    r"valide\w*|approuve\w*|aprobad\w+|validad\w+|autorizad\w+|approvat\w+|convalidat\w+|aprovad\w+|"
    r"goedgekeurd|"
    r"vrijgegeven)"
)
_LOOKED_AT = (
    r"(?:read|reviewed|checked|seen|gepruft|gelesen|gegengelesen|relue?s?|verifie\w*|revisad\w+|leid\w+|"
    r"verificat\w+)"
)
_SOMEBODY = (
    r"(?:by|von|par|por|da|door) (?:(?:an?|the|our|one|two|einem|einer|un|une|una|eine|um|uma|een|zwei|"
    r"deux|dos) )?"
    r"[a-z-]+"
)
_SOME_ONLY = (
    r"(?:flagged|suspicious|suspected|rejected|blocked|doubtful|such|alert|alarm|case|complaint|new model|"
    r"model|release)"
)
_PERSON = expression(
    rf"\b(?:each|every|all|jede[rns]?|alle|chaque|toute?s?|cada|tod[oa]s|ogni|"
    rf"elke)\b(?! {_SOME_ONLY})[^.;\n]{{0,40}}\b"
    rf"{_RELEASED} (?:\w+ ){{0,3}}?{_SOMEBODY}"
    rf"|\b(?:jede[rns]?|alle|elke)\b(?! {_SOME_ONLY})[^.;\n]{{0,30}}\b(?:wird|werden|wordt|"
    rf"worden) {_SOMEBODY}(?: \w+){{0,2}} "
    rf"(?:{_RELEASED}|{_LOOKED_AT})"
    rf"|\b(?:each|every|all|jede[rns]?|alle|chaque|toute?s?|cada|tod[oa]s|ogni|"
    rf"elke)\b(?! {_SOME_ONLY})[^.;\n]{{0,40}}\b"
    rf"(?:{_LOOKED_AT}|{_RELEASED})(?: \w+){{0,2}} {_SOMEBODY}[^.;\n]{{0,30}}\b(?:before|bevor|avant|antes|"
    rf"prima|voordat)\b"
    rf"|\b(?:nothing|no \w+|nichts|kein\w* \w+|rien|nada|niente) [^.;\n]{{0,40}}\b(?:before|until|unless|"
    rf"without|bevor|ohne|"
    rf"avant|sans|sin|hasta|senza)\b[^.;\n]{{0,40}}\b(?:person|human|editor|clerk|doctor|nurse|officer|"
    rf"colleague|"
    r"lawyer|physician|manager|mensch|arzt|redakteur\w*|sachbearbeiter\w*|humain|medecin|redacteur|persona|"
    r"medico|"
    r"redactor|editor)\b"
)
_AFTERWARDS = expression(
    r"\b(?:later|afterwards|after the fact|the next day|within (?:a|two|\d) (?:days?|weeks?)|"
    r"takes an? (?:day|hour|week)|"
    r"spater|nachtraglich|hinterher|plus tard|apres coup|despues|mas tarde|dopo|later|achteraf|as (?:today|"
    r"now|before)|"
    r"your concern)\b"
)
"""What is looked at afterwards, or is somebody else's work, holds nothing up."""
_FROZEN = expression(
    r"\bmodels?\b[^.;\n]{0,40}\b(?:must not|may not|must never|may never|cannot|can't|shall not|"
    r"is not allowed to|"
    r"are not allowed to)(?: ever)?(?: be)? (?:re-?trained|changed|updated|altered|modified|touched)\b"
    r"|\b(?:\w*training|re-?training|fine-?tuning)\b[^.;,\n]{0,30}\b(?:forbidden|prohibited|banned|"
    r"not allowed|not permitted|"
    r"untersagt|verboten|nicht (?:erlaubt|zulassig)|interdit|prohibido|vietato|proibido|verboden)\b"
    r"|\bmodell?\w*\b[^.;\n]{0,40}\b(?:darf|durfen)\b[^.;\n]{0,20}\bnicht (?:\w+ )?(?:verandert|geandert|"
    r"neu trainiert|nachtrainiert)"
    r"|\bmodele\b[^.;\n]{0,30}\bne (?:doit|peut) (?:pas|jamais|plus) etre (?:modifie|reentraine)"
    r"|\bmodelo\b[^.;\n]{0,30}\bno (?:debe|puede) (?:modificarse|reentrenarse|cambiar)"
)
_CLOSED = expression(
    r"\bair-?\s?gapped\b|\b(?:no|without(?: any)?|zero) (?:way out|(?:internet|outbound|"
    r"external)(?: network)?) ?(?:connection|access|"
    r"traffic|link|to the internet|connectivity)?\b(?! of things)|\bno connection to the (?:internet|"
    r"outside)|"
    r"\b(?:vom internet getrennt|ohne internet\w*|kein\w* internet\w*)|\bsans (?:acces|"
    r"connexion) (?:a )?(?:l')?internet|"
    r"\bsin (?:acceso|conexion) a internet|\bsenza (?:accesso|connessione) a internet|\bzonder internet\w*|"
    r"\bsem (?:acesso|conexao) a internet"
)
_PRIVATE_DOOR = expression(r"\b(?:vpcs?|vnets?|private ?links?|vpc endpoints?|private endpoints?)\b")
_ONE_ROOM = expression(
    r"\s*(?:in|on|at|inside) (?:the |our |most |some |many )?(?!(?:building|network|data ?cent\w+|plant|"
    r"site|premises|"
    r"zone|system|whole|enclave|environment|facility|lab)\b)[a-z]+"
)
"""Where people sit without the net; the machines may still have it."""
_HOSTED_MODEL = expression(
    r"\b(?:bedrock|openai|azure openai|gpt-?\d[\w.]*|chatgpt|claude(?: \w+)?|gemini(?: \w+)?|mistral api|"
    r"anthropic|"
    r"vertex ai)\b(?! (?:is|are) not)"
)
_LIVE_EXCLUDED = expression(
    r"\bnothing (?:is|gets|may be|will be) (?:\w+ )?(?:processed|scored|checked|computed|calculated|"
    r"run)\b[^.;\n]{0,30}\b"
    r"(?:while|during|before|by day|in the daytime|outside|live)\b"
    r"|\ball (?:\w+ ){1,3}(?:is|are) collected and (?:\w+ed) (?:in|by) (?:one|a single) (?:\w+ )?run\b"
    r"|\b(?:batch|nightly|overnight) (?:runs? |jobs? |processing )?only\b|\bonly (?:a |one |in |as |"
    r"by )?(?:\w+ )?(?:nightly|overnight|batch)\b"
    r"|\bno (?:live|online|real-?time) (?:\w+ )?(?:permitted|allowed|calls?|requests?|answers?|scoring|"
    r"service|endpoint|processing)\b"
    r"|\b(?:nur|ausschliesslich) (?:nachts|uber nacht|im batch|im stapel)\w*\b|\b(?:uniquement|"
    r"seulement) (?:la nuit|par lots)\b"
    r"|\b(?:solo|unicamente|exclusivamente) (?:de noche|por la noche|por lotes|di notte|em lotes)\b"
)
_NOT_FOR_SERVING = expression(r"\b(?:train\w*|entren\w*|entrain\w*|addestr\w*|backups?|reports?|features?)\b")
_SHOWN = expression(
    r"\b(?:report|dashboard|list|table|page|screen|results?|scores?|lookup|bericht|liste|tabelle|seite|"
    r"rapport|liste|tableau|"
    r"page|informe|lista|tabla|pagina)\b[^.;\n]{0,40}\b(?:open|load|show|shown|display|appear|answer|come|"
    r"retriev|look|offnet|"
    r"ladt|erscheint|ouvre|affich|abre|muestra|carga)\w*"
)
_RPS_PER_DOLLAR = 50.0
_LARGE_MODEL_B = 30.0
_LARGE_MODEL_USD = 1500.0
_NINES_USD = ((99.999, 1500.0), (99.99, 300.0))


def between(brief: Brief, found: Mapping[FieldName, Constraint]) -> list[Conflict]:
    """Every pair of demands that exclude each other."""
    checks = (
        _two_clouds(brief),
        _person_in_the_way(brief, found),
        _training_forbidden(brief, found),
        _closed_network(brief),
        _live_excluded(brief, found),
        _beyond_budget(found),
    )
    return [conflict for conflict in checks if conflict is not None]


def _two_clouds(brief: Brief) -> Conflict | None:
    spans: dict[str, tuple[int, int]] = {}
    for cloud, pattern in _CLOUDS.items():
        for match in pattern.finditer(brief.text):
            statement = brief.statement_at(match.start())
            if (
                _HARD.search(statement.text)
                and not _CHOICE.search(statement.text)
                and sum(bool(each.search(statement.text)) for each in _CLOUDS.values()) == 1
                and not negation.is_negated(brief, *match.span())
                and not roles.is_turned_down(brief, *match.span())
                and not roles.distance_from_writer(brief, match.start())
                and not _skipped(brief, match.start())
            ):
                spans.setdefault(cloud, match.span())
    if len(spans) < 2:
        return None
    (first, one), (second, other) = list(spans.items())[:2]
    return Conflict(
        code="intake.two_clouds",
        fields=("cloud",),
        message=f"Both {first.upper()} and {second.upper()} are said to be the only choice; say which one holds.",
        quotes=(brief.quote(*one), brief.quote(*other)),
    )


def _person_in_the_way(brief: Brief, found: Mapping[FieldName, Constraint]) -> Conflict | None:
    latency = found.get("latency_ms_p95")
    person = _standing(brief, _PERSON)
    if latency is None or person is None or latency.value > _FASTEST_PERSON_MS:
        return None
    if _AFTERWARDS.search(brief.statement_at(person.start()).text):
        return None
    return Conflict(
        code="intake.person_slower_than_target",
        fields=("latency_ms_p95",),
        message=f"A person looks at every answer before it goes out; that cannot happen within {latency.value:g} ms.",
        quotes=(*_quotes(latency), brief.quote(*person.span())),
    )


def _training_forbidden(brief: Brief, found: Mapping[FieldName, Constraint]) -> Conflict | None:
    rhythm, ban = found.get("training_frequency"), _standing(brief, _FROZEN)
    if rhythm is None or ban is None:
        return None
    return Conflict(
        code="intake.training_wanted_and_forbidden",
        fields=("training_frequency",),
        message=f"Training is asked for ({str(rhythm.value).replace('_', ' ')}) and forbidden; say which one holds.",
        quotes=(*_quotes(rhythm), brief.quote(*ban.span())),
    )


def _closed_network(brief: Brief) -> Conflict | None:
    closed = _standing(brief, _CLOSED)
    if closed is None or _ONE_ROOM.match(brief.text, closed.end()):
        return None
    for match in _HOSTED_MODEL.finditer(brief.text):
        if negation.is_negated(brief, *match.span()) or _skipped(brief, match.start()):
            continue
        if _PRIVATE_DOOR.search(brief.text):
            continue
        return Conflict(
            code="intake.closed_network_and_hosted_model",
            fields=("llm_hosting",),
            message="There is no way out of the network, and a service outside of it is to be used.",
            quotes=(brief.quote(*closed.span()), brief.quote(*match.span())),
        )
    return None


def _live_excluded(brief: Brief, found: Mapping[FieldName, Constraint]) -> Conflict | None:
    latency, ban = found.get("latency_ms_p95"), _standing(brief, _LIVE_EXCLUDED)
    if latency is None or ban is None or latency.value > _FASTEST_PERSON_MS:
        return None
    if _NOT_FOR_SERVING.search(brief.statement_at(ban.start()).text) or shows_results(brief, latency):
        return None
    return Conflict(
        code="intake.batch_only_and_live",
        fields=("workloads", "latency_ms_p95"),
        message=f"Answers are wanted within {latency.value:g} ms, and only runs over everything are allowed.",
        quotes=(*_quotes(latency), brief.quote(*ban.span())),
    )


def shows_results(brief: Brief, latency: Constraint) -> bool:
    """Whether the answer time is that of a page which shows what was computed before."""
    if latency.quote is None:
        return False
    statement = brief.statement_at(brief.folded_offset(latency.quote.start))
    return bool(_SHOWN.search(statement.text))


def _beyond_budget(found: Mapping[FieldName, Constraint]) -> Conflict | None:
    """A load, a model or an availability that costs more anywhere than the limit allows."""
    budget = found.get("budget_usd_month")
    if budget is None:
        return None
    rate, nines = found.get("throughput_rps"), found.get("availability_pct")
    size, hosting = found.get("model_parameters_b"), found.get("llm_hosting")
    if rate is not None and rate.value > _RPS_PER_DOLLAR * budget.value:
        return _too_dear(budget, rate, "intake.load_beyond_budget", f"{rate.value:,.0f} requests per second")
    if (
        size is not None
        and hosting is not None
        and hosting.value == "self_hosted"
        and size.value >= _LARGE_MODEL_B
        and budget.value < _LARGE_MODEL_USD
    ):
        return _too_dear(
            budget, size, "intake.model_beyond_budget", f"Own machines for {size.value:g} billion parameters"
        )
    if nines is not None and any(nines.value >= least and budget.value < usd for least, usd in _NINES_USD):
        return _too_dear(
            budget,
            nines,
            "intake.availability_beyond_budget",
            f"{nines.value:g} % need standby capacity in several zones and",
        )
    return None


def _too_dear(budget: Constraint, what: Constraint, code: str, words: str) -> Conflict:
    return Conflict(
        code=code,
        fields=("budget_usd_month", what.field),
        message=f"{words} cost more than {budget.value:,.0f} USD a month.",
        quotes=_quotes(budget) + _quotes(what),
    )


def _standing(brief: Brief, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The first match that is neither background nor about others."""
    return next((match for match in pattern.finditer(brief.text) if not _skipped(brief, match.start())), None)


def _skipped(brief: Brief, position: int) -> bool:
    statement = brief.statement_at(position)
    return (
        background.is_about_others(statement)
        or background.is_open(statement)
        or background.is_question(statement)
        or background.is_headed_background(brief, statement)
    )


def _quotes(constraint: Constraint) -> tuple[Quote, ...]:
    return (constraint.quote,) if constraint.quote else ()

"""Reads how the data are classified, where the brief says so."""

import re

from libs.intake import background, negation
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate, Known, Reading, heaviest, reading_of
from libs.intake.vocabulary import cues

_LEVELS = (
    (
        "restricted",
        (
            r"(?:highly |strictly )?restricted|strictly confidential|highly confidential|top secret|"
            r"streng vertraulich|restringid[oa]s?|restreinte?s?|highly sensitive"
        ),
    ),
    (
        "sensitive",
        (
            r"sensitive|confidential|vertraulich\w*|vertrouwelijk\w*|riservat[oaie]+|confidenciais|"
            r"sensibel|"
            r"sensible[s]?|confidencial(?:es)?|confidentiel(?:le)?s?"
        ),
    ),
    ("internal", r"internal(?:[- ]only| use(?: only)?)?|intern|interno[s]?|interna[s]?|interne[s]?"),
    ("public", r"public|offentlich|public[oa]s?|publique[s]?|publics"),
)
_DATA = (
    r"(?:data|docs|papers|texts|recordings|photos|dataset|content|information|records|documents|scenes|"
    r"images|files|everything|"
    r"material|datos|informacion|daten|dokumente|donnees|contenus?|dati|dados|gegevens|all)"
)
_NEXT = re.compile(
    r"\s*(?:cloud|transport|holiday|sector|website|site|page|api|audit|tool|users|team|"
    r"customers?|wifi|internet|endpoint|network|meeting|health|dns|subnet|repo\w*|service|use "
    r"case|stakeholder\w*)\b"
)
_LEAD = re.compile(
    rf"(?:\bclassif\w+(?: as| is|:)?|\bclass(?:ification)?(?: is|:)?|\bcounts? as|\btreated as|"
    rf"\brated(?: as)?|\b(?:handle|treat|protect|process|regard|consider|keep|go)\w* (?:\w+ ){{0,3}}as|"
    rf"\bi\.?\s?e\.?,?|\bthat is,?|\bnamely|\bd\.\s?h\.|\bes decir,?|\bc'est-a-dire|\bclass(?:e|"
    rf"ification)?\s*:|"
    rf"\b(?:van|tratar\w*|tratad\w+|considerad\w+|consideran|traite\w*|considere\w*|trattat\w+|"
    rf"considerat\w+|behandel\w+|"
    rf"beschouw\w+|gelten|gilt|valen|marcad\w+) (?:\w+ )?(?:como|comme|come|als|a)|"
    rf"\b(?:stufe|schutzstufe|level|klasse|class|niveau|nivel|livello|tier|nivel de)\s*:?|"
    rf"\blabell?ed(?: as)?|\bcategor\w+ as|\bmarked(?: as)?|"
    rf"\b{_DATA} (?:is|are|counts as|sind|ist|son|es|sont|est)(?: all| only| strictly| wel| ook| also|"
    rf" still| toch| "
    rf"considered| deemed| als| purely)?|\ball|\bfor|\beingestuft als|\bals|\bclasificad\w+ "
    rf"como|\bclasse\w* (?:comme)?|"
    rf"\bit(?:'s| is)(?: all)?|\bthey(?:'re| are)(?: all)?|\bdata\s*[|:])\s*[\"']?$"
)
_TRAIL = re.compile(
    r"^\s*(?:[a-z]+ )?(?:records|gegevens)\b|^[\"']?\s*(?:class\b|classified|tier|level|data\b|docs\b|"
    r"information\b|einstufung|stufe)|"
    r"^[\"']?\s*(?:under|according to|per|by) (?:the |our )?(?:\w+ ){0,2}(?:polic|licen)|"
    r"^[\"'] ?(?:class|data)"
)
_FEW = 4
_PUBLIC_ONES = cues.pattern("data.public_ones")
_RESTRICTED = cues.pattern("data.restricted")
_HEAD = re.compile(rf"\b(?:{cues.words('data.level_head')})\W{{0,4}}(?:as |como |als )?[\"']?$")
_INTERNAL_USE = re.compile(
    r"\b(?:(?:a|de|para|per|ad|di) uso (?:\w+ )?interno|a usage (?:strictement )?interne|(?:zum|"
    r"fur den) internen gebrauch|"
    r"(?:voor )?intern gebruik)\b"
)
_IN_QUOTES = re.compile(
    r"\b(?:stufe|schutzstufe|level|klasse|class|niveau|nivel|livello|tier|as|als|como|comme)\s*[\"']$"
)
_PUBLISHED = re.compile(
    r"\b(?:already (?:been )?published|published already|publicly available|open data|public "
    r"domain|on our public website|offentlich verfugbar|datos abiertos)\b"
)


def read(brief: Brief, known: Known) -> Reading:
    """public, internal, sensitive or restricted."""
    candidates: list[Candidate] = []
    for level, words in _LEVELS:
        for match in re.finditer(rf"\b(?:{words})\b", brief.text):
            candidate = _candidate(brief, level, *match.span())
            if candidate is not None:
                candidates.append(candidate)
    candidates += [
        Candidate("internal", *match.span(), 1.9, 0.85)
        for match in _INTERNAL_USE.finditer(brief.text)
        if not negation.is_negated(brief, *match.span())
    ]
    candidates += [
        Candidate("public", *match.span(), 1.5, 0.85)
        for match in _PUBLIC_ONES.finditer(brief.text)
        if not negation.is_negated(brief, *match.span())
        and not background.is_about_others(brief.statement_at(match.start()))
    ]
    candidates += [
        Candidate("restricted", *match.span(), 1.8, 0.85)
        for match in _RESTRICTED.finditer(brief.text)
        if not negation.is_negated(brief, *match.span())
    ]
    candidates += [
        Candidate("public", *match.span(), 1.0, 0.7, "The data have been published.", True)
        for match in _PUBLISHED.finditer(brief.text)
        if not negation.is_negated(brief, *match.span())
    ]
    return reading_of(brief, "data_classification", heaviest(candidates))


def _candidate(brief: Brief, level: str, start: int, end: int) -> Candidate | None:
    statement = brief.statement_at(start)
    before, after = brief.before(start, 50), brief.after(end, 40)
    if _NEXT.match(after) or background.is_open(statement) or negation.is_negated(brief, start, end):
        return None
    led, trailed = bool(_LEAD.search(before)), bool(_TRAIL.match(after))
    led = led or bool(_HEAD.search(before))
    if re.search(r"\bfor $", before) and "use" not in brief.text[start : end + 5]:
        led = False
    if level in ("sensitive", "restricted") and re.search(r"(?:[,;|]|donnees|datos)\s*$", before):
        led = led or bool(re.match(r"\s*(?:[,.;|\n]|$)", after))
    if re.fullmatch(
        r"[\s*>#-]*(?:for |only )?[a-z -]*(?:use only|only|data|information)?[\s.!]*", statement.text
    ):
        led = led or len(statement.text.split()) <= _FEW
    if not led and not trailed:
        return None
    classified = bool(re.search(r"\bclass", before + after))
    classified = classified or bool(_IN_QUOTES.search(before))
    classified_twice = 0.5 * bool(_IN_QUOTES.search(before))
    return Candidate(
        level, start, end, 2.0 + classified + classified_twice + (level == "restricted") * 0.1, 0.9
    )

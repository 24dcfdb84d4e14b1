"""Reads how the data are classified, where the brief says so."""

import re

from libs.intake import background, negation
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate, Known, Reading, heaviest, reading_of
from libs.intake.searching import expression
from libs.intake.vocabulary import cues

_LEVELS = (
    (
        "restricted",
        (
            r"(?:highly |strictly )?restricted|strictly confidential|highly confidential|top secret|"
            r"streng vertraulich|diffusion restreinte|difusion limitada|restringid[oa]s?"
            r"|restreinte?s?|highly sensitive"
        ),
    ),
    (
        "sensitive",
        (
            r"(?<!-)sensitive|(?<=official-)sensitive|(?<=highly-)sensitive|confidential|"
            r"vertraulich(?:e[nmrs]?)?|vertrouwelijke?|riservat[oaie]+|confidenciais|"
            r"sensibel|"
            r"sensible[s]?|confidencial(?:es)?|confidentiel(?:le)?s?"
        ),
    ),
    (
        "internal",
        r"internal(?:[- ]only| use(?: only)?)?|interne?|interno[s]?|interna[s]?|interne[s]?|interni",
    ),
    ("public", r"public|offentlich|public[oa]s?|publique[s]?|publics|pubblic(?:o|a|i|he)|openbaar|openbare"),
)
_DATA = (
    r"(?:data|docs|papers|texts|recordings|photos|dataset|content|information|records|documents|scenes|"
    r"images|files|everything|"
    r"material|datos|informacion|daten|dokumente|donnees|contenus?|dati|dados|gegevens|all)"
)
_NEXT = expression(
    r"\s*(?:cloud|transport|holiday|sector|website|site|page|api|audit|tool|users|team|"
    r"customers?|wifi|internet|endpoint|network|meeting|health|dns|subnet|repo\w*|service|use "
    r"case|stakeholder\w*)\b"
)
_LEAD = expression(
    rf"(?:\bclassif(?:ied|ication)(?: as| is|:)?|\bclassif(?:y|ies) (?:\w+ ){{1,3}}as|"
    rf"\bclass(?:ification)?(?: is|:)?|\bcounts? as|\btreated as|"
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
    rf"\b(?:rates?|calls?|considers?|deems?) (?:the |our |all |these |this |it |them )*(?:{_DATA} )?(?:as )?|"
    rf"\bse considera[n]?|\b(?:stamp|marking|stempel|cachet|sello)|"
    rf"\bit(?:'s| is)(?: all)?|\bthey(?:'re| are)(?: all)?|\b(?:data|daten|donnees|datos|dati|dados|"
    rf"gegevens)\s*[|:])\s*[\"']?$"
)
_TRAIL = expression(
    r"^\s*(?:[a-z]+ )?(?:records|gegevens)\b|^[\"']?\s*(?:class\b|classified|tier|level|data\b|docs\b|"
    r"information\b|einstufung|stufe)|"
    r"^[\"']?\s*(?:under|according to|per|by) (?:the |our )?(?:\w+ ){0,2}(?:polic|licen)|"
    r"^[\"'] ?(?:class|data)"
)
_FEW = 4
_NAME_OF_LEVEL = expression(
    r"(?<![a-z])(?:data[_ ])?(?:class(?:ification|ified)?|klasse|klassifizier\w*|clase|clasificaci\w+|"
    r"classe|classement|label(?:led)?|"
    r"marking|marked|marks?|stamp(?:ed)?|tier|confidentiality|protection|security|secrecy|cote|mention|"
    r"etiqueta|\w+stufe|\w+klasse|stempel|einstufung|"
    r"eingestuft|schutz\w*|niveau|nivel|livello|level|stufe|category)(?![a-z])(?:[^.;!?\n]){0,45}$"
)
_ALONE = expression(
    r"[\"'`*)\]\u00bb\u201d]*\s*(?:$|[.,;:!?)|\n]|[-\u2013] |unless|though|because|since|and|so|for|to|"
    r"as|by|aplica|applies)"
)
_PREDICATE = expression(
    r"(?<![a-z])(?P<what>[a-z'-]+) (?:is|are|count as|remain|stay|sind|ist|gelten als|sont|est|son|es|"
    r"sono|sao|zijn|is een)"
    r"(?: (?:all|very|rather|quite|pretty|of course|naturally|also|considered|deemed|strictly|sehr|tres|"
    r"muy|molto|zeer))?\s*$"
    r"|(?P<thing>[a-z'-]+),? (?:so|therefore|thus|hence|also|donc|por tanto|quindi|dus)(?: \w+)?\s*$"
)
_NO_DATA = expression(
    r"(?:e-?mails?|mails?|messages?|letters?|documents?|fax|tender|invitation|offers?|rfp|attachments?|"
    r"brief|memo|budgets?|prices?|"
    r"contracts?|sums?|amounts?|models?|sensors?|skin|topics?|issues?|matters?|politically|systems?|"
    r"thresholds?|access|buildings?|"
    r"meetings?|rooms?|areas?|customers?|users?|people|tests?|boss|board|detectors?|cameras?|"
    r"instruments?|metrics?|he|she|we|you|"
    r"i|this|that|there|what|plan|plans|project|costs?|time|latency|nachricht|mail|modell|message|"
    r"modele|mensaje|modelo|correo)"
)
_DATA_BEFORE = expression(r"\b(?:data,|daten,|gegevens,|datos|donnees|dati|dados|documentos|documenti)\s*$")
"""`dati pubblici`: where the adjective follows."""
_OTHER_LEVEL = expression(
    r"\b(?:secret|public|restricted|confidential|sensitive|internal|geheim|offentlich|vertraulich|"
    r"secrets?|publi\w+|secreto)\b"
)
_SOMETHING_ELSE = expression(
    r"\b(?:service|access|sea|noise|street|ground|entry|energy|water|support|customer|experience|skill|"
    r"wage|sugar) level\b"
    r"|\b(?:workers?|staff|consumers?|child|fire|plant) protection\b|\b(?:as|into|in) (?:one of|either)\b"
)
_SPEAKS_OF_ITSELF = expression(
    r"\b(?:this|these|diese\w*|ce|cette|este|esta|questo|questa|dit|deze) (?:\w+ )?(?:e-?mails?|mails?|"
    r"messages?|letter|fax|memo|"
    r"nachricht|courriel|correo|mensaje|messaggio|bericht|transmission|communication|thread|invitation|"
    r"tender)\b"
    r"|\bintended (?:only |solely )?for\b|\bif you (?:are not|have received)\b"
)
_NAMED = expression(r"[\"'`*_\u00ab\u201c\u201e\u2039]\s?$")
_ABOUT_LEVELS = expression(
    r"\b(?:class\w*|klass\w*|clas[ei]\w*|classe\w*|level|stufe\w*|schutz\w*|nive\w+|livell\w+"
    r"|rat(?:es?|ed|ing)|polic(?:y|ies)|security|"
    r"secrecy|privacy|label\w*|fil(?:e|es|ed)|stamp\w*|stempel|cachet|sello|tier|categor\w+"
    r"|confiden\w+|einstuf\w+|eingestuft|gilt|gelten|"
    r"counts?|data|daten|datos|donnees|dati|dados|gegevens|documents?|images?|files?|records?|material)\b"
)
_PUBLIC_ONES = cues.pattern("data.public_ones")
_RESTRICTED = cues.pattern("data.restricted")
_HEAD = expression(rf"\b(?:{cues.words('data.level_head')})\W{{0,4}}(?:as |como |als )?[\"']?$")
_INTERNAL_USE = expression(
    r"\b(?:(?:a|de|para|per|ad|di) uso (?:\w+ )?interno|a usage (?:strictement )?interne|(?:zum|"
    r"fur den) internen gebrauch|"
    r"(?:voor )?intern gebruik|for internal (?:use|eyes|purposes|consumption|circulation)(?: only)?|"
    r"internal (?:eyes|circulation) "
    r"only|not for (?:the )?outside(?: world)?|not to leave the (?:company|house|firm))\b"
)
_IN_QUOTES = expression(
    r"\b(?:stufe|schutzstufe|level|klasse|class|niveau|nivel|livello|tier|as|als|como|comme)\s*[\"']$"
)
_PUBLISHED = expression(
    r"\b(?:already (?:been )?published|published already|publicly available|open data|public "
    r"domain|published (?:statistics|data|figures|papers|records|sources|tables)|public data ?sets?|"
    r"on our public website|(?:openly|freely|publicly) (?:accessible|available|downloadable|readable)|"
    r"any(?:one|body) (?:can|may) "
    r"(?:download|see|read|look)|everybody can (?:download|see|read)|creative commons|frei (?:verfugbar|"
    r"zuganglich)|offentlich "
    r"zuganglich|librement (?:accessibles?|disponibles?)|en acces libre|de acceso (?:libre|publico)|"
    r"liberamente|de domaine public|"
    r"vrij toegankelijk|offentlich verfugbar|datos abiertos)\b"
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
    if _SPEAKS_OF_ITSELF.search(statement.text):
        return None
    if _NEXT.match(after) or background.is_open(statement) or negation.is_negated(brief, start, end):
        return None
    word = brief.cased(start, end)
    marked = bool(_NAMED.search(before)) or (
        word.isupper() and not brief.cased(statement.start, statement.end).isupper()
    )
    if marked and _ABOUT_LEVELS.search(statement.text[: start - statement.start] + " " + after):
        return Candidate(level, start, end, 3.2 + (level == "restricted") * 0.1, 0.9)
    if _ALONE.match(after) and _NAME_OF_LEVEL.search(before) and not _SOMETHING_ELSE.search(before):
        return Candidate(level, start, end, 2.6 + (level == "restricted") * 0.1, 0.9)
    said = _PREDICATE.search(before)
    if said and level in ("sensitive", "restricted") and _ALONE.match(after):
        if _NO_DATA.fullmatch(said["what"] or said["thing"]):
            return None
        return Candidate(level, start, end, 1.9 + (level == "restricted") * 0.1, 0.8)
    led, trailed = bool(_LEAD.search(before)), bool(_TRAIL.match(after))
    led = led or bool(_HEAD.search(before)) or bool(_DATA_BEFORE.search(before))
    if re.search(r"\bfor $", before) and "use" not in brief.text[start : end + 5]:
        led = False
    if re.search(r":\s*$", before) and _ALONE.match(after) and _OTHER_LEVEL.search(before):
        led = True
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

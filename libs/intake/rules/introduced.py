"""Reads a team from company that is introduced: `with my brother`, `us three`, names that answer who is on it."""

import re

from libs.intake import background
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate

_TOGETHER_WITH = re.compile(
    r"\b(?:i|ik|ich|je|yo|io|eu)\b (?:[a-z']+ ){0,4}?(?:together with|along with|jointly with|"
    r"samen met|zusammen mit|"
    r"gemeinsam mit|avec|junto con|insieme a(?:l|lla)?|con|junto com|com|with) "
    r"(?:my|mijn|meinem?|meiner|mon|ma|mi|mio|mia|il mio|la mia|o meu|a minha|meu|minha|one|a) "
    r"(?:[a-z-]+ )?(?:brother|sister|cousin|wife|husband|colleague|friend|son|daughter|boy|partner|"
    r"co-?founder|boss|"
    r"student|intern|broer|zus|collega|vrouw|man|zoon|dochter|bruder|schwester|kolleg\w+|frau|sohn|"
    r"tochter|freund\w*|"
    r"frere|soeur|collegue|femme|mari|fils|fille|associee?|ami|hermano|hermana|companer\w+|mujer|"
    r"marido|hijo|hija|socio|"
    r"soci[ao]|fratello|sorella|collega|moglie|marito|figlio|irmao|irma|esposa|filho|amigo|prim[oa])\b"
)
_US = re.compile(
    r"\b(?:us|we|the) (?:(?:two|three|four|five|six)(?= ?[?.!,;)]|$| (?:of us|will|are|can|on it))|"
    r"(?:two|three|four|five) of us)"
    r"|\b(?:nous|nosotros|wir|noi|wij|nos|los|tutti e|les|alle)[ -](?:deux|trois|quatre|cinq|dos|tres|"
    r"cuatro|cinco|zwei|drei|vier|"
    r"due|tre|quattro|twee|drie|quatro)(?= (?:lo |nous |wij |ci |s'en|kummern|llevar\w*|van ons)|[.,;!?)])"
)
_SMALL = {
    word: value
    for value, words in (
        (2, "two deux dos zwei due twee"),
        (3, "three trois tres drei tre drie"),
        (4, "four quatre cuatro vier quattro quatro"),
        (5, "five cinq cinco"),
        (6, "six"),
    )
    for word in words.split()
}
_WHO = re.compile(
    r"\b(?:who(?:'s| is|'ll| will|se)?|wer|quien(?:es)?|qui|chi|quem|wie)\b[^?]{0,40}\b(?:maintain\w*|"
    r"look\w* after|run\w*|"
    r"own\w*|on it|support\w*|build\w*|operat\w*|kummert|betreut|betreibt|s'en occupe|maintient|"
    r"mantiene|lleva|"
    r"se ne occupa|gestisce|cuida|mantem|beheert|onderhoudt)\b(?:[^?]*\?|[^?a-z]*\Z)"
)
TOTAL = re.compile(
    r"\b(?:so|makes|making|that's|total(?:s|ling)?|altogether|also|donc|insgesamt|macht|asi que|quindi|"
    r"dus)\s+$"
)
_FEW = 30
_ONLY = re.compile(r"\b(?:only|just|nur|solo|seulement|que|maar|alleen) $")
_ON_IT = re.compile(
    r"\s*(?:people |of (?:us|them) |davon |d'entre nous )?(?:will |would |can |could |are |is |has |have |"
    r"do |does |werden |kann |konnen )?"
    r"(?:to )?(?:touch|work on|look after|be on|on (?:it|this)|run|maintain|have time|has time|spare|"
    r"available|own|allowed near|"
    r"kummern|s'en occup|se ocup)"
)
"""`there are six of us, but only two will touch it`."""
_LABEL = re.compile(r"\b(?:comment|item|note|no|nr|point|section|answer|question|q|a)\W{0,2}$|[$€£#]\s?$")
_HEADS = re.compile(
    r"\s*(?:[.,;!)\n]|$|people|persons?|from|of|on|in|engineers?|devs?|developers?|ppl|personas|"
    r"personnes|leute|personen|and|"
    r"und|y|et|plus|\+|data|persone|mensen|pessoas|colleagues|kollegen)"
)
_YOU_AND_ME = re.compile(
    r"\s*(?:\[?\d{1,2}[:.]\d\d\]?\s*)?(?:[\w.*@ -]{1,20}(?:\[?\d{1,2}[:.]\d\d\]?)?\s*:\s*)?"
    r"((?:[A-Z][\w'-]+|you|me|myself|I|ich|du|moi|toi|yo|tu|io|eu|ik|jij|sie)"
    r"(?:(?:, (?:and |und |et |y )?| and | & | und | et | y | e | en | ?\+ ?)"
    r"(?:[A-Z][\w'-]+|you|me|myself|I|ich|du|moi|toi|yo|tu|io|eu|ik|jij|sie))+)[.!]?\s*"
)
_NAMES = re.compile(
    r"(?:(?:[A-Z][\w.]* ?\d* ?)?(?:\([^)]*\) ?)?(?:\[?\d{1,2}:\d\d\]?)?:? *|[\w. ]{0,30}\)?: *)?"
    r"((?:[A-Z][\w'-]+)(?:(?:, | and | & | und | et | y | e | en | \+ )(?:[A-Z][\w'-]+|me|myself|I|ich|"
    r"moi|yo|io|eu|ik))+)[.!]?\s*"
)


def people(brief: Brief) -> list[Candidate]:
    """Teams that are told by company, by `us three`, or in answer to a question."""
    return [
        *(
            Candidate(2, *match.span(), 2.2, 0.8)
            for match in _TOGETHER_WITH.finditer(brief.text)
            if not background.is_about_others(brief.statement_at(match.start()))
        ),
        *(
            Candidate(_SMALL[word], *match.span(), 1.9, 0.75)
            for match in _US.finditer(brief.text)
            for word in re.findall(r"[a-z]+", match.group())
            if word in _SMALL
        ),
        *(
            Candidate(number.value, number.start, number.end, 2.4, 0.75)
            for number in brief.numbers
            if 1 <= number.value <= _FEW and _ONLY.search(brief.before(number.start, 20))
            if _ON_IT.match(brief.after(number.end, 50))
        ),
        *_answered(brief),
    ]


def _answered(brief: Brief) -> list[Candidate]:
    """Names that answer the question who is to look after it."""
    found: list[Candidate] = []
    for place, statement in enumerate(brief.statements):
        if not _WHO.search(statement.text):
            continue
        for reply in brief.statements[place + 1 : place + 4]:
            said = brief.cased(reply.start, reply.end).strip()
            match = _NAMES.fullmatch(said) or _YOU_AND_ME.fullmatch(said)
            counted = [
                each
                for each in brief.numbers
                if reply.start <= each.start < reply.end and 1 <= each.value <= 40
            ]
            counted = [
                each
                for each in counted
                if not _LABEL.search(brief.before(each.start, 20)) and _HEADS.match(brief.after(each.end, 40))
            ]
            if counted and not match and len(reply.text.split()) <= 14:
                total = next(
                    (each for each in counted if TOTAL.search(brief.before(each.start, 20))), counted[0]
                )
                found.append(Candidate(total.value, total.start, total.end, 2.5, 0.75))
                break
            if match:
                names = re.split(
                    r", (?:and |und |et |y )?| and | & | und | et | y | e | en | ?\+ ?", match.group(1)
                )
                found.append(
                    Candidate(
                        len(names), reply.start, reply.end, 2.5, 0.75, f"{len(names)} people are named."
                    )
                )
                break
    return found

"""Reads a team from names: `Sipho + Anneke do it`, `Who: Dev + 2`, `together with Lucia`."""

import re

from libs.intake.brief import Brief, Statement
from libs.intake.candidates import Candidate
from libs.intake.searching import expression

KEEPS = re.compile(
    r"(?<![a-z])(?:runs?|running|operat(?:e|es|ing)|maintain\w*|look(?:s|ing)? after|tak(?:e|es|ing) care|"
    r"builds?|building|keep(?:s|ing)? (?:it|this|the)|do(?:es)? (?:it|this|the work|all|everything)|"
    r"doing (?:it|"
    r"this)|works? on|working on|owns? (?:it|this|the)|in charge|responsible|handles?|on (?:it|"
    r"this)(?! side)|"
    r"assigned|dedicated|babysit\w*|nurse it|car(?:e|es) for it|carry the pager|on call for it|support it|"
    r"(?:is|are) (?:available|it)|allocated|"
    r"betreu\w+|kummer\w+|betreib\w+|warten|zustandig|machen (?:das|es)|(?:doen|doet|faranno|fanno|feront|"
    r"font|hacen) (?:het|das|es|tutto|tout|todo|ca|this|it|lo)|arbeite\w+ daran|baue\w*|pfleg\w+|"
    r"dran|"
    r"occup\w+|ger(?:er|ent|ons)|maint\w+|exploit\w+|suiv\w+|en charge|s'y colle\w*|llev(?:a|an|amos|aran|"
    r"aremos)|"
    r"mant\w+|encarg\w+|ocup\w+|hac(?:en|emos) (?:esto|todo)|cuid\w+|gest\w+|segu(?:e|ono|iamo|iranno)|"
    r"occupa\w*|mantem|trata\w*|beheer\w*|onderhoud\w*|werk\w+ (?:eraan|hieraan|er))(?![a-z])"
)
TEAM_HEAD = re.compile(
    r"(?<![a-z])(?:team|staff\w*|who(?:'ll| will| would)?(?: run it| do it| own it)?|ownership|owned by|"
    r"contacts|crew|people|squad|zustandig|verantwortlich|responsables?|responsible|roster|owners?|"
    r"maintainers?|in charge|betreuer|a cargo|bodies|equipo|equipe|squadra|personal|quien|wer|qui|chi|"
    r"quem|wie|"
    r"personeel|besetzung|mannschaft)\b[^.:|\n]{0,30}(?:[:|]|\.{3,}|->|=)"
)
_NAME = (
    r"(?:(?:Frau|Herr|Mr|Mrs|Ms|Dr|Mme|Sra?|Sig)\.? )?[A-ZÀ-Þ][\w'’-]+\.?(?: [A-ZÀ-Þ]\.|"
    r" [A-ZÀ-Þ][a-zà-ÿ'’-]+)?(?:\s*\([^()\n]{1,40}\))?"
)
_LAST = (
    rf"(?:{_NAME}|me\b|myself\b|I\b|ich\b|moi\b|yo\b|io\b|eu\b|ik\b|mij\b|mich\b|(?:a|an|one|my|our|the|"
    rf"ein|eine|"
    r"mein|meine|un|une|una|mon|ma|mi|um|uma|meu|minha|een|mijn|half an?) [a-zà-ÿ]+(?: [a-zà-ÿ]+)?|"
    r"\d{1,2}\b(?: [a-z]+)?)"
)
_AND = (
    r"(?:,? (?:and|und|et|y|e|en|plus|with|mit|avec|con|com|met) (?:(?:o|a|il|la|le|der|die) (?=[A-Z]))?|"
    r", | ?[+&/] ?)"
)
_NAMES = expression(rf"(?<![\w-])(?:{_NAME}|[Mm]e|[Mm]yself|eu|ich|moi|yo|io|ik)(?:{_AND}{_LAST})+")
_TITLE = expression(r"[A-Z]{2,4}|VP.*|Ph\.?D|Head|Director|Manager")
_SPLIT = expression(_AND)
_NAMED_BY = expression(
    r"(?<![a-z])(?:(?:ml|it|data|software|tech\w*|dev|analytics|computer|our|core) (?:folks|people|guys|"
    r"side|ones|crew|lot|heads|"
    r"staff|engineers|developers)|run|built|operated|maintained|owned|looked after|handled|supported|"
    r"team (?:is|are)|"
    r"it'?s|it is|"
    r"there(?:'s| is| are)|just|only|betreut|gemacht|suivi|gere|fait|llevad\w+|gestit\w+|beheerd|team|"
    r"equipo|equipe|"
    r"owners?|crew|squad|se ne occup\w+|kummer\w+ sich|betreu\w+|s'en occupent|llevan|mantienen|encargan|"
    r"gestiscono|"
    r"seguono|mantem|beheren)"
    r"(?: (?:by|von|par|por|da|door|up of|is|are|es|est|ist|sind|son|somos|just|only))*\s*:?\s*$"
)
_AUXILIARY = expression(
    r"\s*,?\s*(?:(?:both|will|would|can|could|are|is|have|has|to|going|plan|want|beide|werden|vont|van a|"
    r"all|jointly|"
    r"together|du|se|s'en|se ne|lo|la) )*"
)
_OF_A_GROUP = expression(
    r"\s*,?\s*(?:from|of|in|aus|von|de|du|del|dal|dalla|van|vom) (?:(?:the|our|der|la|il|de) )?[a-z]+\b"
)
_WITH = expression(
    r"(?<![a-z])(?:(?<=\bit )with|(?:together|along|jointly) with|zusammen mit|gemeinsam mit|avec|"
    r"junto (?:con|a)|"
    r"insieme (?:a|con)|"
    r"samen met|juntamente com)\s+(?=(?:[a-z]+))"
)
LARGEST = 40


def named(brief: Brief, statement: Statement) -> list[Candidate]:
    """`Sipho + Anneke do it`, `a small team: Freja and Mats`, `Who: Dev + 2`."""
    raw = brief.cased(statement.start, statement.end)
    if len(raw) != len(statement.text):
        return []
    found: list[Candidate] = []
    for match in _NAMES.finditer(raw):
        start, end = statement.start + match.start(), statement.start + match.end()
        before = brief.text[statement.start : start]
        after = brief.text[end : min(end + 60, statement.end)]
        headed = bool(TEAM_HEAD.search(before[-60:]) and re.search(r"(?:[:|=]|\.{3,}|->)\s*$", before))
        if not (headed or _NAMED_BY.search(before[-40:]) or _do_it(after)):
            continue
        parts = [part.strip() for part in _SPLIT.split(match.group()) if part.strip()]
        parts = [part for part in parts if not _TITLE.fullmatch(part)]
        total = sum(int(part.split()[0]) if part[0].isdigit() else 1 for part in parts)
        if 2 <= total <= LARGEST:
            found.append(Candidate(total, start, end, 1.5 + headed, 0.75, f"{total} people are named."))
    return found


def _do_it(after: str) -> bool:
    """Whether what follows the names says that they do it: `from IT would keep it going`."""
    group = _OF_A_GROUP.match(after)
    auxiliary = _AUXILIARY.match(after, group.end() if group else 0)
    return bool(KEEPS.match(after, auxiliary.end() if auxiliary else 0))


def with_somebody(brief: Brief, statement: Statement) -> list[Candidate]:
    """`He would look after it together with Lucia`."""
    found: list[Candidate] = []
    for match in _WITH.finditer(statement.text):
        start = statement.start + match.start()
        if not KEEPS.search(brief.before(start, 60)):
            continue
        after = brief.cased(
            statement.start + match.end(), min(statement.end, statement.start + match.end() + 50)
        )
        others = re.match(rf"{_LAST}(?:{_AND}{_LAST})*", after)
        if (
            others is None
            or (match.group().startswith("with") and not re.match(_NAME, after))
            or others.group()[:1].isdigit()
        ):
            continue
        count = 1 + len([part for part in _SPLIT.split(others.group()) if part.strip()])
        end = statement.start + match.end() + others.end()
        found.append(Candidate(count, start, end, 1.3, 0.7, f"{count} people are spoken of."))
    return found

"""Reads the regimes that are named and apply."""

import re

from libs.intake import asked, background, negation
from libs.intake.brief import Brief
from libs.intake.candidates import Known, Reading
from libs.intake.models import Constraint
from libs.intake.searching import expression

_REGIMES = (
    (
        "PCI-DSS",
        (
            r"payment card industry(?: data security)? standard|pci(?! (?:bus|express|slot|cards?)\b|e\b|"
            r"-e\b)(?:[\s-]?dss)?(?: level \d| v?\d(?:\.\d)?)?"
        ),
    ),
    ("HIPAA", r"hipaa|hippa|health insurance portability(?: and accountability act)?"),
    (
        "GDPR",
        (
            r"gdpr|uk[\s-]gdpr|dsgvo|ds-gvo|rgpd|avg-wetgeving|(?<=de )avg|avg(?= (?:van toepassing|geldt|"
            r"is van))|"
            r"general data protection regulation|"
            r"datenschutz-?grundverordnung"
        ),
    ),
    ("SOC2", r"soc[\s-]?(?:2|ii|two)(?:[\s-]type[\s-](?:2|ii|1|i))?"),
    ("LAW25", r"(?:quebec'?s? )?law 25|loi 25|bill 64|ley 25 de quebec"),
)
_PATTERNS = tuple((name, re.compile(rf"(?<![a-z0-9])(?:{words})(?![a-z0-9])")) for name, words in _REGIMES)
_OPEN_NEAR = expression(
    r"\b(?:maybe|perhaps|if|whether|unless|might|could apply|not yet|someday|later|"
    r"next year)\b[^.;,]{0,20}$"
)


_TAKEN_BACK = expression(
    r"[^.;]{0,40}\b(?:none of our|no concern of|nothing to do with|somebody else's|scratch that|"
    r"forget (?:that|it)|strike that|ignore that|not ours|that's wrong|"
    r"wrong regime|"
    r"quatsch|oubliez|olvida\w*|no es nuestro|pas nous)\b"
)
_OLD_SYSTEM = expression(
    r"\b(?:old|previous|former|last|legacy) (?:system|service|tool|vendor|project|one)\b[^.;]{0,30}$"
)
_ONLY_ONCE = expression(r"\s+(?:would|might|may|could) (?:come|apply|become|matter|kick)\b")
_OUTSIDE_OF = expression(
    r"\b(?:outside|out|exempt|free|excluded|unaffected)(?: of| from| by)?(?: the)?(?: (?:scope|reach|"
    r"remit) of)?(?: the)?\s+$|"
    r"\b(?:ausserhalb|jenseits) (?:der|des) $|\b(?:hors|en dehors|fuera) (?:du|de la|de|"
    r"del) (?:champ (?:du|de la) )?$"
)
_NO_MATTER = expression(
    r"(?:[-\s]?(?:fragen?|themen?|matters?|questions?|issues?))?(?:\s*(?:,|/|and|und|et|y|or|"
    r"oder)\s*[a-z0-9 -]{2,10})?\s*[:=|]?\s*"
    r"(?:(?:is|are|ist|sind|est|sont|es|son|e|sono|was|stays?|remains?|bleibt|reste|queda|hat|a|both|all|"
    r"therefore|then|thus|"
    r"also|hence|donc|por tanto|quindi|hier|da|damit|here|ja|ne|nous|for us|fur uns) )*"
    r"(?:(?:kein|keine|keinerlei) (?:thema|problem|rolle|frage|anwendung|relevanz|sache)|no (?:topic|issue|"
    r"problem|concern|matter|subject)|"
    r"not (?:an? )?(?:topic|issue|problem|concern|matter|our (?:problem|concern|topic|business))|n/?a\b|"
    r"out\b(?! of date)|"
    r"out of (?:the (?:picture|question)|it|this)|pas (?:un sujet|concernes?|applicable|un probleme)|"
    r"ne (?:nous )?(?:concerne|s'applique)|"
    r"(?:nous |me )?concerne pas|no (?:es )?(?:un )?(?:tema|problema|asunto)|no (?:nos )?(?:afecta|aplica|"
    r"entra|concierne)|"
    r"non (?:ci )?(?:riguarda|e un tema|tocca|si applica)|nao (?:nos )?(?:afeta|se aplica)|"
    r"aussen vor|nicht (?:einschlagig|betroffen|beruhrt)|betrifft uns nicht|greift (?:hier )?nicht|"
    r"geen (?:thema|issue|punt)|"
    r"(?:next year|later|someday|some day)(?:,? (?:maybe|perhaps|if|possibly))?)"
)
_NOTHING_OF_IT = expression(
    r"(?:\b(?:keine?|no|not|geen|ohne|hors|ausserhalb (?:der|von)|fuera del?|outside(?: of)?|"
    r"pas (?:d'enjeu|de (?:sujet|question|probleme))|aucun (?:enjeu|sujet)|sin)\s+"
    r"(?:\w+ ){0,1}|\benjeu )$"
)
_FURTHER_OUT = expression(
    r"[^.;!?\n]{0,180}\b(?:(?:out of|outside|not in|no longer in) (?:the )?scope|(?:do|does|did)(?: not|"
    r"n't) (?:apply|"
    r"concern)|not (?:applicable|affected|concerned)|exempt)\b"
)


def read(brief: Brief, known: Known) -> Reading:
    """Regimes in the order of their first mention."""
    found: dict[str, tuple[int, int]] = {}
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(brief.text):
            start, end = match.span()
            statement = brief.statement_at(start)
            if negation.is_negated(brief, start, end) or _TAKEN_BACK.match(brief.after(end, 60)):
                found.pop(name, None)
                continue
            if (
                name in found
                or asked.answer(brief, start) is False
                or _OLD_SYSTEM.search(brief.before(start, 60))
                or background.is_open_at(brief, start)
                or _is_out_of_reach(brief, start, end)
            ):
                continue
            if background.is_about_others(statement) or _OPEN_NEAR.search(brief.before(start, 30)):
                continue
            found[name] = (start, end)
    if not found:
        return Reading()
    ordered = sorted(found.items(), key=lambda item: item[1])
    start, end = ordered[0][1]
    if ordered[-1][1][1] - start < 120:
        end = ordered[-1][1][1]
    return Reading(
        Constraint(
            field="compliance",
            value=[name for name, _ in ordered],
            source="stated",
            confidence=0.95,
            quote=brief.quote(start, end),
        )
    )


def _is_out_of_reach(brief: Brief, start: int, end: int) -> bool:
    """`outside of the GDPR altogether`, `PCI for the shop, but this service is out of scope`."""
    if _NO_MATTER.match(brief.after(end, 60)) or _NOTHING_OF_IT.search(brief.before(start, 30)):
        return True
    if _ONLY_ONCE.match(brief.after(end, 30)) or _OUTSIDE_OF.search(brief.before(start, 45)):
        return True
    further = _FURTHER_OUT.match(brief.text, end, brief.statement_at(start).end)
    if further is None:
        return False
    # What is out of scope is the regime that was named last.
    return not any(pattern.search(further.group()) for _, pattern in _PATTERNS)

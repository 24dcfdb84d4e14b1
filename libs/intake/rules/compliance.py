"""Reads the regimes that are named and apply."""

import re

from libs.intake import background, negation
from libs.intake.brief import Brief
from libs.intake.candidates import Known, Reading
from libs.intake.models import Constraint

_REGIMES = (
    (
        "PCI-DSS",
        r"payment card industry(?: data security)? standard|pci(?:[\s-]?dss)?(?: level \d| v?\d(?:\.\d)?)?",
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
_OPEN_NEAR = re.compile(
    r"\b(?:maybe|perhaps|if|whether|unless|might|could apply|not yet|someday|later|"
    r"next year)\b[^.;,]{0,20}$"
)


_TAKEN_BACK = re.compile(
    r"[^.;]{0,40}\b(?:scratch that|forget (?:that|it)|strike that|ignore that|not ours|that's wrong|"
    r"wrong regime|"
    r"quatsch|oubliez|olvida\w*|no es nuestro|pas nous)\b"
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
            if name in found or background.is_open(statement):
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

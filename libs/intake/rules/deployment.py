"""Reads how the system should be run: serverless, containers, Kubernetes or managed services."""

import re

from libs.intake import background, negation
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate, Known, Reading, reading_of
from libs.intake.models import Conflict

_WORDS = (
    ("kubernetes", 3.0, r"k8s|kubernetes|kubernetes-\w+|eks|aks|gke|openshift|k3s|helm charts?|knative"),
    (
        "serverless",
        3.0,
        (
            r"serverless|faas|aws lambda|lambda functions?|lambdas?|cloud functions|azure functions|"
            r"cloud run|scale[- ]to[- ]zero|sin servidor|serverlos\w*|sans serveur"
        ),
    ),
    (
        "containers",
        2.0,
        (
            r"docker(?: images?| containers?)?|containers?|containeri[sz]ed|ecs|fargate|nomad|podman|"
            r"contenedores|contenedor|conteneurs?|containern"
        ),
    ),
    (
        "managed",
        2.0,
        (
            r"(?:fully[- ])?managed (?:services?|platform|offering|solution|ml|service|where possible|"
            r"everything|endpoints?|components?)|fully managed|managed over self-hosted|sagemaker|"
            r"vertex ai|azure ?ml|paas|"
            r"prefer managed|servicios (?:gestionados|administrados)|verwaltete\w* dienste?|managed[- "
            r"]dienste?|services (?:geres|manages|infogeres)|managed wherever possible|as managed as "
            r"possible"
        ),
    ),
)
_PATTERNS = tuple((name, weight, re.compile(rf"\b(?:{words})\b")) for name, weight, words in _WORDS)
_INDIFFERENT = re.compile(
    r"\b(?:whether|up to (?:you|the)|or (?:on )?something else|does(?:n't| not) matter|don't "
    r"(?:care|mind)|don't have a preference|no preference|whatever|either|egal|da igual|peu importe|"
    r"left to the|"
    r"open to)\b"
)
_PEOPLE = re.compile(
    r"\b(?:know|knows|experience|experienced|skills?|certified|background in|worked with)\b[^.;]{0,25}$"
)
_ORCHESTRATOR_LEFT = re.compile(r"\b(?:choice of orchestrator|orchestrator)\b")
_NEED_SHIPPING = re.compile(
    r"\b(?:shipping|cargo|freight|port|harbou?r|lorry|vessel|food) containers?\b|"
    r"\bcontainers? (?:ship|port|terminal|number)\w*"
)


def read(brief: Brief, known: Known) -> Reading:
    """The preference; with two that exclude each other none, and a conflict."""
    found: dict[str, Candidate] = {}
    ruled_out: set[str] = set()
    for name, weight, pattern in _PATTERNS:
        for match in pattern.finditer(brief.text):
            start, end = match.span()
            if negation.is_negated(brief, start, end):
                ruled_out.add(name)
            elif name not in found and _is_wanted(brief, start, end):
                found[name] = Candidate(name, start, end, weight, 0.92)
    wanted = {name: each for name, each in found.items() if not (name in ruled_out and name == "managed")}
    if "serverless" in wanted and "kubernetes" in wanted:
        return Reading(None, (_excluding(brief, wanted["serverless"], wanted["kubernetes"]),))
    order = ("kubernetes", "serverless", "containers", "managed")
    best = next((wanted[name] for name in order if name in wanted), None)
    if best is not None and best.value == "containers" and "managed" in wanted:
        best = min((best, wanted["managed"]), key=lambda each: each.start)
    return reading_of(brief, "deployment_preference", best)


def _is_wanted(brief: Brief, start: int, end: int) -> bool:
    statement = brief.statement_at(start)
    if background.is_open(statement) or background.is_question(statement):
        return False
    if background.is_about_others(statement) or background.is_headed_background(brief, statement):
        return False
    if _INDIFFERENT.search(statement.text) and not _ORCHESTRATOR_LEFT.search(statement.text):
        return False
    if _NEED_SHIPPING.search(statement.text) or _PEOPLE.search(brief.before(start, 50)):
        return False
    return not (
        background.is_background(brief, statement)
        and re.search(r"\b(?:used to|legacy|the old|previous)", statement.text)
    )


def _excluding(brief: Brief, one: Candidate, other: Candidate) -> Conflict:
    return Conflict(
        code="intake.two_deployments",
        fields=("deployment_preference",),
        message="The brief asks for serverless and for Kubernetes; say which one holds.",
        quotes=(brief.quote(one.start, one.end), brief.quote(other.start, other.end)),
    )

"""Reads how the system should be run: serverless, containers, Kubernetes or managed services."""

import re

from libs.intake import asked, background, negation
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate, Known, Reading, reading_of
from libs.intake.models import Conflict
from libs.intake.vocabulary import cues

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
            r"oci[- ](?:containers?|images?)|apptainer|singularity|contenitori docker|"
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
            r"prefer managed|managed(?= (?:pls|please|pieces|bits|parts|stuff|things?|building blocks|"
            r"offerings?|where|if "
            r"possible|preferred|infrastructure|runtime|hosting|kafka|flink|spark|databases?|over|"
            r"rather|instead))|"
            r"(?:something|anything|everything|prefer|preferably|rather|be|fully|->|=|:) managed(?! by)|"
            r"services? (?:gestiti|gestite|gerenciados|beheerde)|servizi gestiti|servicos gerenciados|"
            r"beheerde diensten|servicios (?:gestionados|administrados)|verwaltete\w* dienste?|managed[- "
            r"]dienste?|services (?:geres|manages|infogeres)|managed wherever possible|as managed as "
            r"possible"
        ),
    ),
)
_PATTERNS = tuple((name, weight, re.compile(rf"\b(?:{words})\b")) for name, weight, words in _WORDS)
_NO_SERVERS = cues.pattern("deploy.managed")
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
    r"\bship containers\b|\b(?:shipping|cargo|freight|port|harbou?r|lorry|vessel|food) containers?\b|"
    r"\bcontainers? (?:ship|port|terminal|number)\w*"
)


_OTHER_CONTAINERS = re.compile(
    r"\b(?:shipping|cargo|freight|waste|recycling|rubbish|garbage|glass|litter|reefer) containers?\b|"
    r"\bcontainers? (?:ships?|ports?|terminals?|yards?|numbers?|vessels?)\b|"
    r"\b(?:contenedor(?:es)?|conteneurs?|contenitori|container|contentores|containers) "
    r"(?:\w+ )?(?:de |di |pour |a |da |para )?(?:residuos|basura|reciclaje|dechets|rifiuti|soterrad\w+|"
    r"ordures|verre|lixo|resta?fval)\b"
    r"|\b(?:mull|abfall|glas|altglas|afval|restafval|schiffs|see)-?container\w*"
)
"""Containers that are filled or shipped with goods: the whole text means these."""
_SOFTWARE = re.compile(
    r"\b(?:docker|oci|podman|images?|registry|deploy\w*|kubernetes|fargate|ecs|runtime|apptainer)\b"
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
    for match in _NO_SERVERS.finditer(brief.text):
        if "managed" not in found and not background.is_question(brief.statement_at(match.start())):
            found["managed"] = Candidate("managed", *match.span(), 2.0, 0.8)
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
    if asked.answer(brief, start):
        return True
    if background.is_open(statement) or background.is_question(statement):
        return False
    if background.is_about_others(statement) or background.is_headed_background(brief, statement):
        return False
    if _INDIFFERENT.search(
        _without_remark(brief, statement.text, start - statement.start)
    ) and not _ORCHESTRATOR_LEFT.search(statement.text):
        return False
    if (
        brief.text[start:end].startswith(("container", "contenedor", "conteneur", "contenitor"))
        and _OTHER_CONTAINERS.search(brief.text)
        and not _SOFTWARE.search(statement.text)
    ):
        return False
    if _NEED_SHIPPING.search(statement.text) or _PEOPLE.search(brief.before(start, 50)):
        return False
    return not (
        background.is_background(brief, statement)
        and re.search(r"\b(?:used to|legacy|the old|previous)", statement.text)
    )


def _without_remark(brief: Brief, statement: str, position: int) -> str:
    """A remark behind `#` on the line of a setting tells of something else."""
    remark = re.search(r"\s#\s", statement)
    return statement[: remark.start()] if remark and position < remark.start() else statement


def _excluding(brief: Brief, one: Candidate, other: Candidate) -> Conflict:
    return Conflict(
        code="intake.two_deployments",
        fields=("deployment_preference",),
        message="The brief asks for serverless and for Kubernetes; say which one holds.",
        quotes=(brief.quote(one.start, one.end), brief.quote(other.start, other.end)),
    )

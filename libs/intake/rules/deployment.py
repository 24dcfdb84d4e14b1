"""Reads how the system should be run: serverless, containers, Kubernetes or managed services."""

import re

from libs.intake import asked, background, negation
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate, Known, Reading, reading_of
from libs.intake.models import Conflict
from libs.intake.searching import expression
from libs.intake.vocabulary import cues

_WORDS = (
    (
        "kubernetes",
        3.0,
        (
            r"k8s|kubernetes|kubernetes-\w+|eks|aks|gke|openshift|k3s|helm charts?|knative|rancher|kubectl|"
            r"(?:as )?pods(?= (?:in|on))"
        ),
    ),
    (
        "serverless",
        3.0,
        (
            r"serverless|faas|aws lambda|lambda functions?|lambdas?|cloud functions|azure functions|"
            r"cloud run|step functions|functions? as a service|pay[- ]per[- ](?:call|request|use|"
            r"invocation|execution)|"
            r"pa(?:y|id|ying) (?:only )?(?:per|by the|for each) (?:call|request|invocation|execution)|"
            r"(?:functions?|code) that (?:only )?(?:costs?|runs?) (?:\w+ )?when (?:called|used|needed)|"
            r"(?:nothing|no \w+) (?:running|costing|billed|left on) (?:when|while) (?:idle|nobody|nothing)|"
            r"cost(?:s|ing)? nothing (?:when|while) (?:idle|nobody|nothing|not used|unused)|"
            r"scale[- ]to[- ]zero|sin servidor|serverlos\w*|sans serveur"
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
            r"vertex ai|azure ?ml|paas|app service|app runner|app engine|elastic beanstalk|heroku|"
            r"managed end[- ]to[- ]end|(?:fully|completely|entirely) (?:hosted|run|operated)|"
            r"managed by (?!(?:us|our|me)\b)\w+|"
            r"(?:everything|all|as much as possible|anything|rather|preferably|something) as a service|"
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
_SOMEBODY_ELSE = (
    r"(?:some(?:body|one) else|the (?:cloud|provider|vendor|supplier|hoster)|a (?:cloud )?(?:provider|"
    r"vendor|third party)|amazon|aws|"
    r"google|microsoft|azure|others|them|jemand(?:em)? anders?|jemand anderer|andere|dritte|"
    r"der (?:anbieter|betreiber|hersteller)|"
    r"vom anbieter|quelqu'un d'autre|un (?:tiers|prestataire|autre)|le (?:fournisseur|prestataire)|(?:el|"
    r"un) (?:proveedor|tercero)|"
    r"otr[oa]s?|alguien mas|(?:il|un) (?:fornitore|provider|terzo)|qualcun altro|o (?:fornecedor|provedor)|"
    r"outra pessoa|"
    r"iemand anders|de (?:leverancier|aanbieder))"
)
_RUN_BY = (
    r"(?:run|runs|running|manag\w+|operat\w+|administ\w+|look\w* after|tak\w* care|maintain\w*|patch\w*|"
    r"host(?:s|ed|ing) and \w+|"
    r"verwalt\w+|betreib\w+|betrieben|kummer\w*|wart\w+|gere\w*|gerer|administr\w+|exploit\w+|"
    r"s'en occupe\w*|gestion\w+|"
    r"encarg\w+|lleve\w*|ocup\w+|gest\w+|se ne occup\w+|cuid\w+|gerenci\w+|beheer\w*|onderhoud\w*)"
)
_HANDED_OVER = expression(
    rf"\b{_SOMEBODY_ELSE} (?:[a-z']+ ){{0,5}}?{_RUN_BY}\b|\b{_RUN_BY} (?:[a-z']+ ){{0,3}}?(?:by|von|par|"
    rf"por|da|door|a) {_SOMEBODY_ELSE}\b"
    rf"|\b(?:que lo|lo|la) {_RUN_BY} {_SOMEBODY_ELSE}\b"
    rf"|\b(?:no|nothing|without|keine?|aucun\w*|sin|nessun\w*|nenhum\w*|geen) (?:\w+ ){{0,2}}?(?:servers?|"
    rf"machines?|clusters?|boxes|"
    rf"infrastructure|vms?|ops|server|serveurs?|servidores|macchine) (?:\w+ ){{0,3}}?(?:babysit\w*|nurse|"
    rf"feed|{_RUN_BY})"
    rf"|\b(?:nothing|nichts|rien|nada|niente) (?:for us )?(?:to|that (?:\w+ )?(?:must|has to|needs to) be|"
    rf"(?:we|was wir|que nous) "
    rf"(?:\w+ )?(?:must|have to|need to)?) ?{_RUN_BY}"
)
"""`ein Dienst, den jemand anders fur uns verwaltet`, `no servers to babysit`."""
_OF_THE_SYSTEM = expression(
    r"\b(?:service|dienst\w*|infrastruct\w*|platform\w*|plattform|servers?|system\w*|machines?|it|this|"
    r"everything|all|rest|hosting|"
    r"host\w*|stack|deploy\w*|plateforme|serveurs?|tout|servicio|todo|lo|servizio|tutto|servico|tudo|alles|"
    r"das|es|ca|le)\b"
)
_INDIFFERENT = expression(
    r"\b(?:whether|up to (?:you|the)|or (?:on )?something else|does(?:n't| not) matter|don't "
    r"(?:care|mind)|don't have a preference|no preference|whatever|either|egal|da igual|peu importe|"
    r"left to the|"
    r"open to)\b"
)
_PEOPLE = expression(
    r"\b(?:know|knows|experience|experienced|skills?|certified|background in|worked with)\b[^.;]{0,25}$"
)
_IF_NEED_BE = expression(
    r",? (?:if (?:you insist|need be|it must|there is no other|unavoidable|really)|at worst|as a fallback|"
    r"notfalls|zur not|"
    r"si hace falta|au pire|en dernier|se proprio|desnoods)"
)
_WHERE_IT_FITS = expression(
    r"\s*,? ?(?:where|if|when|as far as|wherever) (?:it is |it's )?"
    r"(?:possible|feasible|it fits|it makes sense|sensible)"
)
_FOR_TRAINING = expression(r"(?:.*\b)?(?:training|train|retraining|batch|experiments?|notebooks?)\b")
"""A part that is run in another way contradicts nothing."""
_TAKES_BACK_WITHIN = 80
_TRIED = expression(
    r"\b(?:we|they|i|somebody|predecessor|colleague)(?:'ve| have| had)? (?:once |already |"
    r"briefly )?(?:tried|experimented|"
    r"attempted|played|struggled|failed|burned|gave up)\b[^.;,]{0,30}$|\b(?:haben|hatten) (?:wir )?(?:mal |"
    r"schon )?"
    r"(?:mit )?$|\bon a essaye[^.;,]{0,20}$|\b(?:probamos|intentamos)[^.;,]{0,20}$"
)
"""What was tried is told as a warning."""
_ORCHESTRATOR_LEFT = expression(r"\b(?:choice of orchestrator|orchestrator)\b")
_NEED_SHIPPING = expression(
    r"\bship containers\b|\b(?:shipping|cargo|freight|port|harbou?r|lorry|vessel|food) containers?\b|"
    r"\bcontainers? (?:ship|port|terminal|number)\w*"
)


_OTHER_CONTAINERS = expression(
    r"\b(?:shipping|cargo|freight|waste|recycling|rubbish|garbage|glass|litter|reefer) containers?\b|"
    r"\bcontainers? (?:ships?|ports?|terminals?|yards?|numbers?|vessels?)\b|"
    r"\b(?:contenedor(?:es)?|conteneurs?|contenitori|container|contentores|containers) "
    r"(?:\w+ )?(?:de |di |pour |a |da |para )?(?:residuos|basura|reciclaje|dechets|rifiuti|soterrad\w+|"
    r"ordures|verre|lixo|resta?fval)\b"
    r"|\b(?:mull|abfall|glas|altglas|afval|restafval|schiffs|see)-?container\w*"
)
"""Containers that are filled or shipped with goods: the whole text means these."""
_SOFTWARE = expression(
    r"\b(?:docker|oci|podman|images?|registry|ships?|delivered|as an? container|packaged?|deploy\w*|"
    r"kubernetes|fargate|ecs|runtime|apptainer)\b"
)


def read(brief: Brief, known: Known) -> Reading:
    """The preference; with two that exclude each other none, and a conflict."""
    found: dict[str, Candidate] = {}
    ruled_out: set[str] = set()
    for name, weight, pattern in _PATTERNS:
        for match in pattern.finditer(brief.text):
            end = match.end()
            start = next(at for at in range(match.start(), end) if brief.text[at].isalnum())
            if negation.is_negated(brief, start, end):
                ruled_out.add(name)
                # `the k8s people left; so not k8s`: what is said later stands.
                if name in found and start - found[name].end < _TAKES_BACK_WITHIN:
                    del found[name]
            elif name not in found and _is_wanted(brief, start, end):
                found[name] = Candidate(name, start, end, weight, 0.92)
    for match in _NO_SERVERS.finditer(brief.text):
        if "managed" not in found and not background.is_question(brief.statement_at(match.start())):
            found["managed"] = Candidate("managed", *match.span(), 2.0, 0.8)
    if not found:
        found |= {each.value: each for each in _handed_over(brief)}
    wanted = {name: each for name, each in found.items() if not (name in ruled_out and name == "managed")}
    if "serverless" in wanted and "kubernetes" in wanted:
        softer = [
            name
            for name in ("serverless", "kubernetes")
            if _WHERE_IT_FITS.match(brief.after(wanted[name].end, 40))
            or _FOR_TRAINING.search(brief.before(wanted[name].start, 25))
            or _FOR_TRAINING.match(brief.after(wanted[name].end, 25))
        ]
        if softer:
            wanted.pop(softer[-1])
    if "serverless" in wanted and "kubernetes" in wanted:
        return Reading(None, (_excluding(brief, wanted["serverless"], wanted["kubernetes"]),))
    if len(wanted) > 1:
        firm = {
            name: each for name, each in wanted.items() if not _IF_NEED_BE.match(brief.after(each.end, 40))
        }
        wanted = firm or wanted
    order = ("kubernetes", "serverless", "containers", "managed")
    best = next((wanted[name] for name in order if name in wanted), None)
    if best is not None and best.value == "containers" and "managed" in wanted:
        best = min((best, wanted["managed"]), key=lambda each: each.start)
    return reading_of(brief, "deployment_preference", best)


def _handed_over(brief: Brief) -> list[Candidate]:
    """Where the text wants the running of it left to others, in whatever words."""
    return [
        Candidate("managed", *match.span(), 1.5, 0.75)
        for match in _HANDED_OVER.finditer(brief.text)
        if (statement := brief.statement_at(match.start()))
        and _OF_THE_SYSTEM.search(statement.text)
        and not background.is_question(statement)
        and not background.is_background(brief, statement)
        and not negation.is_negated(brief, *match.span())
    ]


def _is_wanted(brief: Brief, start: int, end: int) -> bool:
    statement = brief.statement_at(start)
    if asked.answer(brief, start):
        return True
    if background.is_open_at(brief, start) or background.is_question(statement):
        return False
    if _TRIED.search(brief.before(start, 50)):
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
    if (
        brief.text[start:end] == "container"
        and re.search(r"\ba $", brief.before(start, 4))
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

"""Reads which cloud is to be used, from its name, its services or its region codes."""

import itertools
import re

from libs.intake import background, correction, negation
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate, Known, Reading, heaviest, reading_of
from libs.intake.searching import expression
from libs.intake.vocabulary import cues, places

_NAMES = (
    (
        "aws",
        3.0,
        (
            r"aws|amazon web services|(?:on|in|at|or|and|auf|en|sur|chez|that|which|where|from|bei|di|da|"
            r"van) amazon(?! (?:reviews?|marketplace|seller|prime|orders?|shop|listing))|amazon'?s? cloud|"
            r"amazon(?= (?:house|shop(?= )|customer|account|stack|people)\b)|"
            r"amazon cloud"
        ),
    ),
    (
        "gcp",
        3.0,
        (
            r"gcp|google cloud(?: platform)?|google'?s cloud|(?:on|in|with|at|from|auf|bei|chez|en|con|su|"
            r"bij|via|:) "
            r"google(?!'?s?[ -](?:maps?|analytics|sheets?|ads?|search|workspace|drive|docs?|reviews?|play|"
            r"forms?|"
            r"translate|scholar|calendar|pay|trends|shopping|pixel|chrome|it\b))"
        ),
    ),
    (
        "azure",
        3.0,
        r"(?:microsoft )?azure(?! ?(?:devops|ad\b|active directory|boards|repos))|microsoft'?s? cloud",
    ),
)
_SERVICES = (
    (
        "aws",
        2.0,
        (
            r"eks|ecs|ec2|fargate|sagemaker|bedrock|dynamodb|redshift|kinesis|aurora|s3|cloudwatch|"
            r"aws lambda|lambdas?(?! (?:calculus|expression|architecture|value|parameter|=))|"
            r"step functions|athena|glue|sqs|sns|app runner|elastic beanstalk"
        ),
    ),
    (
        "gcp",
        2.0,
        r"gke|bigquery|bq|vertex(?: ai)?|cloud run|dataflow|cloud functions|pub/?sub|gcs|bigtable|dataproc",
    ),
    (
        "azure",
        2.0,
        r"aks|azure ?ml|cosmos ?db|synapse|event ?hubs?|blob storage|azure functions|aci|app service|container apps",
    ),
)
_MENTIONS = tuple(
    (cloud, weight, re.compile(rf"\b(?:{words})\b")) for cloud, weight, words in (*_NAMES, *_SERVICES)
)
_AWS_CODE = expression(r"\b[a-z]{2,4}(?:-[a-z]+){1,2}-\d\b")
_GCP_CODE = expression(r"\b[a-z]+-[a-z]+\d{1,2}\b")
_INDIFFERENT = cues.pattern("cloud.indifferent")
_PAST = expression(
    r"\b(?:last (?:year|month|quarter)|pilot|poc|prototype|demo|used to|was|were|previously|formerly|"
    r"originally|fruher|"
    r"bisher|avant|antes|prima|vroeger)\b[^.;,]{0,30}$"
)
_LISTED = expression(r"\s*(?:,|/|,? (?:and|und|et|y|e|en))\s*")
_PREFERRED = expression(
    r"\b(?:prefer\w*|must|won|wins|chosen|decided|only|not|better|favou?rite|primary|rather|migrat\w*|"
    r"mov\w+|both)\b"
)
_DECIDED_AFTER = expression(
    r"\s*(?:won\b|wins\b|it is\b|it will be|it must be|was chosen|has been chosen|gewinnt|wurde gewahlt)"
)
_DECIDED_BEFORE = expression(
    r"\b(?:decided(?: on| for)?|chose|picked|settled on|go(?:ing)? with|went with|outcome|decision|"
    r"beschlossen|"
    r"entschieden fur|retenu|decidido|elegido|scelto)\W{1,3}(?:is |on |for |to use )?$"
)
_MOVING_TO = expression(
    r"\b(?:mov(?:e|es|ing)|migrat\w+|switch(?:ed|ing)?|go(?:ing)?|chang(?:e|ing)|wechseln|umziehen|umzug|"
    r"passons|passer|migramos|"
    r"pasamos|passiamo|verhuizen) (?:\w+ ){0,3}?(?:over )?(?:to|zu|auf|nach|vers|a|hacia|naar|su) (?:the )?$"
)
"""`currently on GCP, moving to AWS`."""
_AHEAD = expression(r"\b(?:will|production|new|from now|next|kunftig|wird|sera|sara)\b[^.;,]{0,30}$")
_NEXT_IN_LIST = expression(r"\s?(?:[,:;]|(?:or|ou|oder|o|of) (?!aws|azure|gcp|google|amazon|microsoft))")
_INVITED = expression(
    r"\b(?:under evaluation|being evaluated|invited|in the running|bidding|made an? offer|have offered|"
    r"both)\b"
)
_MOVED = expression(r"\b(?:from|von|de|da|left|weg von)\s+$")
_EITHER = expression(
    r"\b(?:any|either|whichever|or|oder|o|ou|does not matter|doesn't matter|agnostic|multi-?cloud)\b"
)
_ARRIVED = expression(r"\b(?:leav\w+ [\w ]{2,15} for|to|onto|now on|now in|nach|zu|vers|hacia)\s+$")
_LEFT = expression(
    r"\b(?:left|leaving|moved (?:away|off)|migrat\w+ (?:from|off|away)|mov(?:e|ing) (?:\w+ "
    r")?(?:from|off|away from)|coming from|used to)\b(?:(?!\bto\b)[^.;]){0,25}$"
)


def read(brief: Brief, known: Known) -> Reading:
    """The provider that is wanted; named as one of several choices it is none."""
    candidates: list[Candidate] = []
    for cloud, weight, pattern in _MENTIONS:
        for match in pattern.finditer(brief.text):
            candidate = _mention(brief, cloud, weight, *match.span())
            if candidate is not None:
                candidates.append(candidate)
    candidates += _codes(brief)
    decided = [each for each in candidates if _is_decided(brief, each)]
    if len({each.value for each in decided}) == 1:
        return reading_of(brief, "cloud", heaviest(decided))
    if _is_choice(brief, candidates):
        return Reading()
    return reading_of(brief, "cloud", heaviest(_standing(brief, candidates)))


def _mention(brief: Brief, cloud: str, weight: float, start: int, end: int) -> Candidate | None:
    statement = brief.statement_at(start)
    arrived = bool(_ARRIVED.search(brief.before(start, 20)))
    if not arrived and (negation.is_negated(brief, start, end) or _LEFT.search(brief.before(start, 40))):
        return None
    if background.is_about_others(statement) or background.is_open_at(brief, start):
        return None
    if _INDIFFERENT.search(brief.before(start, 60)) or (
        _INDIFFERENT.search(brief.after(end, 60)) and _NEXT_IN_LIST.match(brief.after(end, 16))
    ):
        return None
    if _MOVING_TO.search(brief.before(start, 50)):
        return Candidate(cloud, start, end, weight + 1.0, 0.9)
    past = bool(_PAST.search(brief.before(start, 60)))
    told = background.is_background(brief, statement) and (past or not _AHEAD.search(brief.before(start, 60)))
    if background.is_headed_background(brief, statement) or told:
        return Candidate(
            cloud, start, end, weight - 1.5, 0.6, "Named where the present system is described.", True
        )
    return Candidate(cloud, start, end, weight - past, 0.95)


def _codes(brief: Brief) -> list[Candidate]:
    found: list[Candidate] = []
    shapes = (("aws", _AWS_CODE, places.AWS_REGIONS), ("gcp", _GCP_CODE, places.GCP_REGIONS))
    for cloud, pattern, codes in shapes:
        for match in pattern.finditer(brief.text):
            if match.group() in codes and not negation.is_negated(brief, *match.span()):
                reason = f"{match.group()} is a region code of this provider."
                found.append(Candidate(cloud, *match.span(), 1.8, 0.85, reason, True))
    for match in re.finditer(r"\b[a-z]{6,20}\d?\b", brief.text):
        if match.group() in places.AZURE_REGIONS:
            reason = f"{match.group()} is a region code of this provider."
            found.append(Candidate("azure", *match.span(), 1.8, 0.85, reason, True))
    return found


def _standing(brief: Brief, candidates: list[Candidate]) -> list[Candidate]:
    """Without the provider that was taken back for another one."""
    if len({each.value for each in candidates}) < 2:
        return candidates
    named = [each for each in candidates if not each.inferred]
    left = correction.standing(brief, named)
    return left if left and len(left) < len(named) else candidates


def _is_decided(brief: Brief, candidate: Candidate) -> bool:
    """`we compared all three; AWS won`."""
    return bool(
        _DECIDED_AFTER.match(brief.after(candidate.end, 30))
        or _DECIDED_BEFORE.search(brief.before(candidate.start, 40))
    )


def _is_choice(brief: Brief, candidates: list[Candidate]) -> bool:
    ordered = sorted(candidates, key=lambda each: each.start)
    for first, second in itertools.pairwise(ordered):
        between = brief.text[first.end : second.start]
        after = brief.after(second.end, 60)
        open_choice = (
            (
                _LISTED.fullmatch(between)
                and not _PREFERRED.search(brief.before(first.start, 40) + " ~ " + after)
            )
            or _EITHER.search(between)
            or _INDIFFERENT.search(after)
            or _INVITED.search(brief.before(first.start, 40) + " ~ " + after)
        )
        if (
            first.value != second.value
            and len(between) < 16
            and open_choice
            and not _MOVED.search(brief.before(first.start, 40))
        ):
            return True
    return False

"""Reads which cloud is to be used, from its name, its services or its region codes."""

import itertools
import re

from libs.intake import background, negation
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate, Known, Reading, heaviest, reading_of
from libs.intake.vocabulary import cues, places

_NAMES = (
    (
        "aws",
        3.0,
        (
            r"aws|amazon web services|(?:on|in|at|or|and|auf|en|sur|chez|that|which|where|from|bei|di|da|"
            r"van) amazon(?! (?:reviews?|marketplace|seller|prime|orders?|shop|listing))|amazon'?s? cloud|"
            r"amazon cloud"
        ),
    ),
    ("gcp", 3.0, r"gcp|google cloud(?: platform)?|google'?s cloud"),
    ("azure", 3.0, r"(?:microsoft )?azure"),
)
_SERVICES = (
    (
        "aws",
        2.0,
        (
            r"eks|ecs|ec2|fargate|sagemaker|bedrock|dynamodb|redshift|kinesis|aurora|s3|cloudwatch|"
            r"aws lambda|lambdas?(?! (?:calculus|expression|architecture|value|parameter|=))|"
            r"step functions|athena|glue"
        ),
    ),
    (
        "gcp",
        2.0,
        r"gke|bigquery|bq|vertex(?: ai)?|cloud run|dataflow|cloud functions|pub/?sub|gcs|bigtable|dataproc",
    ),
    ("azure", 2.0, r"aks|azure ?ml|cosmos ?db|synapse|event ?hubs?|blob storage|azure functions|aci"),
)
_MENTIONS = tuple(
    (cloud, weight, re.compile(rf"\b(?:{words})\b")) for cloud, weight, words in (*_NAMES, *_SERVICES)
)
_AWS_CODE = re.compile(r"\b[a-z]{2,4}(?:-[a-z]+){1,2}-\d\b")
_GCP_CODE = re.compile(r"\b[a-z]+-[a-z]+\d{1,2}\b")
_INDIFFERENT = cues.pattern("cloud.indifferent")
_MOVED = re.compile(r"\b(?:from|von|de|da|left|weg von)\s+$")
_EITHER = re.compile(
    r"\b(?:any|either|whichever|or|oder|o|ou|does not matter|doesn't matter|agnostic|multi-?cloud)\b"
)
_ARRIVED = re.compile(r"\b(?:to|onto|now on|now in|nach|zu|vers|hacia)\s+$")
_LEFT = re.compile(
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
    if _is_choice(brief, candidates):
        return Reading()
    return reading_of(brief, "cloud", heaviest(candidates))


def _mention(brief: Brief, cloud: str, weight: float, start: int, end: int) -> Candidate | None:
    statement = brief.statement_at(start)
    arrived = bool(_ARRIVED.search(brief.before(start, 20)))
    if not arrived and (negation.is_negated(brief, start, end) or _LEFT.search(brief.before(start, 40))):
        return None
    if background.is_about_others(statement) or background.is_open(statement):
        return None
    if _INDIFFERENT.search(brief.before(start, 60)) or (
        _INDIFFERENT.search(brief.after(end, 60)) and "," in brief.after(end, 3)
    ):
        return None
    if background.is_headed_background(brief, statement) or background.is_background(brief, statement):
        return Candidate(
            cloud, start, end, weight - 1.5, 0.6, "Named where the present system is described.", True
        )
    return Candidate(cloud, start, end, weight, 0.95)


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


def _is_choice(brief: Brief, candidates: list[Candidate]) -> bool:
    ordered = sorted(candidates, key=lambda each: each.start)
    for first, second in itertools.pairwise(ordered):
        between = brief.text[first.end : second.start]
        after = brief.after(second.end, 60)
        open_choice = _EITHER.search(between) or _INDIFFERENT.search(after)
        if (
            first.value != second.value
            and len(between) < 16
            and open_choice
            and not _MOVED.search(brief.before(first.start, 40))
        ):
            return True
    return False

"""Mends slips of the pen in names that rules look for, keeping the way back to the offsets of the original."""

import re

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from libs.intake.folding import Folded

_NAMES = [
    "kubernetes", "serverless", "sagemaker", "databricks", "terraform", "snowflake", "postgresql",
    "elasticsearch", "frankfurt", "stockholm", "singapore", "montreal", "ireland", "germany",
    "compliance", "availability", "latency", "confidential", "restricted", "containers", "forecasting",
    "recommendation", "classification", "anomaly", "segmentation", "retraining", "retrained", "nightly",
    "monthly", "quarterly", "parquet", "budget", "downtime", "throughput", "requests", "bigquery",
    "redshift", "dynamodb", "retrain", "month", "training", "dollars",
]  # fmt: skip
_LONG = 9
_WORD = re.compile(r"(?<![a-z0-9-])[a-z]{6,18}(?![a-z0-9-])")


def mended(folded: Folded) -> Folded:
    """One slip in six letters, two in nine; a word that only bends a name stays."""
    pieces: list[str] = []
    origin: list[int] = []
    at = 0
    for match in _WORD.finditer(folded.text):
        name = _meant(match.group())
        if name is None:
            continue
        start, end = match.span()
        pieces += [folded.text[at:start], name]
        origin += folded.origin[at:start]
        last = end - 1
        origin += [folded.origin[min(start + place, last)] for place in range(len(name) - 1)] + [
            folded.origin[last]
        ]
        at = end
    if not pieces:
        return folded
    return Folded("".join([*pieces, folded.text[at:]]), (*origin, *folded.origin[at:]))


def _meant(word: str) -> str | None:
    if word in _KNOWN:
        return None
    found = process.extractOne(
        word, _NAMES, scorer=DamerauLevenshtein.distance, score_cutoff=2 if len(word) > _LONG else 1
    )
    if found is None:
        return None
    name: str = found[0]
    slips = found[1]
    bends = (
        word.startswith(name[:-2]) or name.startswith(word[:-1]) or word[0] != name[0] or word[-1] != name[-1]
    )
    return None if bends or slips == 0 else name


_KNOWN = frozenset(_NAMES)

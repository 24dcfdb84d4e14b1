"""A small linear model that says what a statement asks for, where no rule knows its words."""

import base64
import json
import math
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from zlib import crc32

WEIGHTS_FILE = "task_model.json"
BUCKETS = 16384
"""Features share this many rows of weights by their checksum."""
_WORD = re.compile(r"[a-z]+|\d+")
_GRAM = 4
_LONGEST_WORD = 20
_MOST_WORDS = 60
"""What a statement asks for stands in its first words; the time for a long one stays bounded."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What training left behind; a weight is a small whole number times the scale."""

    labels: tuple[str, ...]
    scale: float
    biases: tuple[float, ...]
    rows: "array[int]"
    """Bucket after bucket, one number a label."""
    digest: str
    """Checksum of the examples they were trained on."""


def features(text: str) -> dict[int, float]:
    """Words and pieces of words of a folded statement, as a vector of length one."""
    found = {crc32(each.encode()) % BUCKETS for each in _pieces(text)}
    value = 1.0 / math.sqrt(len(found)) if found else 0.0
    return dict.fromkeys(sorted(found), value)


def probabilities(text: str) -> dict[str, float]:
    """How likely each label is for a folded statement.

    Args:
        text: one statement; `none` among the labels stands for asking nothing.
    """
    weights = load()
    vector = features(text)
    count = len(weights.labels)
    sums = [0] * count
    rows = weights.rows
    for bucket in vector:
        start = bucket * count
        for label in range(count):
            sums[label] += rows[start + label]
    value = next(iter(vector.values()), 0.0) * weights.scale
    logits = [bias + total * value for bias, total in zip(weights.biases, sums, strict=True)]
    highest = max(logits)
    powers = [math.exp(each - highest) for each in logits]
    whole = sum(powers)
    return {label: power / whole for label, power in zip(weights.labels, powers, strict=True)}


@cache
def load() -> Weights:
    """The shipped weights, read at first use."""
    path = resources.files("libs.intake.vocabulary") / WEIGHTS_FILE
    document = json.loads(path.read_text(encoding="utf-8"))
    return Weights(
        tuple(document["labels"]),
        float(document["scale"]),
        tuple(document["biases"]),
        array("b", base64.b64decode(document["rows"])),
        str(document["digest"]),
    )


def _pieces(text: str) -> Iterator[str]:
    words = [word if word.isalpha() else "0" for word in _WORD.findall(text)[:_MOST_WORDS]]
    for word in words:
        short = word[:_LONGEST_WORD]
        yield f"w {short}"
        padded = f" {short} "
        for start in range(len(padded) - _GRAM + 1):
            yield padded[start : start + _GRAM]

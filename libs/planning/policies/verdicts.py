"""What a test says: faults with their evidence, what it looked at when there are none, or why it does not apply."""

from typing import NamedTuple

from libs.core.values import Json


class Fault(NamedTuple):
    """One thing that is not as the rule asks."""

    evidence: str
    slot: str | None = None
    resource: str = ""
    file: str = ""
    line: int | None = None


class Verdict(NamedTuple):
    """The faults; none: the test holds."""

    faults: tuple[Fault, ...]
    shown: str
    """What was looked at."""
    slot: str | None = None


class Skipped(NamedTuple):
    """The test does not apply."""

    reason: str


Outcome = Verdict | Skipped


def resource_fault(block: Json, words: str) -> Fault:
    """A fault of a Terraform block, with its place."""
    place = f"{block['file']}:{block['line']}"
    return Fault(
        f"{block['address']} ({place}) {words}", None, block["address"], block["file"], block["line"]
    )

"""The part of the master lock that a plan needs: its requirements and, by the lock's annotations, what they need."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from libs.codegen.errors import RenderFailed
from libs.codegen.manifest_adapters import packages_left_out
from libs.codegen.models import Blueprint

REQUIREMENTS_PATH = "requirements.in"
LOCK_PATH = "requirements.lock"
_PIN = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==")
_REQUIREMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True)
class _Pin:
    """One entry of the lock: its lines without annotations, and which packages asked for it."""

    name: str
    lines: tuple[str, ...]
    needed_by: frozenset[str]


def requirements_of(bp: Blueprint, master: str) -> str:
    """`requirements.in` of a plan: the lines of the master that its parts need."""
    out = {_normal(name) for name in packages_left_out(bp)}
    lines = [line for line in master.splitlines() if line.strip()]
    return "".join(f"{line}\n" for line in lines if _name_of(line) not in out)


def lock_of(requirements: str, master: str) -> str:
    """The pins and hashes that the requirements need, as the master lock has them.

    Args:
        requirements: lines of a `requirements.in`.
        master: an annotated lock that covers them.

    Raises:
        RenderFailed: a requirement is not in the lock.
    """
    pins = list(_pins(master))
    needed = {_name_of(line) for line in requirements.splitlines() if line.strip()}
    missing = needed - {pin.name for pin in pins}
    if missing:
        raise RenderFailed(f"The master lock does not hold {', '.join(sorted(missing))}.")
    while True:
        found = {pin.name for pin in pins if pin.needed_by & needed} - needed
        if not found:
            break
        needed |= found
    return "".join(f"{line}\n" for pin in pins if pin.name in needed for line in pin.lines)


def locked_names(lock: str) -> frozenset[str]:
    """The normal names of the packages in a lock."""
    return frozenset(pin.name for pin in _pins(lock))


def _pins(lock: str) -> Iterator[_Pin]:
    block: list[str] = []
    for line in [*lock.splitlines(), "end=="]:
        if _PIN.match(line):
            if block:
                yield _pin(block)
            block = []
        block.append(line)


def _pin(block: Iterable[str]) -> _Pin:
    lines = [line for line in block if line.strip()]
    kept = [line for line in lines if not line.lstrip().startswith("#")]
    notes = (line.lstrip(" #").removeprefix("via").strip() for line in lines if line not in kept)
    needed_by = frozenset(_normal(note) for note in notes if _REQUIREMENT.fullmatch(note))
    return _Pin(_name_of(kept[0]), tuple(kept), needed_by)


def _name_of(line: str) -> str:
    match = _REQUIREMENT.match(line)
    if match is None:
        raise RenderFailed(f"{line[:80]!r} names no package.")
    return _normal(match.group())


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()

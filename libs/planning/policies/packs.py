"""The packs in force: those shipped with the product and those of an organisation, with its waivers."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from pydantic import TypeAdapter, ValidationError

from libs.planning.errors import PoliciesUnusable
from libs.planning.policies.rules import Pack
from libs.planning.policies.waivers import WaiverEntry

PACKS: tuple[str, ...] = ("baseline", "gdpr", "hipaa", "pci_dss", "soc2", "law25", "ml_governance")
"""Every pack that is shipped, in the order in which results are shown; adding one is a file and a name here."""
WAIVERS = "waivers.yaml"
_ENTRIES = TypeAdapter(tuple[WaiverEntry, ...])


class Policies(NamedTuple):
    """What a design is judged by."""

    packs: tuple[Pack, ...]
    waivers: tuple[WaiverEntry, ...] = ()


def load_packs(folder: Path | None = None) -> Policies:
    """The shipped packs, and the packs and waivers of an organisation.

    Args:
        folder: `*.yaml` files in the form of the shipped ones, and `waivers.yaml`.

    Raises:
        PoliciesUnusable: a file cannot be used; names file, line and reason.
    """
    shipped = _shipped()
    if folder is None:
        return Policies(shipped)
    if not folder.is_dir():
        raise PoliciesUnusable(f"{folder}: there is no such folder", file=str(folder))
    texts = {path.name: _text(path) for path in sorted(folder.glob("*.yaml"))}
    waivers = parse_waivers(texts.pop(WAIVERS, ""))
    packs = shipped + parse_packs(texts, taken={pack.id for pack in shipped})
    known = {f"{pack.id}.{rule.id}" for pack in packs for rule in pack.rules}
    for entry in waivers:
        if entry.rule not in known:
            raise PoliciesUnusable(f"{WAIVERS}: there is no rule {entry.rule}", file=WAIVERS, rule=entry.rule)
    return Policies(packs, waivers)


def parse_packs(texts: Mapping[str, str], taken: set[str] | None = None) -> tuple[Pack, ...]:
    """Checks the texts of packs, keyed by file name; the id of a pack is the name of its file."""
    ids = set(taken or ())
    packs: list[Pack] = []
    for file, text in texts.items():
        name = file.removesuffix(".yaml")
        if name in ids:
            raise PoliciesUnusable(f"{file}:1: there is a pack {name} already", file=file, line=1)
        ids.add(name)
        content = _read(file, text)
        if not isinstance(content, dict):
            raise PoliciesUnusable(f"{file}:1: a pack is a mapping with title and rules", file=file, line=1)
        try:
            pack = Pack.model_validate({**content, "id": name})
        except ValidationError as error:
            raise _refused(file, text, error) from error
        seen: set[str] = set()
        for position, rule in enumerate(pack.rules):
            if rule.id in seen:
                line = _line(yaml.compose(text), ("rules", position, "id"))
                raise PoliciesUnusable(f"{file}:{line}: rule {rule.id} is there twice", file=file, line=line)
            seen.add(rule.id)
        packs.append(pack)
    return tuple(packs)


def parse_waivers(text: str) -> tuple[WaiverEntry, ...]:
    """Checks the text of `waivers.yaml`: a list of entries."""
    content = _read(WAIVERS, text)
    try:
        return _ENTRIES.validate_python(content or ())
    except ValidationError as error:
        raise _refused(WAIVERS, text, error) from error


@cache
def _shipped() -> tuple[Pack, ...]:
    here = resources.files(__package__).joinpath("packs")
    return parse_packs({f"{name}.yaml": here.joinpath(f"{name}.yaml").read_text("utf-8") for name in PACKS})


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PoliciesUnusable(f"{path.name}: not readable: {error}", file=path.name) from error


def _read(file: str, text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PoliciesUnusable(f"{file}:{line}: not YAML: {error.problem}", file=file, line=line) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise PoliciesUnusable(f"{file}: not YAML: {error}", file=file) from error


def _refused(file: str, text: str, error: ValidationError) -> PoliciesUnusable:
    first = error.errors()[0]
    line = _line(yaml.compose(text), first["loc"])
    place = ".".join(str(part) for part in first["loc"])
    return PoliciesUnusable(f"{file}:{line}: {place}: {first['msg']}", file=file, line=line)


def _line(node: yaml.Node | None, place: tuple[int | str, ...]) -> int:
    """Line of the deepest part of a place that is in the file; parts that only the checker knows are passed over."""
    if node is None:
        return 1
    line = node.start_mark.line + 1
    for part in place:
        if isinstance(node, yaml.MappingNode):
            pairs = [(key, value) for key, value in node.value if key.value == part]
            if pairs:
                line, node = pairs[0][0].start_mark.line + 1, pairs[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line

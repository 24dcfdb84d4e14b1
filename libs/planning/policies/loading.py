"""The one list of policy packs, and their loader."""

from collections.abc import Mapping
from functools import cache
from importlib import resources

import yaml
from pydantic import ValidationError

from libs.planning.errors import PoliciesUnusable
from libs.planning.policies.models import Pack

PACKS: tuple[str, ...] = ("baseline", "gdpr", "hipaa", "pci_dss", "soc2", "ml_governance")
"""Every pack, in the order in which results are shown; adding one is a file and a name here."""


@cache
def load_packs() -> tuple[Pack, ...]:
    """The packs shipped with the product (read once)."""
    here = resources.files(__package__)
    return parse_packs({name: here.joinpath(f"{name}.yaml").read_text(encoding="utf-8") for name in PACKS})


def parse_packs(texts: Mapping[str, str]) -> tuple[Pack, ...]:
    """Checks the texts of packs, keyed by pack id; PoliciesUnusable names the pack and the reason."""
    packs: list[Pack] = []
    for name, text in texts.items():
        try:
            pack = Pack.model_validate({**yaml.safe_load(text), "id": name})
        except (yaml.YAMLError, TypeError) as error:
            raise PoliciesUnusable(f"{name}.yaml: not readable: {error}", pack=name) from error
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            raise PoliciesUnusable(f"{name}.yaml: {place}: {first['msg']}", pack=name) from error
        ids = [rule.id for rule in pack.rules]
        if len(ids) != len(set(ids)):
            raise PoliciesUnusable(f"{name}.yaml: a rule id is used twice", pack=name)
        packs.append(pack)
    return tuple(packs)

"""Reads and checks the catalogue files, one a slot."""

from collections.abc import Mapping
from importlib import resources

import yaml
from pydantic import ValidationError

from libs.planning.catalogue.models import Catalogue, Option
from libs.planning.errors import CatalogueUnusable
from libs.planning.models import SLOTS
from libs.planning.sizing import RULES


def load_catalogue() -> Catalogue:
    """The catalogue shipped with the product (called once, at start)."""
    here = resources.files(__package__)
    texts = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in here.iterdir()
        if entry.name.endswith(".yaml")
    }
    return parse_catalogue(texts)


def parse_catalogue(texts: Mapping[str, str]) -> Catalogue:
    """Checks the texts of the slot files, keyed by file name.

    Raises:
        CatalogueUnusable: a file is missing, is not YAML, or states something that cannot hold; names file and reason.
    """
    options: list[Option] = []
    for slot in SLOTS:
        name = f"{slot}.yaml"
        if name not in texts:
            raise CatalogueUnusable(f"{name}: the file of slot {slot} is missing", file=name)
        options.extend(_options_of(name, slot, texts[name]))
    unknown = sorted(set(texts) - {f"{slot}.yaml" for slot in SLOTS})
    if unknown:
        raise CatalogueUnusable(f"{unknown[0]}: there is no slot of this name", file=unknown[0])
    catalogue = Catalogue(options=tuple(options))
    _check_pairings(catalogue)
    return catalogue


def _options_of(name: str, slot: str, text: str) -> list[Option]:
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise CatalogueUnusable(f"{name}: not readable as YAML: {error}", file=name) from error
    if not isinstance(raw, dict) or set(raw) != {"options"} or not isinstance(raw["options"], list):
        raise CatalogueUnusable(f"{name}: expected one key `options` holding a list", file=name)
    options: list[Option] = []
    for position, entry in enumerate(raw["options"], start=1):
        if not isinstance(entry, dict):
            raise CatalogueUnusable(f"{name}: option {position} is not a mapping", file=name)
        label = entry.get("id", f"option {position}")
        try:
            option = Option.model_validate({**entry, "slot": slot})
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            raise CatalogueUnusable(f"{name}: {label}: {place}: {first['msg']}", file=name) from error
        _check_option(name, option, options)
        options.append(option)
    if len(options) < 2:
        raise CatalogueUnusable(f"{name}: a slot needs at least two options", file=name)
    return options


def _check_option(name: str, option: Option, earlier: list[Option]) -> None:
    if option.sizing not in RULES:
        raise CatalogueUnusable(f"{name}: {option.id}: unknown sizing rule {option.sizing!r}", file=name)
    if any(other.id == option.id for other in earlier):
        raise CatalogueUnusable(f"{name}: {option.id}: the id is used twice", file=name)
    if not option.archetypes:
        raise CatalogueUnusable(f"{name}: {option.id}: fits no archetype", file=name)
    if option.ops_hours_month < 0:
        raise CatalogueUnusable(f"{name}: {option.id}: ops_hours_month is negative", file=name)
    if option.availability and not 0 < option.availability.pct <= 100:
        raise CatalogueUnusable(f"{name}: {option.id}: availability is no percentage", file=name)
    if not option.claims:
        raise CatalogueUnusable(f"{name}: {option.id}: no claim with a source", file=name)


def _check_pairings(catalogue: Catalogue) -> None:
    for option in catalogue.options:
        for pairing in option.requires:
            for other in pairing.options:
                if catalogue.find(pairing.slot, other) is None:
                    name = f"{option.slot}.yaml"
                    raise CatalogueUnusable(
                        f"{name}: {option.id}: requires {other}, which slot {pairing.slot} does not have",
                        file=name,
                    )

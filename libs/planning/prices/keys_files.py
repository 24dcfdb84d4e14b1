"""Reads the price keys: one file an area; a pattern with a list of names makes many keys of one entry."""

from collections.abc import Iterator, Mapping
from importlib import resources
from itertools import product
from typing import Any, TypeVar

from pydantic import ValidationError

from libs.core.values import Value
from libs.core.yaml_documents import Document, YamlUnreadable, read_yaml
from libs.planning.errors import PricesUnusable
from libs.planning.prices.keys_models import PriceKey, Quote

QUOTED = "quoted.yaml"
Kind = TypeVar("Kind", bound=Value)


def load_keys() -> dict[str, PriceKey]:
    """Every price key shipped with the product."""
    folder = resources.files(__package__).joinpath("keys")
    texts = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".yaml")
    }
    return parse_keys(texts)


def parse_keys(texts: Mapping[str, str]) -> dict[str, PriceKey]:
    """Checks the texts of the key files, by file name.

    Raises:
        PricesUnusable: with file, line and reason.
    """
    keys: dict[str, PriceKey] = {}
    for name in sorted(texts):
        document = _document(name, texts[name])
        entries = document.data.get("keys") if isinstance(document.data, dict) else None
        if not isinstance(entries, list):
            raise _unusable(name, 1, "expected `keys` holding a list")
        for number, entry in enumerate(entries):
            place: tuple[str | int, ...] = ("keys", number)
            for spelled in _spelled(name, document, place, entry):
                key = _value(PriceKey, name, document, place, spelled)
                if key.key in keys:
                    raise _unusable(name, document.line(place), f"the key {key.key} is there twice")
                keys[key.key] = key
    return keys


def parse_quotes(text: str, keys: Mapping[str, PriceKey], name: str = QUOTED) -> tuple[Quote, ...]:
    """Checks the figures quoted from public pages.

    Raises:
        PricesUnusable: with file, line and reason; also for a key that no key file has, and for another unit.
    """
    document = _document(name, text)
    if not isinstance(document.data, list):
        raise _unusable(name, 1, "expected a list")
    quotes = []
    for number, entry in enumerate(document.data):
        quote = _value(Quote, name, document, (number,), entry)
        line = document.line((number,))
        if quote.key not in keys:
            raise _unusable(name, line, f"no key file has the key {quote.key}")
        if quote.unit != keys[quote.key].unit:
            raise _unusable(name, line, f"{quote.key} counts {keys[quote.key].unit}, not {quote.unit}")
        quotes.append(quote)
    return tuple(quotes)


def _spelled(
    name: str, document: Document, place: tuple[str | int, ...], entry: Any
) -> Iterator[dict[str, Any]]:
    """The entry once for every combination of the names it lists under `each`."""
    if not isinstance(entry, dict):
        raise _unusable(name, document.line(place), "expected a mapping")
    each = entry.get("each", {})
    if not isinstance(each, dict) or not all(isinstance(v, list | dict) and v for v in each.values()):
        raise _unusable(name, document.line((*place, "each")), "`each` needs lists of names")
    rest = {field: value for field, value in entry.items() if field != "each"}
    choices = [[_named(variable, chosen, names) for chosen in names] for variable, names in each.items()]
    for combination in product(*choices):
        names = {field: text for part in combination for field, text in part.items()}
        yield _filled(rest, names)


def _named(variable: str, chosen: Any, names: Any) -> dict[str, str]:
    """`{x}` is the name in the key; `{x_name}` what the sources call it, when a mapping says so.

    A mapping below the name gives several: `{hosting: {name: Hosting, usage: Host}}` makes `{x_name}` and `{x_usage}`.
    """
    called = names[chosen] if isinstance(names, dict) else chosen
    spellings = called if isinstance(called, dict) else {"name": called}
    told = {f"{variable}_{spelling}": str(text) for spelling, text in spellings.items()}
    return {variable: str(chosen), **told}


def _filled(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        for name, text in names.items():
            value = value.replace(f"{{{name}}}", text)
        return value
    if isinstance(value, dict):
        return {key: _filled(part, names) for key, part in value.items()}
    if isinstance(value, list):
        return [_filled(part, names) for part in value]
    return value


def _document(name: str, text: str) -> Document:
    try:
        return read_yaml(text)
    except YamlUnreadable as error:
        line = int(error.facts["line"])
        raise _unusable(name, line, error.message.removeprefix(f"line {line}: ")) from error


def _value(kind: type[Kind], name: str, document: Document, place: tuple[str | int, ...], raw: Any) -> Kind:
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        reason = f"{where}: {first['msg']}" if where else first["msg"]
        raise _unusable(name, document.line((*place, *first["loc"])), reason) from error


def _unusable(name: str, line: int, reason: str) -> PricesUnusable:
    return PricesUnusable(f"{name}, line {line}: {reason}", file=name, line=line, reason=reason)

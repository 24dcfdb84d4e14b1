"""Reads and checks the catalogue files: one an option, one for the assumptions, one for what a prediction costs."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from libs.core.yaml_documents import Document, YamlUnreadable, read_yaml
from libs.planning.catalogue import checking
from libs.planning.catalogue.models import Catalogue, Figure, Load, Option
from libs.planning.errors import CatalogueUnusable
from libs.planning.models import SLOTS

ASSUMPTIONS = "assumptions.yaml"
LOADS = "loads.yaml"
OPTIONS = "options"
V = TypeVar("V", Figure, Load, Option)


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """The catalogue shipped with the product, and the options of an organisation's own folder.

    Args:
        folder: holds `<slot>/<id>.yaml` files of one's own; an id that is shipped too is replaced.

    Raises:
        CatalogueUnusable: a file cannot be used; names file, line and reason.
    """
    return _shipped() if folder is None else parse_catalogue({**_shipped_texts(), **_own_texts(folder)})


def parse_catalogue(texts: Mapping[str, str]) -> Catalogue:
    """Checks the texts of a catalogue.

    Args:
        texts: by path: `assumptions.yaml`, `loads.yaml`, and `options/<slot>/<id>.yaml` for each option.

    Raises:
        CatalogueUnusable: names file, line and reason.
    """
    documents = {path: _document(path, text) for path, text in texts.items()}
    figures = tuple(figure for _, figure in _table(Figure, ASSUMPTIONS, documents, named=True))
    loads = dict(_table(Load, LOADS, documents))
    options = [
        _option(path, document)
        for path, document in sorted(documents.items(), key=lambda pair: _order(pair[0]))
        if path not in (ASSUMPTIONS, LOADS)
    ]
    catalogue = Catalogue(options=tuple(options), figures=figures, loads=loads)
    checking.check(catalogue, {_path(option): documents[_path(option)] for option in options})
    return catalogue


@cache
def _shipped() -> Catalogue:
    return parse_catalogue(_shipped_texts())


def _shipped_texts() -> dict[str, str]:
    here = resources.files(__package__)
    found = {name: here.joinpath(name).read_text(encoding="utf-8") for name in (ASSUMPTIONS, LOADS)}
    return found | dict(_yaml_files(here.joinpath(OPTIONS)))


def _yaml_files(root: Traversable) -> Iterator[tuple[str, str]]:
    for slot in root.iterdir():
        if slot.is_dir():
            for entry in slot.iterdir():
                if entry.name.endswith(".yaml"):
                    yield f"{OPTIONS}/{slot.name}/{entry.name}", entry.read_text(encoding="utf-8")


def _own_texts(folder: Path) -> dict[str, str]:
    try:
        return dict(_yaml_files(folder))
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueUnusable(f"{folder} cannot be read as a folder of options: {error}") from error


def _document(path: str, text: str) -> Document:
    try:
        return read_yaml(text)
    except YamlUnreadable as error:
        raise CatalogueUnusable(f"{path}, {error.message}", file=path) from error


def _option(path: str, document: Document) -> Option:
    option = _validated(Option, path, document, document.data, ())
    if path != _path(option):
        raise CatalogueUnusable(
            f"{path}, line 1: slot {option.slot} and id {option.id} belong into {_path(option)}", file=path
        )
    return option


def _path(option: Option) -> str:
    return f"{OPTIONS}/{option.slot}/{option.id}.yaml"


def _order(path: str) -> tuple[int, str]:
    slot = path.split("/")[1] if path.count("/") == 2 else ""
    return (SLOTS.index(slot) if slot in SLOTS else len(SLOTS), path)


def _table(
    kind: type[V], path: str, documents: Mapping[str, Document], *, named: bool = False
) -> Iterator[tuple[str, V]]:
    document = documents.get(path)
    if document is None:
        raise CatalogueUnusable(f"{path} is missing", file=path)
    if not isinstance(document.data, dict):
        raise CatalogueUnusable(f"{path}, line 1: a mapping from names to rows was expected", file=path)
    for name, row in document.data.items():
        given = {"name": name, **row} if named and isinstance(row, dict) else row
        yield str(name), _validated(kind, path, document, given, (str(name),))


def _validated(kind: type[V], path: str, document: Document, data: Any, within: tuple[str, ...]) -> V:
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        # A misspelt key is an extra one and a missing one: the extra one stands in the file.
        first = min(error.errors(), key=lambda told: told["type"] == "missing")
        place: tuple[str | int, ...] = tuple(first["loc"])
        line = document.line((*within, *place))
        where = ".".join(str(part) for part in (*within, *place))
        reason = str(first["msg"]).removeprefix("Value error, ")
        raise CatalogueUnusable(f"{path}, line {line}: {where}: {reason}", file=path, line=line) from error

"""What a person's tree says about the version it came from.

The payload cannot name its own hash, and must not hold anything that is not an answer. But it holds the answers
themselves: their digest is that of the stored `blueprint.json`, which leads to the stored payload, whatever the
templates became since. The reports beside the payload name its hash outright; they decide where the same answers were
rendered by two versions of the templates, and help where somebody edited the answers.
"""

import json
from typing import Any

import yaml

from libs.codegen.answers import ANSWERS_PATH, read_answers
from libs.codegen.errors import AnswersUnreadable
from libs.codegen.merging.tree import WorkTree
from libs.codegen.models import Blueprint, RenderedFile
from libs.codegen.reports import manifest_text
from libs.core.values import Value, digest

CHECKS_PATH, MANIFEST_PATH = "reports/checks.json", "reports/MANIFEST.sha256"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Clues(Value):
    """What was found in a tree; each may be missing."""

    answers_sha256: str | None
    """Of the recorded answers in their canonical form, as `blueprint.json` is stored."""
    payload_sha256: str | None
    """As the reports name it."""
    blueprint: Blueprint | None
    """The recorded answers, where this version can read them."""
    manifest: str | None

    def is_rendered_as(self, files: tuple[RenderedFile, ...]) -> bool:
        """Whether the manifest in the tree lists exactly these files."""
        return self.manifest is not None and self.manifest == manifest_text(files)


def clues_in(tree: WorkTree) -> Clues:
    """Reads the answers and the reports of a tree.

    Raises:
        UnsafeTree: a link stands where one of them should be.
    """
    answers, checks, manifest = ((_text(tree, path)) for path in (ANSWERS_PATH, CHECKS_PATH, MANIFEST_PATH))
    recorded = _mapping(answers) if answers else None
    return Clues(
        answers_sha256=digest(recorded) if recorded else None,
        payload_sha256=_named_payload(checks) if checks else None,
        blueprint=_blueprint(answers) if answers and recorded else None,
        manifest=manifest,
    )


def package_of(answers: bytes) -> str:
    """The name of the generated Python package, by the recorded answers; empty when they do not say."""
    name = (_mapping(answers.decode(errors="replace")) or {}).get("package", "")
    return name if isinstance(name, str) else ""


def _text(tree: WorkTree, path: str) -> str | None:
    found = tree.find(path)
    if found is None or found.content is None:
        return None
    return found.content.decode(errors="replace").replace("\r\n", "\n")


def _mapping(text: str) -> dict[str, Any] | None:
    """The answers as plain values; None for what we never wrote, such as an alias that unfolds without end."""
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=_Loader)):
            return None
        loaded = yaml.load(text, Loader=_Loader)  # noqa: S506 (the safe loader, in C where there is one)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    is_plain = isinstance(loaded, dict) and _is_json(loaded)
    return loaded if is_plain else None


def _is_json(value: Any) -> bool:
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return False
    return isinstance(value, dict) and all(isinstance(key, str) for key in value)


def _blueprint(text: str) -> Blueprint | None:
    try:
        return read_answers(text)
    except AnswersUnreadable:
        # Answers of another version of this contract; the stored payload is looked for by their digest.
        return None


def _named_payload(text: str) -> str | None:
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError):
        return None
    named = loaded.get("payload_sha256") if isinstance(loaded, dict) else None
    is_digest = isinstance(named, str) and len(named) == 64 and set(named) <= set("0123456789abcdef")
    return named if is_digest else None

"""Which licences the dependencies of a generated repository may have, and how a package states its own."""

import re
from collections.abc import Iterable, Mapping
from email.message import Message
from typing import Literal

Standing = Literal["allowed", "library", "unknown"]

ALLOWED = frozenset({
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "CNRI-Python", "HPND", "ISC", "MIT",
    "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0", "Python-2.0", "Unlicense", "Zlib",
})  # fmt: skip
"""May be used and passed on beside code under any other licence."""
LIBRARY = {
    "LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later",
}  # fmt: skip
"""May be used unmodified as a library, which is all that a dependency in a lock is."""
LIBRARY_REASON = "Installed unmodified as a library, which this licence allows beside code under any other."

_CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL-2.1-only",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
    "zlib/libpng License": "Zlib",
}
_WORDS = {"MIT License": "MIT", "BSD": "BSD-3-Clause", "Apache 2.0": "Apache-2.0", "LGPLv3": "LGPL-3.0-only"}
RECORDED: Mapping[str, str] = {
    "checkov": "Apache-2.0",
    "colorama": "BSD-3-Clause",
    "greenlet": "MIT AND Python-2.0",
    "librt": "MIT",
    "mypy": "MIT",
    "mypy-extensions": "MIT",
    "pathspec": "MPL-2.0",
    "protobuf": "BSD-3-Clause",
    "pywin32": "PSF-2.0",
    "ruff": "MIT",
    "simplejson": "MIT OR AFL-2.1",
    "skops": "MIT",
    "tzdata": "Apache-2.0",
    "uvloop": "MIT OR Apache-2.0",
    "yamllint": "GPL-3.0-or-later",
}
"""Packages that this machine does not install, or whose metadata names no licence, as their projects state it."""
PROVIDERS: Mapping[str, str] = dict.fromkeys(
    ("hashicorp/archive", "hashicorp/aws", "hashicorp/random"), "MPL-2.0"
)


def stated(metadata: Message) -> str:
    """The licence that the metadata of an installed package names, as an SPDX expression; empty if none."""
    expression = metadata.get("License-Expression")
    if expression:
        return str(expression)
    named = [
        _CLASSIFIERS[text]
        for value in metadata.get_all("Classifier", [])
        for text in [str(value).rpartition(" :: ")[2]]
        if str(value).startswith("License ::") and text in _CLASSIFIERS
    ]
    if named:
        return " AND ".join(dict.fromkeys(named))
    words = str(metadata.get("License") or "").strip()
    return _WORDS.get(words, words if _known(words) else "")


def standing(expression: str) -> Standing:
    """Whether a package under this SPDX expression may be a dependency."""
    if not expression:
        return "unknown"
    choices = [
        _terms(choice) for choice in re.split(r"\s+OR\s+", expression.replace("(", "").replace(")", ""))
    ]
    if any(all(term in ALLOWED for term in choice) for choice in choices):
        return "allowed"
    if any(all(term in ALLOWED or term in LIBRARY for term in choice) for choice in choices):
        return "library"
    return "unknown"


def _terms(choice: str) -> list[str]:
    return [term.partition(" WITH ")[0].strip() for term in re.split(r"\s+AND\s+", choice)]


def _known(expression: str) -> bool:
    return bool(expression) and all(_is_term(term) for term in re.split(r"\s+(?:AND|OR)\s+", expression))


def _is_term(term: str, known: Iterable[str] = (*ALLOWED, *LIBRARY)) -> bool:
    return term.strip(" ()") in known

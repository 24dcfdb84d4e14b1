"""Published releases: prompts, thresholds and statistics under one version, the index's configuration with them.

`<releases>/versions/<version>/` holds one; `<releases>/current.json` names the one in use and is written last, so
that a reader never sees half a release. To roll back, name another version. `MODEL_URI` may be `<releases>`,
`<releases>/current` or the folder of one version. `<releases>/promoted/<time>-<version>` says when a version became the
current one: a deployment finds the newest by name alone. It is written before the pointer: when the pointer names a
version, deployments know it as well.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from . import storage
from .running.files import read_json

FACTS_FILE = "model.json"
_VERSION = re.compile(r"/versions/[^/]+$")


def publish_release(release: Path, uri: str) -> str:
    """Publishes a registered release and makes it the current one.

    Args:
        release: the folder `register/model`.
        uri: any form of `MODEL_URI`.

    Returns:
        The version.
    """
    root = releases_root(uri)
    version = str(read_json(release / FACTS_FILE)["version"])
    storage.publish_folder(release, f"{root}/versions/{version}")
    pointer = json.dumps({"version": version}) + "\n"
    promoted = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{version}"
    storage.write_bytes(f"{root}/promoted/{promoted}", pointer.encode())
    storage.write_bytes(f"{root}/current.json", pointer.encode())
    return version


def find_release(uri: str) -> str | None:
    """The address of the version that is meant, or None when there is none yet."""
    source = uri.rstrip("/")
    if storage.read_bytes(f"{source}/{FACTS_FILE}") is not None:
        return source
    if _VERSION.search(source):
        # Another one in its place would be a surprise.
        return None
    root = releases_root(source)
    pointer = storage.read_bytes(f"{root}/current.json")
    if pointer is None:
        return None
    return f"{root}/versions/{json.loads(pointer)['version']}"


def fetch_release(uri: str, folder: Path) -> bool:
    """Fetches the version that the address means; False when there is none yet."""
    source = find_release(uri)
    if source is None:
        return False
    storage.fetch_folder(source, folder)
    return True


def releases_root(uri: str) -> str:
    """The folder that holds all versions."""
    return re.sub(r"/(current|versions/[^/]+)$", "", uri.rstrip("/"))


def release_facts(folder: Path) -> dict[str, Any]:
    """`model.json` of a release."""
    facts: dict[str, Any] = read_json(folder / FACTS_FILE)
    return facts

"""Published models: `<models>/versions/<version>/`; `<models>/current.json` names the one in use.

The pointer is written last, so that a reader never sees half a model; to roll back, name another
version in it. `MODEL_URI` may be `<models>`, `<models>/current` or the folder of one version.
`<models>/evaluated/<version>/` is the model as it was judged, where the one in use has learned the
newest rows since. `<models>/promoted/<time>-<version>` says when a version became the current one:
a deployment finds the newest by name alone. It is written before the pointer: when the pointer
names a version, deployments know it as well.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import tarfile
from datetime import UTC, datetime
from pathlib import Path

from ..jobs import storage
from ..running.errors import UsageError
from ..running.files import read_json

ARCHIVE = "model.tar.gz"
"""The form in which a SageMaker endpoint wants a model."""
_VERSION = re.compile(r"/versions/[^/]+$")


def publish_model(model: Path, uri: str) -> str:
    """Publishes a registered model and makes it the current one.

    Args:
        model: the folder `register/model`.
        uri: any form of `MODEL_URI`.

    Returns:
        The version.
    """
    version, _ = upload_version(model, uri)
    use_version(uri, version)
    return version


def upload_version(model: Path, uri: str) -> tuple[str, str]:
    """Uploads a registered model; its version and address. Nothing uses it yet.

    Raises:
        UsageError: another model was published as this version.
    """
    version = str(read_json(model / "model.json")["version"])
    address = f"{models_root(uri)}/versions/{version}"
    published = storage.read_bytes(f"{address}/model.json")
    if published not in (None, (model / "model.json").read_bytes()):
        raise UsageError(f"{address} holds another model")
    storage.publish_folder(model, address)
    judged = evaluated(model)
    if judged != model:
        storage.publish_folder(judged, f"{models_root(uri)}/evaluated/{version}")
    storage.write_bytes(f"{address}/{ARCHIVE}", _archive(model))
    return version, address


def use_version(uri: str, version: str) -> None:
    """Makes an uploaded version the current one.

    Raises:
        UsageError: it was never uploaded.
    """
    root = models_root(uri)
    archive = storage.read_bytes(f"{root}/versions/{version}/{ARCHIVE}") if version else None
    if archive is None:
        raise UsageError(f"there is no version {version!r} below {root}/versions")
    pointer = json.dumps({"version": version}) + "\n"
    promoted = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{version}"
    storage.write_bytes(f"{root}/promoted/{promoted}", pointer.encode())
    storage.write_bytes(f"{root}/current/{ARCHIVE}", archive)
    storage.write_bytes(f"{root}/current.json", pointer.encode())


def fetch_model(uri: str, folder: Path) -> bool:
    """Fetches the version that the address means; False when there is none yet."""
    source = uri.rstrip("/")
    if storage.read_bytes(f"{source}/model.json") is None:
        if _VERSION.search(source):
            # Another one in its place would be a surprise.
            return False
        root = models_root(source)
        pointer = storage.read_bytes(f"{root}/current.json")
        if pointer is None:
            return False
        source = f"{root}/versions/{json.loads(pointer)['version']}"
    storage.fetch_folder(source, folder)
    return True


def fetch_evaluated(uri: str, folder: Path) -> bool:
    """Fetches the current model as it was judged; False when there is none.

    The current one, not the one that a deployment has pinned: it is what a new model replaces.
    """
    if not fetch_model(models_root(uri), folder):
        return False
    version = str(read_json(folder / "model.json")["version"])
    judged = f"{models_root(uri)}/evaluated/{version}"
    if storage.read_bytes(f"{judged}/model.json") is not None:
        shutil.rmtree(folder)
        storage.fetch_folder(judged, folder)
    return True


def evaluated(model: Path) -> Path:
    """The folder of a registered model as it was judged: another one when it was fitted again."""
    before = model.parent / "evaluated"
    return before if (before / "model.json").is_file() else model


def models_root(uri: str) -> str:
    """The folder that holds all versions."""
    return re.sub(r"/(current|versions/[^/]+)$", "", uri.rstrip("/"))


def _archive(model: Path) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for path in sorted(model.iterdir()):
            tar.add(path, arcname=path.name)
    return buffer.getvalue()

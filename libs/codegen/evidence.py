"""What `make evidence` of a generated repository recorded, held against the version it claims to be about."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from libs.codegen.errors import EvidenceForeign, EvidenceUnreadable
from libs.codegen.merging.identity import MANIFEST_PATH
from libs.codegen.models import RenderedFile
from libs.core.values import canonical_json, sha256_hex

NAME = "run_evidence.json"
MOST_BYTES = 1_000_000
"""A record of a run takes some ten thousand."""
_DATA = "data"
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class RunModel(BaseModel):
    """What the record says of the model; figures beside it are kept as they are."""

    model_config = ConfigDict(extra="allow", frozen=True)

    code: Digest | None = None
    """Of the package's source when it was trained; records of older repositories do not have it."""


class RunEvidence(BaseModel):
    """The part of the record that says what was run; figures beside it are kept as they are."""

    model_config = ConfigDict(extra="allow", frozen=True)

    contract: Literal[1]
    package: str
    recorded_at: datetime
    inputs: dict[str, Any]
    """SHA-256 by path in the repository, and what is known of the data under `data`."""
    tree: Digest | None
    """SHA-256 of `reports/MANIFEST.sha256`; None: the repository had none."""
    model: RunModel = RunModel()
    says: tuple[str, ...]
    """The whole in sentences."""


def read_evidence(data: bytes) -> RunEvidence:
    """The record in a file.

    Raises:
        EvidenceUnreadable: too long, not JSON, or not what `make evidence` writes.
    """
    if len(data) > MOST_BYTES:
        raise EvidenceUnreadable(advice=f"Nothing was kept: a record has at most {MOST_BYTES:,} bytes.")
    try:
        return RunEvidence.model_validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise EvidenceUnreadable(
            advice=f"Nothing was kept; {place}: {first['msg']}. Send {NAME} as `make evidence` wrote it.",
        ) from error


def require_same(evidence: RunEvidence, repository: Sequence[RenderedFile]) -> None:
    """Holds a record against the files of a version.

    Args:
        evidence: what was run.
        repository: every file that was handed over, reports included.

    Raises:
        EvidenceForeign: it is about other files.
    """
    digests = {file.path: sha256_hex(file.content) for file in repository}
    if evidence.model.code not in (None, _code(evidence.package, digests)):
        raise EvidenceForeign(
            "The model of the run was trained by other code.",
            advice="Nothing was kept. Train it in the tree as it was handed over, or design the change as a version.",
        )
    manifest = digests.get(MANIFEST_PATH)
    if evidence.tree != manifest:
        raise EvidenceForeign(
            "The record is about another version, or about a tree without its manifest.",
            advice=f"Nothing was kept. Run it in the tree whose {MANIFEST_PATH} has the SHA-256 {manifest}.",
        )
    for path, digest in sorted(evidence.inputs.items()):
        if path != _DATA and digests.get(path) != digest:
            what = "is not the one of this version" if path in digests else "is no file of this version"
            raise EvidenceForeign(
                f"The run used a file that was changed: {path} {what}.",
                advice="Nothing was kept. Run it in the tree as it was handed over, or design the change as a version.",
                path=path,
            )


def _code(package: str, digests: Mapping[str, str]) -> str:
    """The digest that the package gives itself: `code_digest` of its `running/repository.py`."""
    folder = PurePosixPath("src", package)
    paths = sorted(path for name in digests if (path := PurePosixPath(name)).is_relative_to(folder))
    named = [[str(path.relative_to(folder)), digests[str(path)]] for path in paths if path.suffix == ".py"]
    return sha256_hex(canonical_json(named))

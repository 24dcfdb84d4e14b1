"""Records of runs are kept for the very files they are about, and for no others."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.codegen.errors import EvidenceForeign, EvidenceUnreadable
from libs.codegen.evidence import MOST_BYTES, read_evidence, require_same
from libs.codegen.models import RenderedFile
from libs.codegen.reports import manifest_text
from libs.core.values import sha256_hex

PAYLOAD = (
    RenderedFile(path="pipeline.json", content=b"{}"),
    RenderedFile(path="config/train.yaml", content=b"trials: 9\n"),
)
MANIFEST = RenderedFile(path="reports/MANIFEST.sha256", content=manifest_text(PAYLOAD).encode())
REPOSITORY = (*PAYLOAD, MANIFEST)


def record(**changes: Any) -> dict[str, Any]:
    """What `make evidence` writes in that repository."""
    return {
        "contract": 1,
        "package": "p",
        "recorded_at": "2026-11-21T12:00:00+00:00",
        "inputs": {
            **{file.path: sha256_hex(file.content) for file in PAYLOAD},
            "data": {"name": "sample.csv", "sha256": "0" * 64, "bytes": 7},
        },
        "tree": sha256_hex(MANIFEST.content),
        "load": {"result": {"p95": 31.5}},
        "says": ["make load: passed."],
        **changes,
    }


def read(**changes: Any) -> None:
    require_same(read_evidence(json.dumps(record(**changes)).encode()), REPOSITORY)


def test_a_record_of_these_files_is_taken_whatever_the_data_was() -> None:
    read()
    read(inputs={**record()["inputs"], "data": {"name": "all.csv", "sha256": "1" * 64, "bytes": 1}})


@pytest.mark.parametrize("tree", ["0" * 64, None])
def test_a_record_of_another_version_is_refused(tree: str | None) -> None:
    with pytest.raises(EvidenceForeign, match="another version") as refused:
        read(tree=tree)
    assert sha256_hex(MANIFEST.content) in refused.value.advice


@pytest.mark.parametrize(
    ("path", "says"), [("pipeline.json", "not the one"), ("config/extra.yaml", "no file of this version")]
)
def test_a_run_with_changed_files_is_refused_and_the_file_is_named(path: str, says: str) -> None:
    with pytest.raises(EvidenceForeign, match=says) as refused:
        read(inputs={**record()["inputs"], path: "2" * 64})
    assert path in refused.value.message


@given(st.sampled_from(sorted(record())), st.sampled_from([None, [], {}, 7, "x", {"a": {}}]))
def test_whatever_a_field_holds_it_is_a_record_or_refused(field: str, value: Any) -> None:
    said = "Nothing was kept"
    try:
        read(**{field: value})
    except (EvidenceUnreadable, EvidenceForeign) as error:
        said = error.advice
    assert "Nothing was kept" in said


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"{", b" " * (MOST_BYTES + 1), b'{"contract": 2}'])
def test_other_files_are_no_record(data: bytes) -> None:
    with pytest.raises(EvidenceUnreadable) as refused:
        read_evidence(data)
    assert "Nothing was kept" in refused.value.advice

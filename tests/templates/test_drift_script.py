"""The comparison that CI makes every week, `ci/drift.sh`: which rows it takes."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import unavailable
from tests.support.blueprints import fraud_blueprint
from tests.support.ci_scripts import Scripts

MODEL: list[tuple[list[str], Any]] = [(["sts"], "123456789012"), (["s3", "cp", "-"], '{"version": "7"}')]


def listed(*objects: tuple[str, str, int]) -> tuple[list[str], Any]:
    """What the list of a prefix says, all pages together."""
    contents = [{"Key": key, "LastModified": day, "Size": size} for key, day, size in objects]
    return ["list-objects-v2", "json"], json.dumps({"Contents": contents} if contents else {})


@pytest.fixture
def scripts(tmp_path: Path) -> Scripts:
    if shutil.which("jq") is None:
        unavailable("jq is not on PATH")
    return Scripts(tmp_path, fraud_blueprint())


def test_the_newest_rows_are_taken(scripts: Scripts) -> None:
    rows = listed(
        ("training/new.parquet", "2026-11-02T00:00:00Z", 9),
        ("training/old.parquet", "2026-11-01T00:00:00Z", 9),
        ("training/", "2026-11-03T00:00:00Z", 0),
    )
    scripts.run("ci/drift.sh", answers=[*MODEL, rows])
    taken = scripts.calls("s3", "cp")[-1]
    assert taken.split()[-2:] == [
        "s3://fraud-api-prod-landing-123456789012/training/new.parquet",
        "rows-new.parquet",
    ]


def test_an_empty_folder_is_named(scripts: Scripts) -> None:
    done = scripts.run("ci/drift.sh", answers=[*MODEL, listed()])
    assert done.returncode == 1
    assert "there are no rows below s3://fraud-api-prod-landing-123456789012/training/ yet" in done.stderr

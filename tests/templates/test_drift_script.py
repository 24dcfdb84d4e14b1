"""The comparison that CI makes every week, `ci/drift.sh`: which rows it takes."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from libs.codegen.models import Blueprint
from tests.conftest import unavailable
from tests.support.blueprints import churn_blueprint, fraud_blueprint
from tests.support.ci_scripts import Scripts
from tests.templates.terraform.plans import with_options

BUCKET = "s3://fraud-api-prod-artifacts-123456789012"
STATE = ["s3", "cp", "s3://state/prod/terraform.tfstate", "-"]
MODEL: list[tuple[list[str], Any]] = [
    (["sts"], "123456789012"),
    (STATE, '{"outputs": {"model_version": {"value": "versions/6"}}}'),
    (["s3", "cp", f"{BUCKET}/models/current.json", "-"], '{"version": "7"}'),
]


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


@pytest.mark.parametrize(
    ("blueprint", "store", "place"),
    [
        (churn_blueprint, "s3_lake", "s3://churn-nightly-prod-lake-123456789012/curated/scoring/"),
        (churn_blueprint, "rds_postgres", "s3://churn-nightly-prod-artifacts-123456789012/curated/scoring/"),
        (fraud_blueprint, "s3_lake", "s3://fraud-api-prod-landing-123456789012/events/"),
    ],
)
def test_rows_of_a_replication_are_looked_for_where_they_are(
    blueprint: Callable[[], Blueprint], store: str, place: str, tmp_path: Path
) -> None:
    """DMS fills `events/` with changes, which a run of a batch puts together."""
    if shutil.which("jq") is None:
        unavailable("jq is not on PATH")
    scripts = Scripts(tmp_path, with_options(blueprint(), ingest="dms_replication", store=store))
    done = scripts.run("ci/drift.sh", answers=[*MODEL, listed()])
    assert f"there are no rows below {place} yet" in done.stderr


@pytest.mark.parametrize(("deployed", "compared"), [("versions/6", "6"), ("current", "7")])
def test_the_model_that_answers_is_the_one_compared(scripts: Scripts, deployed: str, compared: str) -> None:
    state = json.dumps({"outputs": {"model_version": {"value": deployed}}})
    scripts.run("ci/drift.sh", answers=[(STATE, state), *MODEL, listed()])
    assert scripts.calls("cp", "--recursive", f"{BUCKET}/models/versions/{compared}", "model")


@pytest.mark.parametrize(("deployed", "compared"), [("versions/6", "6"), ("current", "7")])
def test_the_model_that_a_batch_takes_is_the_one_compared(
    deployed: str, compared: str, tmp_path: Path
) -> None:
    if shutil.which("jq") is None:
        unavailable("jq is not on PATH")
    scripts = Scripts(tmp_path, churn_blueprint())
    state = json.dumps({"outputs": {"model_version": {"value": deployed}}})
    answers = [(["sts"], "123456789012"), (STATE, state), (["s3", "cp", "-"], '{"version": "7"}')]
    scripts.run("ci/drift.sh", answers=answers)
    assert scripts.calls("cp", "--recursive", "model")[0].split()[-2].endswith(f"/models/versions/{compared}")

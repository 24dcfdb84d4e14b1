"""How long data is kept: what was stated holds in every place that keeps data, in the documents and in the bill."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from libs.codegen.manifest_adapters import ONLINE_FEATURES
from libs.codegen.models import Blueprint
from libs.codegen.renderer import render
from libs.codegen.stated import StatedAnswer
from libs.codegen.wording import counted
from libs.planning.models import Slot
from tests.support.blueprints import churn_blueprint, fraud_blueprint
from tests.support.blueprints_rag import support_blueprint
from tests.support.constrained import Change, planned, tree
from tests.templates.terraform.plans import with_options

SHORT, LONG = 3, 400
INGEST: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "s3_landing": ("batch", {}),
    "transfer_family_sftp": ("batch", {"data_sources": ["sftp"]}),
    "dms_replication": ("batch", {"data_sources": ["postgresql"], "regions": ["ap-south-1"]}),
    "sqs_queue": ("batch", {}),
    "firehose_delivery": ("online", {}),
    "kinesis_stream": ("online", {}),
    "msk_serverless": ("online", {}),
    "msk_provisioned": ("online", {"budget_usd_month": 20_000}),
}
"""Every way in, with a system that it suits."""


def _change(ingest: str, days: int | None) -> Change:
    system, also = INGEST[ingest]
    forced: dict[Slot, str] = {"ingest": ingest}
    return Change.of(system, {**also, "retention_days": days, "data_volume_gb": 900}, forced)


def _landed(files: Mapping[str, str], env: str) -> int:
    """After how many days the landing bucket of an environment removes a file."""
    text = "".join(files[path] for path in sorted(files) if path.startswith(f"infra/envs/{env}/"))
    sized = re.search(r"^    ingest +=.*\bretention_days = (\d+)", text, re.M)
    given = re.search(r"landing_retention_days +?= (\d+)", text)
    found = given or sized
    assert found is not None
    return int(found.group(1))


def _stated(bp: Blueprint, days: int | None) -> dict[str, str]:
    rendered = render(bp.model_copy(update={"stated": StatedAnswer(retention_days=days)}))
    return {file.path: file.content.decode() for file in rendered}


def _landing_module(files: Mapping[str, str], env: str) -> str:
    text = "".join(files[path] for path in sorted(files) if path.startswith(f"infra/envs/{env}/"))
    module = re.search(r'^module "ingest" \{\n(?s:.*?)^\}', text, re.M)
    assert module is not None
    return module[0]


class TestLandedData:
    @pytest.mark.parametrize("ingest", INGEST)
    def test_is_kept_and_paid_for_as_long_as_was_stated(self, ingest: str) -> None:
        bills = []
        for days in (SHORT, LONG):
            change = _change(ingest, days)
            bp = planned(change)
            assert isinstance(bp, Blueprint)
            assert bp.data_retention_days == days
            assert _landed(tree(change), "prod") == days
            bills.append(bp.components["ingest"].monthly_usd or 0)
        assert bills[0] < bills[1]

    @pytest.mark.parametrize("ingest", INGEST)
    def test_is_kept_as_long_as_the_bill_counts_where_nothing_was_stated(self, ingest: str) -> None:
        bp = planned(_change(ingest, None))
        assert isinstance(bp, Blueprint)
        assert _landed(tree(_change(ingest, None)), "prod") == bp.data_retention_days == 180

    @pytest.mark.parametrize("ingest", INGEST)
    def test_is_kept_no_longer_in_the_smaller_environments(self, ingest: str) -> None:
        files = tree(_change(ingest, SHORT))
        assert [_landed(files, env) for env in ("dev", "staging")] == [SHORT, SHORT]

    @settings(max_examples=4, deadline=None, derandomize=True)
    @given(ingest=st.sampled_from(sorted(INGEST)), days=st.integers(1, 3650))
    def test_is_kept_for_any_time_that_is_stated(self, ingest: str, days: int) -> None:
        change = _change(ingest, days)
        files = tree(change)
        assert _landed(files, "prod") == days
        assert all(_landed(files, env) <= days for env in ("dev", "staging"))
        row = next(
            line
            for line in files["docs/requirements_matrix.md"].splitlines()
            if line.startswith("| `retention_days` |")
        )
        assert f"expires after {counted(days, 'days')}" in row

    def test_waits_in_a_queue_for_no_longer_than_it_may_be_kept(self) -> None:
        bp = planned(_change("sqs_queue", SHORT))
        assert isinstance(bp, Blueprint)
        assert bp.components["ingest"].size["retention_hours"] == SHORT * 24


class TestCuratedData:
    @pytest.mark.parametrize(
        "store", ["rds_postgres", "aurora_postgres", "dynamodb_store", "redshift_serverless"]
    )
    def test_expires_where_it_lies_beside_the_artifacts(self, store: str) -> None:
        files = _stated(with_options(churn_blueprint(), store=store), 45)
        kept = [
            re.findall(r'"curated/" = (\d+)', files[f"infra/envs/{env}/main.tf"])
            for env in ("dev", "staging", "prod")
        ]
        assert kept == [["30"], ["45"], ["45"]]

    @pytest.mark.parametrize("store", ["s3_lake", "s3_iceberg"])
    def test_expires_in_the_bucket_of_the_store(self, store: str) -> None:
        assert (
            '"curated/"'
            not in _stated(with_options(churn_blueprint(), store=store), 45)["infra/envs/prod/main.tf"]
        )

    @pytest.mark.parametrize("store", ["rds_postgres", "aurora_postgres"])
    def test_rows_of_a_database_are_deleted_by_the_same_days(self, store: str) -> None:
        text = _stated(with_options(churn_blueprint(), store=store), 45)["infra/envs/prod/data.tf"]
        assert re.findall(r"^  retention_days +?= (\d+)", text, re.M) == ["45"]

    @pytest.mark.parametrize("features", ONLINE_FEATURES)
    def test_features_of_an_entity_expire(self, features: str) -> None:
        files = _stated(with_options(fraud_blueprint(), features=features), 45)
        module = re.search(r'^module "features" \{\n(?s:.*?)^\}', files["infra/envs/prod/data.tf"], re.M)
        assert module is not None
        assert re.findall(r"^  retention_days +?= (\d+)", module[0], re.M) == ["45"]


class TestDocumentsOfAnswers:
    @pytest.mark.parametrize("ingest", INGEST)
    def test_stay_until_their_owner_removes_them(self, ingest: str) -> None:
        files = _stated(with_options(support_blueprint(), ingest=ingest), None)
        for env in ("dev", "staging", "prod"):
            assert '"documents/"' not in _landing_module(files, env)
            assert '"questions/"' in _landing_module(files, env)
        assert "documents until their owner removes them" in files["docs/data_card.md"]

    def test_stay_in_every_environment_as_long_as_was_stated(self) -> None:
        files = _stated(support_blueprint(), 400)
        assert [
            re.findall(r'"(?:documents|questions)/" += (\d+)', _landing_module(files, env))
            for env in ("dev", "staging", "prod")
        ] == [["400", "30"], ["400", "90"], ["400", "400"]]


class TestQuestions:
    def test_are_kept_for_judging_no_longer_than_was_stated(self) -> None:
        files = _stated(support_blueprint("own machines"), 7)
        kept = re.findall(r'"(?:feedback|interactions)/" += (\d+)', files["infra/envs/prod/main.tf"])
        assert kept == ["7", "7"]
        assert "for 7 days" in files["docs/runbooks/questions.md"]
        assert "for 7 days" in files["docs/data_card.md"]

    def test_are_logged_no_longer_than_was_stated(self) -> None:
        text = _stated(support_blueprint(), 7)["infra/envs/prod/llm.tf"]
        assert re.search(r'modules/prompt_log"(?s:.*?)retention_days = 7\n', text)


class TestDocuments:
    @pytest.mark.parametrize(("days", "words"), [(1, "1 day"), (45, "45 days")])
    def test_say_how_long_data_is_kept(self, days: int, words: str) -> None:
        files = _stated(churn_blueprint(), days)
        assert f"; data {words}, and up to 35 days longer" in files["docs/data_card.md"]
        assert f"| data is kept | {words} |" in files["docs/architecture.md"]

    def test_name_the_store_that_deletes_nothing(self) -> None:
        assert (
            "until somebody deletes them"
            in _stated(with_options(churn_blueprint(), store="redshift_serverless"), 45)["docs/data_card.md"]
        )

    def test_logs_follow_their_own_rule(self) -> None:
        files = _stated(churn_blueprint(), 45)
        assert "log_retention_days: 365" in files["config/base.yaml"]
        assert "days >= min(365, 3653)" in files["infra/envs/prod/locals.tf"]

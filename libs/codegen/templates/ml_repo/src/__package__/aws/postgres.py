"""Connections to PostgreSQL in AWS: login from Secrets Manager, certificate and host checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..running.environment import require
from .clients import client

if TYPE_CHECKING:
    from psycopg import Connection

CA_FILE = "/etc/ssl/certs/rds-global-bundle.pem"
"""Amazon's certificates for databases, which no operating system brings; see docker/."""
_CA_BESIDE = Path(__file__).parents[2] / "rds-global-bundle.pem"
"""The same in an archive, which is how Flink gets the code."""


@dataclass(frozen=True)
class Database:
    """A database and where its login is kept."""

    host: str
    name: str
    secret_arn: str
    ca_file: str = CA_FILE
    statement_timeout_s: float = 600.0

    @classmethod
    def from_environment(
        cls, variables: Mapping[str, str], prefix: str = "", statement_timeout_s: float = 600.0
    ) -> Database:
        """Reads `<prefix>DATABASE_HOST`, `_NAME`, `_SECRET_ARN` and, if set, `DATABASE_CA_FILE`.

        Raises:
            UsageError: one is not set.
        """
        names = tuple(f"{prefix}DATABASE_{part}" for part in ("HOST", "NAME", "SECRET_ARN"))
        require(variables, names)
        host, name, secret_arn = (variables[variable] for variable in names)
        usual = str(_CA_BESIDE) if _CA_BESIDE.is_file() else CA_FILE
        ca_file = variables.get("DATABASE_CA_FILE", usual)
        return cls(host, name, secret_arn, ca_file, statement_timeout_s)

    def connect(self) -> Connection[Any]:
        """A new connection. The login is read each time, so a rotated password is found at once."""
        import psycopg

        answer = client("secretsmanager").get_secret_value(SecretId=self.secret_arn)
        login = json.loads(answer["SecretString"])
        return psycopg.connect(
            host=self.host,
            port=int(login.get("port", 5432)),
            dbname=self.name,
            user=login["username"],
            password=login["password"],
            sslmode="verify-full",
            sslrootcert=self.ca_file,
            connect_timeout=5,
            options=f"-c statement_timeout={int(self.statement_timeout_s * 1000)}",
        )

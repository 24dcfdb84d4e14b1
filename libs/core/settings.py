"""Every setting, read once from `AGENTIC_MLOPS_*`; bootstrap hands single values on."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PRODUCT_ROOT = Path(__file__).resolve().parents[2]


class Settings(BaseSettings):
    """Settings of one process; the defaults need nothing but this machine."""

    model_config = SettingsConfigDict(env_prefix="AGENTIC_MLOPS_", extra="ignore")

    home: Path = Path.home() / ".agentic-mlops"
    """Folder of the embedded default: database, artifacts, logs."""
    database_url: str = ""
    """SQLAlchemy URL (`postgresql+psycopg://…`); empty means SQLite under `home`."""
    blob_url: str = ""
    """`s3://bucket/prefix`; empty means a folder under `home`."""
    s3_endpoint_url: str = ""
    """Endpoint of an S3-compatible store; empty means AWS."""
    s3_region: str = "us-east-1"

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    public_url: str = ""
    """Address under which people reach the product; adds its host and origin to the accepted ones."""
    bearer_token_sha256: SecretStr | None = None
    """SHA-256 (hex) of the one bearer token; required for any bind address but loopback."""
    body_limit_bytes: int = 1_000_000
    upload_limit_bytes: int = 200_000_000
    """Largest table that is taken in."""
    page_dir: Path = PRODUCT_ROOT / "frontend" / "out"
    """Folder of the served page; without it only the API answers."""
    embedded_worker: bool = True
    """Whether `serve` also works on jobs; turn off when separate workers run."""
    worker_slots: int = Field(default=2, ge=1, le=64)
    lease_seconds: float = Field(default=30.0, gt=0)
    poll_seconds: float = Field(default=0.5, gt=0)
    drain_seconds: float = 20.0
    stream_seconds: float = 600.0
    """A stream closes itself after this time; the client returns with its number."""
    heartbeat_seconds: float = 10.0

    model: str = ""
    """`provider:model` for LangChain's init_chat_model, or `scripted:<file>`; empty means the engine alone."""
    model_deadline_seconds: float = 30.0
    model_max_tokens: int = 4000

    price_list_url: str = "https://pricing.us-east-1.amazonaws.com"
    """Where `prices refresh` finds the public AWS price list."""

    catalogue_dir: Path | None = None
    """Folder with options of one's own, `<slot>/<id>.yaml`."""
    policy_dir: Path | None = None
    """Folder with policy packs of one's own and `waivers.yaml`."""

    runtime_python: Path = PRODUCT_ROOT / ".runtime" / "bin" / "python"
    """Interpreter of the hash-locked environment in which generated code runs."""
    tools_bin: Path = PRODUCT_ROOT / ".tools" / "bin"
    """Folder of the checkers that `make install` keeps apart: mypy, yamllint, check-jsonschema, hadolint."""
    checkov_bin: Path = PRODUCT_ROOT / ".tools" / "bin" / "checkov"
    git_bin: str = "git"
    git_author: str = "Agentic MLOps <agentic-mlops@localhost>"
    """`Name <address>` of the commits that `runs push` makes."""
    terraform_bin: str = "terraform"
    terraform_mirror: Path | None = None
    """Filesystem mirror with the AWS provider; without it `terraform validate` is reported as skipped."""
    terraform_shown: tuple[Path, ...] = ()
    """Folders or interpreters that the mirror's providers need inside the sandbox."""
    checks: Literal["real", "twin"] = "real"
    """`twin` answers every check from a recorded list; for crash tests, never shown as proof."""
    sandbox: Literal["bubblewrap", "recorded"] = "bubblewrap"
    log_format: Literal["auto", "json", "console"] = "auto"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    crash_at: str = ""
    """Fault point `name[:n]` at which the process kills itself; for crash tests."""

    def sqlalchemy_url(self) -> str:
        """The database URL in force."""
        return self.database_url or f"sqlite+aiosqlite:///{self.home / 'product.sqlite'}"

"""Which parts this process uses and where they are, from the environment of its container.

Without any of the variables everything is local: vectors from hashed words, an index in files, answers made of
quoted sentences, rules as guard. In an environment of AWS (`ENVIRONMENT`) every part must be named, so that a
forgotten variable stops the service instead of turning it into its own twin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from .running.errors import UsageError

LOCAL = "local"
_KINDS = {
    "LLM_KIND": ("extractive", ("bedrock", "openai", "sagemaker")),
    "EMBEDDINGS_KIND": ("hashing", ("bedrock", "http")),
    "VECTOR_STORE_KIND": ("files", ("s3_vectors", "pgvector", "opensearch", "valkey")),
    "GUARDRAILS_KIND": ("rules", ("bedrock", "rules", "judge", "model", "prompt")),
    "EVALUATION_KIND": ("retrieval", ("retrieval", "judge", "bedrock", "sampling")),
}
"""The local kind of each part, and those that the infrastructure may name."""
LOCAL_KINDS = frozenset(local for local, _ in _KINDS.values())
_SHARE, _ATTEMPTS = 1 / 3, 2
"""Of the time of an answer that one attempt may take where somebody waits: a part that hangs is given up within it."""


@dataclass(frozen=True)
class Patience:
    """How long a part is waited for."""

    seconds: float = 60
    """Without a sign of it, at each attempt."""
    attempts: int = 4
    """In all."""


PATIENT = Patience()
"""Of jobs: what is busy now may have time in a while."""


@dataclass(frozen=True)
class Settings:
    """The kinds of the parts, and every other variable by its name."""

    llm: str
    embeddings: str
    store: str
    guard: str
    evaluation: str
    environment: str
    variables: Mapping[str, str]
    patience: Patience = PATIENT

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> Settings:
        """Reads the variables.

        Raises:
            UsageError: a kind is unknown, or not named although this is an environment of AWS.
        """
        environment = variables.get("ENVIRONMENT") or LOCAL
        return cls(
            llm=_kind(variables, "LLM_KIND", environment),
            embeddings=_kind(variables, "EMBEDDINGS_KIND", environment),
            store=_kind(variables, "VECTOR_STORE_KIND", environment),
            guard=_kind(variables, "GUARDRAILS_KIND", environment),
            evaluation=_kind(variables, "EVALUATION_KIND", environment),
            environment=environment,
            variables=dict(variables),
        )

    def get(self, name: str, default: str = "") -> str:
        """A variable, or the default when it is not set or empty."""
        return self.variables.get(name) or default

    def need(self, name: str) -> str:
        """A variable that must be there.

        Raises:
            UsageError: it is not set.
        """
        value = self.variables.get(name)
        if not value:
            raise UsageError(f"not set: {name}")
        return value

    def address(self, name: str) -> str:
        """An address (`s3://…` or a path) without a slash at its end."""
        return self.need(name).rstrip("/")

    def waited_for(self, answer_seconds: float) -> Settings:
        """The same where somebody waits for the answer, which may take so long."""
        return replace(self, patience=Patience(answer_seconds * _SHARE, _ATTEMPTS))

    @property
    def work(self) -> Path:
        """`WORK_DIR`: where a job may write."""
        return Path(self.get("WORK_DIR", "work"))

    @property
    def index_folder(self) -> Path:
        """Where the index in files is; only the local store has one."""
        return self.work / "index"


def _kind(variables: Mapping[str, str], name: str, environment: str) -> str:
    local, named = _KINDS[name]
    kind = variables.get(name)
    if not kind:
        if environment != LOCAL:
            raise UsageError(f"not set: {name}, one of {', '.join(named)}")
        return local
    if kind not in named and not (environment == LOCAL and kind == local):
        raise UsageError(f"{name} is {kind!r}; known are {', '.join(named)}")
    return kind

"""A model of one's own behind `POST /v1/embeddings`, as text-embeddings-inference and vLLM serve it."""

from __future__ import annotations

from collections.abc import Sequence

import httpx
import numpy as np

from ..at_once import at_once, batched
from ..retrying import ATTEMPTS, post_json
from ..settings import Settings
from .port import EmbeddingsUnavailable, Purpose, unit_rows

_CONNECT_SECONDS, _READ_SECONDS = 3, 30
_TEXTS = 8
"""In one request: a vCPU embeds some 3,000 tokens well within the time that a request has."""
_AT_ONCE = 4
"""Requests of one call: several copies of the service share them."""
_PREFIX: dict[Purpose, str] = {"passage": "passage: ", "question": "query: "}
"""What the E5 family was trained with; other models are named without it."""


class HttpEmbedder:
    """One model at one address."""

    def __init__(self, client: httpx.Client, model: str, dimensions: int, attempts: int = ATTEMPTS) -> None:
        """Takes a client whose base address is the endpoint.

        Args:
            client: with base address and timeouts.
            model: name that the server knows.
            dimensions: numbers in a vector.
            attempts: how often a server is asked that is busy.
        """
        self._client = client
        self._attempts = attempts
        self._model = model
        self._dimensions = dimensions

    @property
    def fingerprint(self) -> str:
        """Model and dimensions."""
        return f"http-{self._model}-{self._dimensions}"

    @property
    def dimensions(self) -> int:
        """As the model has them."""
        return self._dimensions

    def embed(self, texts: Sequence[str], purpose: Purpose) -> np.ndarray:
        """One row a text.

        Raises:
            EmbeddingsUnavailable: the server does not answer, or answers with another shape.
        """
        prefix = _PREFIX[purpose] if "e5" in self._model.lower() else ""
        try:
            groups = list(batched((prefix + text for text in texts), _TEXTS))
            rows = [row for found in at_once(self._rows, groups, _AT_ONCE) for row in found]
            vectors = np.asarray(rows, dtype=np.float32).reshape(len(texts), self._dimensions)
        except (httpx.HTTPError, KeyError, TypeError, ValueError) as error:
            raise EmbeddingsUnavailable(f"{self._model}: {error}") from error
        return unit_rows(vectors)

    def _rows(self, texts: Sequence[str]) -> list[list[float]]:
        # vLLM refuses a text that is longer than its model reads, unless it may cut; others cut by their own setting.
        body = {"model": self._model, "input": list(texts), "truncate_prompt_tokens": -1}
        answer = post_json(self._client, "/v1/embeddings", body, self._attempts)
        return [row["embedding"] for row in sorted(answer["data"], key=lambda r: r["index"])]


def connect(settings: Settings) -> HttpEmbedder:
    """`EMBEDDINGS_MODEL` at `EMBEDDINGS_ENDPOINT`, with `EMBEDDINGS_DIMENSIONS`."""
    patience = settings.patience
    timeout = httpx.Timeout(min(_READ_SECONDS, patience.seconds), connect=_CONNECT_SECONDS)
    client = httpx.Client(base_url=settings.address("EMBEDDINGS_ENDPOINT"), timeout=timeout)
    dimensions = int(settings.need("EMBEDDINGS_DIMENSIONS"))
    return HttpEmbedder(client, settings.need("EMBEDDINGS_MODEL"), dimensions, min(ATTEMPTS, patience.attempts))

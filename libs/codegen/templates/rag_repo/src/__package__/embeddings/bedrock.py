"""Titan and Cohere embeddings on Amazon Bedrock."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..at_once import at_once, batched
from ..regions import Regions
from ..settings import Settings
from .port import EmbeddingsUnavailable, Purpose, unit_rows

_COHERE_PURPOSE: dict[Purpose, str] = {
    "passage": "search_document",
    "question": "search_query",
}
_COHERE_TEXTS = 96
"""As many texts as Cohere takes in one call; Titan takes one."""
_COHERE_V3_CHARACTERS = 2048
_AT_ONCE = 8
"""Calls side by side: the quota of an account, in tokens a minute, is what bounds them then."""


class BedrockEmbedder:
    """One model, named by its id or inference profile."""

    def __init__(self, regions: Regions, model: str, dimensions: int) -> None:
        """Takes clients of `bedrock-runtime`.

        Args:
            regions: that have the model.
            model: id, such as `amazon.titan-embed-text-v2:0`, or an inference profile of it.
            dimensions: numbers in a vector; the index was made for as many.
        """
        self._regions = regions
        self._model = model
        self._dimensions = dimensions

    @property
    def fingerprint(self) -> str:
        """Model and dimensions."""
        return f"bedrock-{self._model}-{self._dimensions}"

    @property
    def dimensions(self) -> int:
        """As asked for."""
        return self._dimensions

    def embed(self, texts: Sequence[str], purpose: Purpose) -> np.ndarray:
        """One row a text."""
        if "cohere" in self._model:
            groups = list(batched(texts, _COHERE_TEXTS))
            found = at_once(lambda group: self._cohere(group, purpose), groups, _AT_ONCE)
            rows = [row for group in found for row in group]
        else:
            rows = at_once(self._titan, texts, _AT_ONCE)
        return unit_rows(np.asarray(rows, dtype=np.float32).reshape(len(texts), self._dimensions))

    def _titan(self, text: str) -> list[float]:
        body = {"inputText": text, "dimensions": self._dimensions, "normalize": True}
        vector: list[float] = self._invoke(body)["embedding"]
        return vector

    def _cohere(self, texts: Sequence[str], purpose: Purpose) -> list[list[float]]:
        body: dict[str, Any] = {
            "input_type": _COHERE_PURPOSE[purpose],
            "embedding_types": ["float"],
            "texts": list(texts),
        }
        if "embed-v4" in self._model:
            body["output_dimension"] = self._dimensions
        else:
            body |= {"texts": [t[:_COHERE_V3_CHARACTERS] for t in texts], "truncate": "END"}
        vectors: list[list[float]] = self._invoke(body)["embeddings"]["float"]
        return vectors

    def _invoke(self, body: dict[str, Any]) -> dict[str, Any]:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            answer = self._regions.call(
                lambda client: client.invoke_model(
                    modelId=self._model,
                    body=json.dumps(body),
                    contentType="application/json",
                    accept="application/json",
                )
            )
            parsed: dict[str, Any] = json.loads(answer["body"].read())
        except (BotoCoreError, ClientError) as error:
            raise EmbeddingsUnavailable(f"{self._model}: {error}") from error
        return parsed


def connect(settings: Settings) -> BedrockEmbedder:
    """`EMBEDDINGS_MODEL` with `EMBEDDINGS_DIMENSIONS`, in `EMBEDDINGS_FALLBACK_REGION` as well where it is set."""
    dimensions = int(settings.get("EMBEDDINGS_DIMENSIONS", "1024"))
    model = settings.need("EMBEDDINGS_MODEL")
    return BedrockEmbedder(Regions.of(settings, "bedrock-runtime", "EMBEDDINGS_FALLBACK_REGION"), model, dimensions)

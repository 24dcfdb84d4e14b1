"""A model of one's own behind the OpenAI protocol, as vLLM serves it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx

from ..settings import Settings
from .port import ModelUnavailable, Prompt, Usage
from .protocol import data_of, pieces, request

_CONNECT_SECONDS = 3


class OpenAIModel:
    """One model at one address."""

    def __init__(self, client: httpx.Client, model: str) -> None:
        """Takes a client whose base address is the endpoint."""
        self._client = client
        self.name = model

    def stream(self, prompt: Prompt) -> Iterator[str | Usage]:
        """The pieces as the server sends them."""
        body = request(prompt, self.name)
        try:
            with self._client.stream("POST", "/v1/chat/completions", json=body) as response:
                response.raise_for_status()
                for line in response.iter_lines():
                    content = data_of(line)
                    if content is not None:
                        yield from pieces(json.loads(content))
        except (httpx.HTTPError, ValueError) as error:
            raise ModelUnavailable(f"{self.name}: {error}") from error


def connect(settings: Settings) -> OpenAIModel:
    """`LLM_MODEL` at `LLM_ENDPOINT`."""
    timeout = httpx.Timeout(settings.patience.seconds, connect=_CONNECT_SECONDS)
    client = httpx.Client(base_url=settings.address("LLM_ENDPOINT"), timeout=timeout)
    return OpenAIModel(client, settings.need("LLM_MODEL"))

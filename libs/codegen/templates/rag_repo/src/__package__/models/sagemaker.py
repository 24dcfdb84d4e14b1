"""A model of one's own on a SageMaker endpoint that serves vLLM's OpenAI protocol."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from .. import aws
from ..settings import Settings
from .port import ModelUnavailable, Prompt, Usage
from .protocol import data_of, pieces, request


class SageMakerModel:
    """One endpoint."""

    def __init__(self, client: Any, endpoint: str, model: str) -> None:
        """Takes a client of `sagemaker-runtime`.

        Args:
            client: of boto3.
            endpoint: its name.
            model: name that the server knows.
        """
        self._client = client
        self._endpoint = endpoint
        self.name = model

    def stream(self, prompt: Prompt) -> Iterator[str | Usage]:
        """The pieces as the endpoint sends them."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            answer = self._client.invoke_endpoint_with_response_stream(
                EndpointName=self._endpoint,
                Body=json.dumps(request(prompt, self.name)).encode(),
                ContentType="application/json",
            )
            for line in _lines(answer["Body"]):
                content = data_of(line)
                if content is not None:
                    yield from pieces(json.loads(content))
        except (BotoCoreError, ClientError, ValueError) as error:
            raise ModelUnavailable(f"{self._endpoint}: {error}") from error


def connect(settings: Settings) -> SageMakerModel:
    """`LLM_MODEL` on the endpoint `LLM_ENDPOINT`."""
    endpoint = settings.need("LLM_ENDPOINT")
    client = aws.client("sagemaker-runtime", settings.patience)
    return SageMakerModel(client, endpoint, settings.need("LLM_MODEL"))


def _lines(events: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Lines of the stream; a part may end in the middle of a line or of a character."""
    rest = b""
    for event in events:
        failed = next((name for name in event if name != "PayloadPart"), None)
        if failed is not None:
            raise ModelUnavailable(f"the stream broke off: {failed}")
        *whole, rest = (rest + event["PayloadPart"]["Bytes"]).split(b"\n")
        yield from (line.decode() for line in whole)
    if rest:
        yield rest.decode()

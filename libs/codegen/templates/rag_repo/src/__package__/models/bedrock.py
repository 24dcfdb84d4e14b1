"""Models of Amazon Bedrock by the Converse API, which is the same for every provider."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .. import aws
from ..settings import Settings
from .port import ModelUnavailable, Prompt, Usage


class BedrockModel:
    """One model, named by its id or inference profile."""

    def __init__(self, client: Any, model: str) -> None:
        """Takes a client of `bedrock-runtime`."""
        self._client = client
        self.name = model

    def stream(self, prompt: Prompt) -> Iterator[str | Usage]:
        """The pieces as Bedrock sends them."""
        from botocore.exceptions import BotoCoreError, ClientError

        request: dict[str, Any] = {
            "modelId": self.name,
            "messages": [{"role": "user", "content": [{"text": prompt.user}]}],
            "inferenceConfig": {
                "maxTokens": prompt.max_tokens,
                "temperature": prompt.temperature,
            },
        }
        if prompt.system:
            request["system"] = [{"text": prompt.system}]
        try:
            for event in self._client.converse_stream(**request)["stream"]:
                yield from _pieces(event)
        except (BotoCoreError, ClientError) as error:
            raise ModelUnavailable(f"{self.name}: {error}") from error


def connect(settings: Settings, model: str = "") -> BedrockModel:
    """`LLM_MODEL`, or another model such as a judge."""
    return BedrockModel(aws.client("bedrock-runtime"), model or settings.need("LLM_MODEL"))


def _pieces(event: dict[str, Any]) -> Iterator[str | Usage]:
    failed = next((name for name in event if name.endswith("Exception")), None)
    if failed is not None:
        raise ModelUnavailable(f"the stream broke off: {failed}")
    if "contentBlockDelta" in event:
        # Reasoning models also send what they think; only the answer is text.
        text = event["contentBlockDelta"]["delta"].get("text")
        if text:
            yield text
    if "metadata" in event:
        usage = event["metadata"]["usage"]
        yield Usage(usage["inputTokens"], usage["outputTokens"])

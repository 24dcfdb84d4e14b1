"""Models of Amazon Bedrock by the Converse API, which is the same for every provider."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .. import aws
from ..regions import Regions, is_busy
from ..settings import Settings
from .port import ModelUnavailable, Prompt, Usage


@dataclass(frozen=True)
class _Manner:
    """How a model wants to be asked."""

    temperature: bool = True
    """Whether it takes one; those that do not refuse the request."""
    fields: Mapping[str, Any] = field(default_factory=dict)
    """Of the model itself, beside those of the Converse API."""
    reasoning_tokens: int = 0
    """Room for what it thinks before it answers, which counts as output."""


_MANNERS: tuple[tuple[str, _Manner], ...] = (
    ("anthropic.claude-haiku-5-5", _Manner(temperature=False, fields={"thinking": {"type": "disabled"}})),
    ("anthropic.claude-sonnet-5-5", _Manner(temperature=False, fields={"thinking": {"type": "between_tools"}})),
    ("anthropic.claude", _Manner(temperature=False, reasoning_tokens=4096)),
    ("openai.gpt-oss", _Manner(fields={"reasoning_effort": "low"}, reasoning_tokens=1024)),
)
"""By a part of the model's id, the first that fits. Answers are read off passages: as little thinking as the model
allows. The present Claude models think unless they are told not to."""


class _BrokenOff(Exception):
    """A stream ended with an error of this name."""


class BedrockModel:
    """One model, named by its id or inference profile."""

    def __init__(self, regions: Regions, model: str, profiles: Sequence[str] = ()) -> None:
        """Takes clients of `bedrock-runtime`.

        Args:
            regions: that have the model.
            model: id, such as `amazon.nova-lite-v1:0`, or an inference profile of it.
            profiles: what is called instead, one a region: application inference profiles of the model, whose tags
                the bill knows.
        """
        self._regions = regions
        self._profiles = profiles
        self._manner = next((manner for part, manner in _MANNERS if part in model), _Manner())
        self.name = model

    def stream(self, prompt: Prompt) -> Iterator[str | Usage]:
        """The pieces as Bedrock sends them; a second region is asked as long as no piece was given."""
        from botocore.exceptions import BotoCoreError, ClientError
        from urllib3.exceptions import HTTPError

        places = self._regions.places()
        for place in places:
            given = False
            try:
                request = self._request(prompt, place)
                for event in self._regions.client(place).converse_stream(**request)["stream"]:
                    for piece in _pieces(event):
                        given = True
                        yield piece
                return
            # While a stream is read, what is cut or stalls reaches us as the error of urllib3.
            except (BotoCoreError, ClientError, HTTPError, _BrokenOff) as error:
                elsewhere = self._failed(place, error)
                if given or not elsewhere or place == places[-1]:
                    raise ModelUnavailable(f"{self.name}: {error}") from error

    def _failed(self, place: int, error: Exception) -> bool:
        if isinstance(error, _BrokenOff):
            return is_busy(str(error))
        return self._regions.failed(place, error)

    def _request(self, prompt: Prompt, place: int) -> dict[str, Any]:
        request: dict[str, Any] = {
            "modelId": self._profiles[place] if self._profiles else self.name,
            "messages": [{"role": "user", "content": [{"text": prompt.user}]}],
            "inferenceConfig": {"maxTokens": prompt.max_tokens + self._manner.reasoning_tokens},
        }
        if self._manner.temperature:
            request["inferenceConfig"]["temperature"] = prompt.temperature
        if self._manner.fields:
            request["additionalModelRequestFields"] = dict(self._manner.fields)
        if prompt.system:
            request["system"] = [{"text": prompt.system}]
        return request


def connect(settings: Settings, model: str = "") -> BedrockModel:
    """`LLM_MODEL`, with `LLM_FALLBACK_REGION` where it is set, or another model, such as a judge, in this region.

    `LLM_PROFILE` and, for the second region, `LLM_FALLBACK_PROFILE` are called in the model's place where they are set.
    """
    if model:
        return BedrockModel(Regions(aws.client("bedrock-runtime", settings.patience)), model)
    regions = Regions.of(settings, "bedrock-runtime", "LLM_FALLBACK_REGION")
    name = settings.need("LLM_MODEL")
    profiles = [settings.get(variable, name) for variable in ("LLM_PROFILE", "LLM_FALLBACK_PROFILE")]
    return BedrockModel(regions, name, profiles)


def _pieces(event: dict[str, Any]) -> Iterator[str | Usage]:
    failed = next((name for name in event if name.endswith("Exception")), None)
    if failed is not None:
        raise _BrokenOff(failed)
    if "contentBlockDelta" in event:
        # Reasoning models also send what they think; only the answer is text.
        text = event["contentBlockDelta"]["delta"].get("text")
        if text:
            yield text
    if "metadata" in event:
        usage = event["metadata"]["usage"]
        yield Usage(usage["inputTokens"], usage["outputTokens"])

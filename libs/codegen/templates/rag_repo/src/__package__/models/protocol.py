"""The chat protocol of OpenAI, which vLLM speaks: what is sent, and what the stream says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .port import Prompt, Usage


def request(prompt: Prompt, model: str) -> dict[str, Any]:
    """The body of a request that streams its answer."""
    roles = (("system", prompt.system), ("user", prompt.user))
    return {
        "model": model,
        "messages": [{"role": role, "content": content} for role, content in roles if content],
        "max_tokens": prompt.max_tokens,
        "temperature": prompt.temperature,
        "stream": True,
        "stream_options": {"include_usage": True},
    }


def data_of(line: str) -> str | None:
    """What a line of the stream carries; None for comments, blank lines and the end."""
    if not line.startswith("data:"):
        return None
    content = line.removeprefix("data:").strip()
    return None if content == "[DONE]" else content


def pieces(chunk: dict[str, Any]) -> Iterator[str | Usage]:
    """What one chunk of the stream says."""
    for choice in chunk.get("choices") or ():
        text = (choice.get("delta") or {}).get("content")
        if text:
            yield text
    usage = chunk.get("usage")
    if usage:
        yield Usage(usage["prompt_tokens"], usage["completion_tokens"])

"""A guard model of one's own (Llama Guard) on an endpoint; rules mask and stop what they know first."""

from __future__ import annotations

import json
from typing import Any, Protocol

import httpx

from .. import aws
from ..retrying import ATTEMPTS, post_json
from ..settings import Settings
from .patterns import Patterns
from .port import Guard, GuardUnavailable, Side, Verdict
from .rules import RulesGuard

_MODEL = "guard"
_CONNECT_SECONDS, _READ_SECONDS = 3, 10


class Ask(Protocol):
    """Sends a chat in the OpenAI protocol and gives the text of the answer."""

    def __call__(self, messages: list[dict[str, str]]) -> str:
        """Raises GuardUnavailable when there is none."""


class ModelGuard:
    """Asks the guard model about what the rules let pass."""

    name = "model"

    def __init__(self, rules: Guard, ask: Ask) -> None:
        """Takes rules and a way to the endpoint."""
        self._rules = rules
        self._ask = ask

    def check(self, text: str, side: Side, question: str = "") -> Verdict:
        """Llama Guard answers `safe`, or `unsafe` and the categories on the next line."""
        verdict = self._rules.check(text, side)
        if not verdict.allowed:
            return verdict
        lines = self._ask(_chat(verdict.text, side, question)).strip().splitlines()
        said = lines[0].strip().lower() if lines else ""
        if said == "safe":
            return verdict
        if said != "unsafe":
            raise GuardUnavailable(f"the guard model said neither safe nor unsafe: {said[:80]!r}")
        reason = lines[1].strip().lower() if len(lines) > 1 else "unsafe"
        return Verdict(False, verdict.text, reason, verdict.masked)


def _chat(text: str, side: Side, question: str) -> list[dict[str, str]]:
    """What Llama Guard judges is the last turn; a chat begins with the user, also when an answer is judged."""
    asked, answered = (text, "") if side == "question" else (question, text)
    turns = [{"role": "user", "content": asked}, {"role": "assistant", "content": answered}]
    return turns[:1] if side == "question" else turns


def http_ask(client: Any, model: str, attempts: int = ATTEMPTS) -> Ask:
    """An address that serves the OpenAI protocol.

    Args:
        client: `httpx.Client` with the endpoint as base address.
        model: name that the server knows.
        attempts: how often one is asked that is busy.
    """

    def ask(messages: list[dict[str, str]]) -> str:
        body = {"model": model, "messages": messages, "max_tokens": 20, "temperature": 0}
        try:
            answer = post_json(client, "/v1/chat/completions", body, attempts)
            return str(answer["choices"][0]["message"]["content"])
        except (httpx.HTTPError, KeyError, IndexError, ValueError) as error:
            raise GuardUnavailable(f"the guard model: {error}") from error

    return ask


def sagemaker_ask(client: Any, endpoint: str) -> Ask:
    """A SageMaker endpoint that serves the OpenAI protocol.

    Args:
        client: of `sagemaker-runtime`.
        endpoint: its name.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    def ask(messages: list[dict[str, str]]) -> str:
        body = json.dumps({"messages": messages, "max_tokens": 20, "temperature": 0})
        try:
            answer = client.invoke_endpoint(EndpointName=endpoint, Body=body.encode(), ContentType="application/json")
            parsed = json.loads(answer["Body"].read())
            return str(parsed["choices"][0]["message"]["content"])
        except (BotoCoreError, ClientError, KeyError, IndexError, ValueError) as error:
            raise GuardUnavailable(f"the guard model: {error}") from error

    return ask


def connect(settings: Settings, patterns: Patterns, policy: str) -> ModelGuard:
    """`GUARD_ENDPOINT`, an address or the name of a SageMaker endpoint, behind the rules."""
    endpoint, patience = settings.address("GUARD_ENDPOINT"), settings.patience
    if "://" in endpoint:
        timeout = httpx.Timeout(min(_READ_SECONDS, patience.seconds), connect=_CONNECT_SECONDS)
        ask = http_ask(httpx.Client(base_url=endpoint, timeout=timeout), _MODEL, min(ATTEMPTS, patience.attempts))
    else:
        ask = sagemaker_ask(aws.client("sagemaker-runtime", patience), endpoint)
    return ModelGuard(RulesGuard(patterns), ask)

"""What the load is made of: questions of the evaluation set, asked at `/ask` as readers of the deployed service ask.

The promise means when a reader sees something. Where the service streams, that is the first checked piece of text.
"""

from __future__ import annotations

import asyncio
import json
import math
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..config import Config
from ..evaluation.questions import load_questions
from ..running.repository import PACKAGE, PLAN_FILE
from ..settings import LOCAL_KINDS, Settings
from .client import Client
from .generator import Step, constant_rate, percentile

START_RPS = 4.0
"""Where the search begins."""
PROMISED = "first text p95"
"""What the promise of the design means; without a stream the first text is the whole answer."""
_FAILED = b"event: error\n"
_HOSTED_GUARDS = ("bedrock", "judge", "model")


@dataclass(frozen=True)
class AnswerStep(Step):
    """Also when a reader sees something: the first checked piece of text, or the refusal. In milliseconds.

    Without a stream that is the whole answer.
    """

    first_text_p50: float
    first_text_p95: float

    @property
    def promised_p95(self) -> float:
        """When a reader sees something."""
        return self.first_text_p95


def bodies(data: Path) -> list[bytes]:
    """A request for each question that is no attack: those are stopped before anything is searched."""
    asked = [each.question for each in load_questions(data) if each.kind != "attack"]
    streamed = Config.load(PLAN_FILE).answer.streamed
    return [json.dumps({"question": question, "stream": streamed}).encode() for question in asked]


def patience_seconds() -> float:
    """How long an answer is waited for: until the service itself says that it took too long."""
    return Config.load(PLAN_FILE).limits.answer_seconds + 5


def step_at(url: str, requests: list[bytes], rate: float, seconds: float) -> AnswerStep:
    """One step against the address, in an event loop of its own."""
    first: dict[int, float] = {}
    patience = patience_seconds()

    async def step() -> Step:
        client = Client(url, "/ask", patience)

        async def send(number: int, due: float) -> bool:
            pieces: list[bytes] = []

            def seen(piece: bytes) -> None:
                if not pieces:
                    first[number] = time.perf_counter() - due
                pieces.append(piece)

            status = await client.status(requests[number % len(requests)], seen)
            return status == 200 and _FAILED not in b"".join(pieces)

        try:
            return await constant_rate(send, rate, seconds, patience)
        finally:
            client.close()

    whole = asyncio.run(step())
    seconds_to_first = [first.get(number, math.inf) for number in range(whole.requests)]
    return AnswerStep(
        **vars(whole),
        first_text_p50=percentile(seconds_to_first, 0.50, patience),
        first_text_p95=percentile(seconds_to_first, 0.95, patience),
    )


def figures(result: dict[str, Any]) -> str:
    """The latencies of a step in words."""
    whole = ", ".join(f"{name} {result[name]:.1f} ms" for name in ("p50", "p95", "p99"))
    return f"first text p95 {result['first_text_p95']:.1f} ms, whole answer {whole}"


def unmeasured(local: bool) -> list[str]:
    """Which parts of an answer were stood in for on this machine: their time in production is not in the figures."""
    if not local:
        return []
    settings = Settings.from_environment(os.environ)
    used = {"language model": settings.llm, "embeddings": settings.embeddings, "vector store": settings.store}
    if any((PACKAGE / "guards" / f"{name}.py").is_file() for name in _HOSTED_GUARDS):
        used["guard"] = settings.guard
    stand_ins = [f"{part} ({kind})" for part, kind in used.items() if kind in LOCAL_KINDS]
    if not stand_ins:
        return []
    where = "were stand-ins on this machine, and the latency of the hosted ones is not in the figures"
    says = [f"Not proven: the time of an answer in production. These parts {where}: {', '.join(stand_ins)}."]
    if settings.llm in LOCAL_KINDS:
        most = Config.load(PLAN_FILE).limits.concurrent
        says.append(
            f"Not proven: the measured rate of a replica in production. It answers {most} questions at once, and each "
            "waits for a language model that answered at once here; monitoring/capacity.yaml has the rate by the plan."
        )
    return says

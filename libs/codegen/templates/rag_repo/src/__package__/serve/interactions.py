"""Keeps what readers say and, where live answers are judged, a sample of questions and answers.

Questions and comments are kept as the guard gave them back: each masks personal data before anything else sees it. An
answer never waits for the sample and never fails because of it: what cannot be kept is counted.
"""

from __future__ import annotations

import json
import logging
import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from .. import storage
from ..answering import Answer
from ..settings import Settings
from ..system import System

_WAITING, _WRITERS = 100, 2
"""Writes that may wait, and threads that write; what comes on top is given up."""
_LOG = logging.getLogger(__name__)

Write = Callable[[str, bytes], None]


class Interactions:
    """Writes one small file an interaction, by threads of its own."""

    def __init__(self, root: str, share: float, write: Write = storage.write_bytes) -> None:
        """Takes where and how much.

        Args:
            root: address of the folder.
            share: of the answers that are kept.
            write: puts a file at an address.
        """
        self._root = root
        self._share = share
        self._write = write
        self._slots = threading.BoundedSemaphore(_WAITING)
        self._writers = ThreadPoolExecutor(_WRITERS, thread_name_prefix="interactions")

    @classmethod
    def of(cls, settings: Settings, system: System | None) -> Interactions | None:
        """By the settings: answers are kept only where live ones are judged, and nothing where there is no place."""
        if system is None or not settings.get("ARTIFACTS_URI"):
            return None
        share = system.config.sample.share if settings.evaluation == "sampling" else 0.0
        return cls(f"{settings.address('ARTIFACTS_URI')}/interactions", share)

    def keep(self, answer: Answer) -> bool:
        """Keeps the answer if it is drawn; False when it was drawn and could not be kept."""
        if random.random() >= self._share:  # noqa: S311 - a sample, not a secret
            return True
        value = {
            "id": answer.answer_id,
            "question": answer.question,
            "answer": answer.text,
            "refused": answer.refused,
            "reason": answer.reason,
            "passages": [found.passage.to_json() for found in answer.found],
        }
        return self._send("interactions", answer.answer_id, value)

    def rate(self, answer_id: str, verdict: str, comment: str) -> bool:
        """Keeps what a reader says beside the answers; False when too much waits."""
        value = {"id": answer_id, "verdict": verdict, "comment": comment}
        return self._send("feedback", answer_id, value)

    def finish(self) -> None:
        """Waits for what is being written."""
        self._writers.shutdown(wait=True)

    def _send(self, kind: str, name: str, value: dict[str, Any]) -> bool:
        if not self._slots.acquire(blocking=False):
            return False
        day = datetime.now(UTC).strftime("%Y-%m-%d")
        root = self._root if kind == "interactions" else f"{self._root.rsplit('/', 1)[0]}/{kind}"
        content = json.dumps(value, ensure_ascii=False, sort_keys=True).encode() + b"\n"
        self._writers.submit(self._put, f"{root}/dt={day}/{name}.jsonl", content)
        return True

    def _put(self, address: str, content: bytes) -> None:
        try:
            self._write(address, content)
        except OSError:
            _LOG.exception("an interaction was not kept")
        finally:
            self._slots.release()

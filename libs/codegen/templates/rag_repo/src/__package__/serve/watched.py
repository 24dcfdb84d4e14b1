"""Everything that looks at an answer after it was given: figures, log, the kept sample, the checks of what is asked."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass

from ..answering import Answer
from ..monitoring.live import LiveChecks
from ..monitoring.signals import signal_of
from .interactions import Interactions
from .lines import answer_line, failure_line
from .requests import FeedbackRequest
from .telemetry import Telemetry


@dataclass(frozen=True)
class Watched:
    """Those who are told."""

    telemetry: Telemetry
    interactions: Interactions | None
    live: LiveChecks | None
    release: str
    emit: Callable[[str], object] = sys.stdout.write

    def answered(self, answer: Answer) -> None:
        """An answer or refusal was given; a check that is due runs beside the requests."""
        self.telemetry.answered(answer)
        self.emit(answer_line(answer, self.release))
        if self.interactions is not None and not self.interactions.keep(answer):
            self.telemetry.lost()
        signal = signal_of(answer)
        if self.live is not None and signal is not None and self.live.observe(signal):
            threading.Thread(target=self.live.check, name="checks", daemon=True).start()

    def failed(self, error: Exception) -> None:
        """A question could not be answered."""
        self.telemetry.failed(error)
        self.emit(failure_line(error, self.release))

    def rated(self, given: FeedbackRequest, comment: str) -> bool:
        """A reader said something about an answer; False when it could not be kept.

        Args:
            given: by the reader.
            comment: as the guard let it pass.
        """
        if self.interactions is not None and not self.interactions.rate(given.id, given.verdict, comment):
            self.telemetry.lost()
            return False
        self.telemetry.rated(given.verdict)
        if self.live is not None:
            self.live.rate(given.verdict)
        return True

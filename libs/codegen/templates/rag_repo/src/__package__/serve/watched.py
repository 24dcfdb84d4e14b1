"""Everything that looks at an answer after it was given: figures, the kept sample, the checks of what is asked."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from ..answering import Answer
from ..monitoring.live import LiveChecks
from ..monitoring.signals import signal_of
from .interactions import Interactions
from .requests import FeedbackRequest
from .telemetry import Telemetry


@dataclass(frozen=True)
class Watched:
    """Those who are told."""

    telemetry: Telemetry
    interactions: Interactions | None
    live: LiveChecks | None

    def answered(self, answer: Answer) -> None:
        """An answer or refusal was given; a check that is due runs beside the requests."""
        self.telemetry.answered(answer)
        if self.interactions is not None and not self.interactions.keep(answer):
            self.telemetry.lost()
        signal = signal_of(answer)
        if self.live is not None and signal is not None and self.live.observe(signal):
            threading.Thread(target=self.live.check, name="checks", daemon=True).start()

    def rated(self, given: FeedbackRequest) -> None:
        """A reader said something about an answer."""
        self.telemetry.rated(given.verdict)
        if self.interactions is not None:
            self.interactions.rate(given.id, given.verdict, given.comment)
        if self.live is not None:
            self.live.rate(given.verdict)

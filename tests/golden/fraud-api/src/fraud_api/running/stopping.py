"""Stopping on SIGTERM or SIGINT within two seconds, even in the middle of a fit.

Python runs signal handlers between two bytecodes of the main thread, which may sit in compiled code
for minutes. So the signals are blocked and a thread waits for them: fits release the interpreter
lock, the thread writes the partial result and ends the process.

A job that hangs ends by itself where the infrastructure sets `JOB_TIMEOUT_SECONDS`.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import threading
from collections.abc import Callable, Mapping

from .errors import EXIT_PARTIAL

SIGNALS = frozenset({signal.SIGTERM, signal.SIGINT})


def limit_time(variables: Mapping[str, str]) -> None:
    """Lets the process fail after its time limit, if it has one, and say where each thread is.

    The watch does not need the interpreter, so that compiled code cannot keep it from ending.
    """
    seconds = float(variables.get("JOB_TIMEOUT_SECONDS") or 0)
    if seconds > 0:
        faulthandler.dump_traceback_later(seconds, exit=True)


class Stopper:
    """Holds what is to be done when the process is asked to stop."""

    def __init__(self) -> None:
        """Nothing to do yet; `watch` makes it live."""
        self.lock = threading.RLock()
        """Held while files are written, so that the partial result never sees half of a trial."""
        self._finish: Callable[[], None] | None = None

    def watch(self) -> None:
        """Blocks the signals and waits for them in a thread; call it before other threads start."""
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        threading.Thread(target=self._wait, name="stopper", daemon=True).start()

    def set_finish(self, finish: Callable[[], None] | None) -> None:
        """Says how the current stage leaves its best so far; None between two stages."""
        with self.lock:
            self._finish = finish

    def _wait(self) -> None:
        signal.sigwait(SIGNALS)
        with self.lock:
            if self._finish is not None:
                self._finish()
            os._exit(EXIT_PARTIAL)

"""The HTTP service: `/ask` and `/feedback` beside `/healthz`, `/readyz` and `/metrics`.

`/health` and `/ready` are what a load balancer asks; `/ping` and `/invocations` are the names by which SageMaker
calls readiness and questions.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from inspect import GEN_RUNNING, getgeneratorstate
from typing import Annotated, Any, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Body, FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.types import Receive, Send
from starlette.types import Scope as Connection

from ..answer_batch import UNAVAILABLE
from ..answering import Answer, OutOfTime
from ..guards.port import GuardUnavailable
from ..monitoring.live import LiveChecks
from ..system import System
from .interactions import Interactions
from .limits import BodyLimit
from .requests import AskRequest, BadQuestion, FeedbackRequest, scope_of
from .telemetry import Telemetry
from .watched import Watched

_EVENTS = "text/event-stream"
_LOG = logging.getLogger(__name__)
T = TypeVar("T")
_DEFAULT_BYTES = 20_000
_AGAIN_SECONDS = 0.5


def create_app(system: System | None, interactions: Interactions | None = None) -> FastAPI:
    """The service over a release.

    Args:
        system: that answers; while there is none the service is alive but not ready.
        interactions: keeps what readers say, and a sample of answered questions; None: keeps nothing.
    """
    app = FastAPI(title="Answers", docs_url=None, redoc_url=None)
    telemetry = Telemetry()
    slots = _Slots(system.config.limits.concurrent if system else 1)
    largest = system.config.limits.request_bytes if system else _DEFAULT_BYTES
    live = None
    if system is not None and system.baseline is not None:
        live = LiveChecks(system.baseline, system.config, system.version, telemetry.registry)
    watched = Watched(telemetry, interactions, live, system.version if system else "")
    app.add_middleware(BodyLimit, largest=largest)

    @app.get("/healthz")
    @app.get("/health", include_in_schema=False)
    async def healthz() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/readyz")
    @app.get("/ready", include_in_schema=False)
    @app.get("/ping", include_in_schema=False)
    async def readyz() -> JSONResponse:
        if system is None:
            return JSONResponse({"status": "no release"}, status_code=503)
        return JSONResponse({"status": "ready", "release": system.version})

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(telemetry.registry), media_type=CONTENT_TYPE_LATEST)

    @app.post("/ask", response_model=None)
    @app.post("/invocations", include_in_schema=False, response_model=None)
    async def ask(asked: Annotated[AskRequest, Body()], request: Request) -> Response:
        if system is None:
            return _problem(503, "There is no release yet.")
        try:
            scope = scope_of(asked, request.headers, system.config)
        except BadQuestion as error:
            return _problem(422, str(error))
        if not slots.taken():
            return _problem(503, "Too many questions at once.", {"retry-after": "1"})
        seconds = system.config.limits.answer_seconds
        ends = time.monotonic() + seconds
        begun: _Events | None = None
        try:
            if asked.stream or _EVENTS in request.headers.get("accept", ""):
                stream = system.answerer.stream(asked.question, scope, seconds)
                # Until the first words are there a failure has a status that everyone on the way understands, and
                # what measures the time to the response measures the time to them.
                first = await slots.run(lambda: next(stream, None), ends)
                begun = _Events(_events(system, first, stream, ends, slots, watched), stream, slots)
                return begun
            answer = await slots.run(lambda: system.answerer.answer(asked.question, scope, seconds), ends)
        except UNAVAILABLE as error:
            watched.failed(error)
            return _problem(*_failure(error))
        except Exception as error:
            watched.failed(error)
            raise
        finally:
            if begun is None:
                slots.release()
        watched.answered(answer)
        return JSONResponse({**answer.to_json(), "release": system.version})

    @app.post("/feedback", status_code=202, response_model=None)
    def feedback(given: Annotated[FeedbackRequest, Body()]) -> dict[str, str] | Response:
        if system is None:
            return _problem(503, "There is no release yet.")
        if given.comment and interactions is None:
            return _problem(422, "Comments are not kept here; send the verdict alone.")
        try:
            comment = system.answerer.guard.check(given.comment, "question").text if given.comment else ""
        except GuardUnavailable as error:
            watched.failed(error)
            return _problem(*_failure(error))
        if not watched.rated(given, comment):
            return _problem(503, "The verdict could not be kept; try again later.", {"retry-after": "1"})
        return {"status": "noted"}

    @app.middleware("http")
    async def measure(request: Request, call_next: Any) -> Response:
        started = time.perf_counter()
        try:
            response: Response = await call_next(request)
        except Exception:  # nobody foresaw it, and it is answered further out
            telemetry.observe(request.url.path, 500, time.perf_counter() - started)
            raise
        telemetry.observe(request.url.path, response.status_code, time.perf_counter() - started)
        return response

    return app


class _Slots:
    """Questions at once, each with a thread: it mostly waits there, and takes none from probes and feedback."""

    def __init__(self, count: int) -> None:
        self._free = count
        self._threads = CapacityLimiter(count)

    def taken(self) -> bool:
        """Takes one; false where none is free."""
        if self._free == 0:
            return False
        self._free -= 1
        return True

    def release(self) -> None:
        """Gives one back."""
        self._free += 1

    async def run(self, work: Callable[[], T], ends: float) -> T:
        """Calls it in a thread; one is free for whoever holds a slot.

        Nobody waits longer than the time of the monotonic clock. A thread that is not back then, or when the caller is
        gone, keeps a slot until it is: clients give up on a part that hangs.

        Raises:
            OutOfTime: it took longer.
        """
        working = asyncio.create_task(to_thread.run_sync(work, limiter=self._threads))
        try:
            await asyncio.wait((working,), timeout=max(0.0, ends - time.monotonic()))
        finally:
            if not working.done():
                self._free -= 1
                working.add_done_callback(self._is_back)
        if not working.done():
            raise OutOfTime
        return working.result()

    def _is_back(self, working: asyncio.Task[Any]) -> None:
        self.release()
        if not working.cancelled() and working.exception() is not None:
            _LOG.warning("came too late: %r", working.exception())


class _Events(StreamingResponse):
    """Events that hold a slot until the response is over.

    The response gives it back and ends the answer, not the events: of a caller who leaves at once they never begin.
    """

    def __init__(
        self,
        events: AsyncGenerator[bytes, None],
        answer: Generator[str | Answer, None, None],
        slots: _Slots,
    ) -> None:
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        super().__init__(events, media_type=_EVENTS, headers=headers)
        self._events, self._answer, self._slots = events, answer, slots

    async def __call__(self, scope: Connection, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self._events.aclose()
            self._slots.release()
            _end(self._answer)


def _end(answer: Generator[str | Answer, None, None]) -> None:
    """Lets the model go: it need not write on for nobody."""
    if getgeneratorstate(answer) == GEN_RUNNING:  # a thread is still in it
        asyncio.get_running_loop().call_later(_AGAIN_SECONDS, _end, answer)
    else:
        answer.close()


async def _events(
    system: System,
    first: str | Answer | None,
    stream: Iterator[str | Answer],
    ends: float,
    slots: _Slots,
    watched: Watched,
) -> AsyncGenerator[bytes, None]:
    """`text` for each checked piece, then `answer` with everything, or `error`: one of the two is always last."""
    try:
        event = first
        while event is not None:
            if isinstance(event, Answer):
                watched.answered(event)
                yield _event("answer", {**event.to_json(), "release": system.version})
            else:
                yield _event("text", {"text": event})
            event = await slots.run(lambda: next(stream, None), ends)
    except UNAVAILABLE as error:
        watched.failed(error)
        status, detail = _failure(error)
        yield _event("error", {"status": status, "detail": detail})
    except Exception as error:
        # Nobody foresaw it, and the status was sent long ago.
        _LOG.exception("a stream broke off")
        watched.failed(error)
        yield _event("error", {"status": 500, "detail": "Internal Server Error"})


def _failure(error: Exception) -> tuple[int, str]:
    if isinstance(error, OutOfTime):
        return 504, "The answer took too long."
    return 503, "A part of the system does not answer; try again later."


def _problem(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"detail": detail}, status_code=status, headers=headers)


def _event(name: str, data: dict[str, Any]) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()

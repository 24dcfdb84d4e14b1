"""A small HTTP server that speaks the chat-completions protocol and says what it was told to say."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """One answer of the server."""

    arguments: str = ""
    """Arguments of the tool call, as the model wrote them."""
    text: str = ""
    """Answered as text instead when there are no arguments."""
    status: int = 200
    wait_s: float = 0.0


@dataclass
class OpenAiServer:
    """The running server."""

    base_url: str
    replies: list[Reply] = field(default_factory=list)
    """Used up in their order, the last for ever."""
    requests: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def running() -> Iterator[OpenAiServer]:
    """Serves on a free loopback port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            state.requests.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            reply = state.replies.pop(0) if len(state.replies) > 1 else state.replies[0]
            time.sleep(reply.wait_s)
            body = json.dumps(_completion(reply) if reply.status == 200 else {"error": {"message": "broken"}})
            try:
                self.send_response(reply.status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body.encode())
            except (BrokenPipeError, ConnectionResetError):
                return

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    state = OpenAiServer(base_url=f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _completion(reply: Reply) -> dict[str, Any]:
    call = {"id": "call_1", "type": "function", "function": {"name": "answer", "arguments": reply.arguments}}
    message = {"role": "assistant", "content": reply.text or None} | (
        {"tool_calls": [call]} if reply.arguments else {}
    )
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "served-model",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
    }

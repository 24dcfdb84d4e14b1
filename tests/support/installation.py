"""The product as it is installed: a server that serves the built page, and workers beside it."""

from collections.abc import Callable
from pathlib import Path

from tests.support.command import Background, CommandLine
from tests.support.servers import free_port, wait_until_it_answers


class Installation:
    """Processes over one database and one home folder."""

    def __init__(
        self,
        folder: Path,
        register: Callable[[Background], Background],
        database_url: str = "",
        **settings: str,
    ) -> None:
        """
        Args:
            folder: for the home folder and what the processes say.
            register: is given every process, to end it with the test.
            database_url: an SQLite file in the home folder when left out.
            settings: further settings, named without their prefix.
        """
        chosen = {
            "checks": "twin",
            "sandbox": "recorded",
            "lease_seconds": "3",
            "poll_seconds": "0.05",
            "drain_seconds": "5",
            "log_format": "json",
            **({"database_url": database_url} if database_url else {}),
            **settings,
        }
        self.command = CommandLine(folder / "home", **chosen)
        self._folder = folder
        self._register = register
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"

    def serve(self) -> Background:
        log = self._folder / "serve.log"
        server = self._register(self.command.started("serve", "--port", str(self.port), log=log))
        wait_until_it_answers(self.base, server.has_ended)
        return server

    def work(self, **settings: str) -> Background:
        """Starts a worker; further settings are for it alone."""
        return self._register(self.command.started("worker", log=self._folder / "worker.log", **settings))

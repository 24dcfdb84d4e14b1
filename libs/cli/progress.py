"""Tells the story of a run on stderr while it happens; quiet when nobody looks."""

import sys
from typing import Any

from rich.console import Console
from rich.text import Text

from libs.cli.gate_words import default_in_words
from libs.events.models import Event

STATUS_STYLE = {"pass": "green", "warn": "yellow", "fail": "bold red", "skipped": "dim"}


class Progress:
    """One line per step, card and check."""

    def __init__(self, *, quiet: bool) -> None:
        """
        Args:
            quiet: print nothing, as without a terminal.
        """
        self.quiet = quiet
        self._console = Console(stderr=True, highlight=False, quiet=quiet)

    @classmethod
    def for_terminal(cls, *, as_json: bool) -> "Progress":
        """Talks to a terminal only; a pipe gets the result and nothing else."""
        return cls(quiet=as_json and not sys.stderr.isatty())

    def show(self, event: Event) -> None:
        """Prints what a person wants to know of the event."""
        data = event.data
        match event.type:
            case "reason-card":
                self._card(data)
            case "check-result":
                style = STATUS_STYLE[data["status"]]
                self._line(f"  {data['check']:<20}", (data["status"], style), f"  {data['reason']}")
            case "node-error":
                self._line("  ", (f"{event.node}: {data['message']}", "red"))
            case "run-retried":
                self._line("  ", (f"goes on, attempt {data['attempt']}, by {data['by']}", "bold"))
            case "gate-waiting":
                self._gate(data["gate"])
            case "gate-decided":
                self._line("  ", (f"{_decided(data)} by {data['actor']}", "bold"))
            case "gate-reminder":
                self._line("  ", ("still waiting", "yellow"))
            case "node-complete":
                self._line((f"✓ {event.node}", "green"), (f"  {data['seconds']:.2f} s", "dim"))
            case _:
                pass

    def say(self, text: str, style: str = "") -> None:
        """Prints a line and leaves its breaks to the terminal, so that a command in it can be copied."""
        self._console.print(Text(text, style), soft_wrap=True)

    def _card(self, card: dict[str, Any]) -> None:
        self._line(("  " + card["title"], "bold"), f": {card['choice']}")
        self._line((f"    {card['justification']}", "dim"))
        for risk in card["risks"][:3]:
            self._line(("    ! ", "yellow"), risk)

    def _gate(self, gate: dict[str, Any]) -> None:
        self._line((f"■ {gate['title']}", "bold yellow"))
        self._line("  ", gate["message"])
        for question in gate["questions"]:
            words = f"  {default_in_words(question)}; another answer {question['swing']}"
            self._line("  ? ", (question["field"], "bold"), f": {question['text']}", (words, "dim"))

    def _line(self, *parts: str | tuple[str, str]) -> None:
        self._console.print(Text.assemble(*parts))


def _decided(data: dict[str, Any]) -> str:
    parts = {"waived": data.get("waived"), "withdrew the waiver of": data.get("withdrawn")}
    return "; ".join(f"{did} {', '.join(rules)}" for did, rules in parts.items() if rules) or str(
        data["decision"]
    )

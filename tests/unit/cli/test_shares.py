"""`runs share`, `runs shares` and `runs unshare`, over a home that holds a run."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from libs.core.errors import Invalid
from libs.shares.errors import ShareNotFound
from tests.support.product import CHURN
from tests.support.terminal import Terminal

WAITING = 4


@pytest.fixture
def run_id(terminal: Terminal) -> str:
    found: str = terminal.json("design", CHURN, code=WAITING)["run_id"]
    return found


def test_a_link_is_made_listed_without_its_token_and_ended(terminal: Terminal, run_id: str) -> None:
    made = terminal.json("runs", "share", run_id, "--days", "7", "--note", "for the review")
    assert made["url"] == f"http://127.0.0.1:8000/shared/#{made['token']}"
    lasts = datetime.fromisoformat(made["expires_at"]) - datetime.fromisoformat(made["created_at"])
    assert (lasts, made["run_id"], made["note"]) == (timedelta(days=7), run_id, "for the review")

    listed: list[dict[str, Any]] = terminal.json("runs", "shares", run_id)["shares"]
    assert [(each["id"], each["status"]) for each in listed] == [(made["id"], "active")]
    assert made["token"] not in str(listed)
    assert f"{made['id']}  active" in terminal("runs", "shares", run_id).output

    assert terminal.json("runs", "unshare", run_id, made["id"])["id"] == made["id"]
    assert terminal.json("runs", "shares", run_id)["shares"][0]["status"] == "revoked"


def test_a_person_gets_a_line_to_copy(
    terminal: Terminal, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGENTIC_MLOPS_PUBLIC_URL", "http://localhost:9000/")
    told = terminal("runs", "share", run_id)
    assert told.stdout.startswith("http://localhost:9000/shared/#share_")
    assert len(told.stdout.splitlines()) == 1
    assert "runs unshare" in told.stderr


def test_an_unknown_link_is_said(terminal: Terminal, run_id: str) -> None:
    assert isinstance(terminal("runs", "unshare", run_id, "shr_unknown").exception, ShareNotFound)


def test_a_note_that_is_too_long_shares_nothing(terminal: Terminal, run_id: str) -> None:
    assert isinstance(terminal("runs", "share", run_id, "--note", "x" * 201).exception, Invalid)
    assert terminal("runs", "share", run_id, "--days", "0").exit_code == 2
    assert terminal.json("runs", "shares", run_id)["shares"] == []

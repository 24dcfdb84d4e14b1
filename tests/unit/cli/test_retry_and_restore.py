"""`runs retry` lets a stopped run go on; `runs restore` makes an earlier version the newest one."""

from libs.runs.errors import RunNotRetryable
from libs.workflow.restoring import VersionIsNewest
from tests.support.product import CHURN
from tests.support.terminal import Terminal

WAITING = 4


class TestRetry:
    def test_a_stopped_run_waits_at_its_gate_again_and_goes_on(self, terminal: Terminal) -> None:
        stopped = terminal.json("design", CHURN, "--answers", "defaults", code=WAITING)
        run_id = stopped["run_id"]
        assert terminal.json("runs", "cancel", run_id)["status"] == "cancelled"

        again = terminal.json("runs", "retry", run_id, code=WAITING)
        assert (again["run_id"], again["gate"]["digest"]) == (run_id, stopped["gate"]["digest"])
        done = terminal.json("runs", "approve", run_id)
        assert (done["status"], done["problem"]) == ("done", None)

        refused = terminal.refused("runs", "retry", run_id, by=RunNotRetryable)
        assert "it is done" in refused.message
        assert refused.advice

    def test_what_happens_next_is_told(self, terminal: Terminal) -> None:
        run_id = terminal.json("design", CHURN, "--answers", "defaults", code=WAITING)["run_id"]
        terminal("runs", "cancel", run_id)
        told = terminal("runs", "retry", run_id)
        assert told.exit_code == WAITING
        assert "goes on, attempt 2, by user:local-owner" in told.stderr
        assert "planner" not in told.stderr


class TestRestore:
    def test_an_earlier_version_is_the_newest_one_again(self, terminal: Terminal) -> None:
        hurry = ("--answers", "defaults", "--approve")
        first = terminal.json("design", CHURN, *hurry)
        parent = first["decision_set_id"]
        second = terminal.json("design", "It has to run in us-east-1.", "--parent", parent, *hurry)
        assert second["payload_sha256"] != first["payload_sha256"]

        restored = terminal.json("runs", "restore", first["run_id"])
        assert (restored["status"], restored["problem"]) == ("done", None)
        assert restored["payload_sha256"] == first["payload_sha256"]
        assert restored["run_id"] not in (first["run_id"], second["run_id"])
        assert "us-east-1" in terminal("runs", "diff", restored["run_id"]).output

        newest = terminal.refused("runs", "restore", restored["run_id"], by=VersionIsNewest)
        assert newest.advice
        told = terminal("runs", "restore", second["run_id"])
        assert told.exit_code == 0
        assert "is version 4" in told.output

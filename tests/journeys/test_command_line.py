"""Every command and every exit code, with recorded checks: what is promised to scripts that call the product."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.command import CommandLine
from tests.support.product import CHURN, FRAUD

TO_THE_END = ("--answers", "defaults", "--approve", "--json")
NOT_INSTALLED = {
    "runtime_python": "/nowhere/python",
    "checkov_bin": "/nowhere/checkov",
    "tools_bin": "/nowhere",
}
REAL = {"checks": "real", "sandbox": "bubblewrap", "terraform_bin": "no-such-terraform"}
NOBODY = "run_01JZZZZZZZZZZZZZZZZZZZZZZZ"


class TestDone:
    def test_a_file_of_answers_reaches_the_plan(self, quick: CommandLine, tmp_path: Path) -> None:
        brief, answers = tmp_path / "brief.txt", tmp_path / "answers.yaml"
        brief.write_text(FRAUD)
        answers.write_text("regions: [eu-west-1]\ntraining_frequency: daily\n")
        ended = quick("design", brief, "--answers", answers, "--approve", "--json")
        assert ended.code == 0, ended.err + ended.out
        requirements = ended.result["plan"]["requirements"]
        assert (requirements["region"], requirements["training_frequency"]) == ("eu-west-1", "daily")
        assert ended.result["zip"] is None

    def test_without_json_a_person_reads_the_story_on_stderr(
        self, quick: CommandLine, tmp_path: Path
    ) -> None:
        ended = quick("design", "-", *TO_THE_END[:-1], "--out", tmp_path / "made", stdin=CHURN)
        assert ended.code == 0, ended.err
        assert ended.out == ""
        # A narrow terminal wraps long paths anywhere.
        unwrapped = "".join(ended.err.split())
        for said in ("intake_extract", "planner", "diff_and_persist", "made.zip"):
            assert said in unwrapped
        assert (tmp_path / "made" / "README.md").is_file()


class TestUsage:
    """Exit code 2: nothing was started."""

    def test_an_empty_brief(self, quick: CommandLine) -> None:
        ended = quick("design", "-", "--json", stdin=" \n")
        assert (ended.code, ended.result["status"]) == (2, "failed")
        assert "empty" in ended.result["problem"]["message"]
        assert "Nothing was started" in ended.result["problem"]["advice"]
        assert quick("runs", "list", "--json").result["runs"] == []

    def test_a_target_that_holds_something(self, quick: CommandLine, tmp_path: Path) -> None:
        kept = tmp_path / "full" / "mine.txt"
        kept.parent.mkdir()
        kept.write_text("mine")
        ended = quick("design", CHURN, *TO_THE_END, "--out", kept.parent)
        assert ended.code == 2
        assert "not empty" in ended.result["problem"]["message"]
        assert [path.read_text() for path in kept.parent.iterdir()] == ["mine"]

    @pytest.mark.parametrize(
        "command",
        [
            "show",
            "approve",
            pytest.param("cancel", marks=pytest.mark.long),
            pytest.param("pin", marks=pytest.mark.long),
            pytest.param("archive", marks=pytest.mark.long),
        ],
    )
    def test_an_unknown_id(self, quick: CommandLine, command: str) -> None:
        ended = quick("runs", command, NOBODY, "--json")
        assert ended.code == 2
        assert NOBODY in ended.result["problem"]["message"]
        assert "Traceback" not in ended.err

    def test_an_option_that_does_not_exist(self, quick: CommandLine) -> None:
        assert quick("design", CHURN, "--faster").code == 2

    def test_a_database_that_cannot_be_used(self, quick: CommandLine, tmp_path: Path) -> None:
        ended = quick("runs", "list", "--json", database_url="mysql://localhost/x")
        assert ended.code == 2
        assert "SQLite" in ended.result["problem"]["message"]


class TestInfeasible:
    def test_exit_code_3_with_the_figure_and_what_can_be_done(self, quick: CommandLine) -> None:
        ended = quick("design", f"{FRAUD} The budget is 20 dollars a month.", *TO_THE_END)
        assert ended.code == 3, ended.err
        assert ended.result["status"] == "infeasible"
        assert "budget ($20 a month)" in ended.result["problem"]["message"]
        assert "approve" not in ended.result["gate"]["decisions"]
        assert ended.result["payload_sha256"] is None


class TestBlocked:
    """Exit code 5: the proof is missing."""

    def test_red_checks_lead_to_a_person_who_cannot_approve_them_away(self, quick: CommandLine) -> None:
        """The interpreter lacks what the generated code needs, so its own tests cannot pass."""
        bare = str(Path(sys.base_prefix) / "bin" / "python3")
        settings = {**REAL, **NOT_INSTALLED, "runtime_python": bare}
        ended = quick("design", CHURN, *TO_THE_END, **settings)
        assert ended.code == 5, ended.err + ended.out
        assert (ended.result["status"], ended.result["gate"]["outcome"]) == ("blocked", "blocked_by_checks")
        assert "pytest" in ended.result["problem"]["message"]
        assert {c["check"]: c["status"] for c in ended.result["checks"]}["pytest"] == "fail"
        refused = quick("runs", "approve", ended.result["run_id"], "--json")
        assert refused.code == 2
        assert refused.result["problem"]["code"] == "runs.decision_not_offered"

    def test_a_red_check_on_a_folder_and_missing_checkers_say_why(
        self, quick: CommandLine, tmp_path: Path
    ) -> None:
        golden = Path(__file__).resolve().parents[1] / "golden" / "fraud-api"
        broken = Path(shutil.copytree(golden, tmp_path / "broken"))
        (broken / "src" / "fraud_api" / "train.py").write_text("import os\n\ndef f(:\n")
        ended = quick("check", broken, "--json", **REAL, **NOT_INSTALLED)
        assert ended.code == 5, ended.err
        found = {check["check"]: check for check in ended.result["checks"]}
        assert found["ruff"]["status"] == "fail"
        assert found["secrets"]["status"] == "pass"
        for name in ("pytest", "checkov", "terraform_fmt", "terraform_validate"):
            assert found[name]["status"] == "skipped", found[name]
            assert len(found[name]["reason"]) > 20
        assert "ruff" in ended.result["problem"]["message"]


class TestWaiting:
    """Exit code 4, and the commands with which a person goes on."""

    @pytest.mark.long
    def test_a_design_is_carried_through_both_gates_by_hand(self, quick: CommandLine, tmp_path: Path) -> None:
        first = quick("design", FRAUD, "--json")
        assert (first.code, first.result["status"]) == (4, "waiting")
        assert first.result["gate"]["kind"] == "input"
        run_id = first.result["run_id"]

        listed = quick("runs", "list", "--json").result["runs"]
        assert [run["run_id"] for run in listed] == [run_id]
        shown = quick("runs", "show", run_id)
        assert shown.code == 0
        assert "it offers: approve, respond, edit, reject" in shown.out

        answers = tmp_path / "answers.json"
        answers.write_text(json.dumps({"regions": ["eu-west-1"], "gpu_needed": False}))
        answered = quick("runs", "answer", run_id, "--answers", answers, "--json")
        assert answered.code == 4, answered.err
        final = answered
        if answered.result["gate"]["kind"] == "input":
            final = quick("runs", "approve", run_id, "--comment", "Go on with the defaults.", "--json")
        assert (final.code, final.result["gate"]["kind"]) == (4, "final")
        assert final.result["plan"]["requirements"]["region"] == "eu-west-1"

        edited = quick("runs", "edit", run_id, "--use", "observe=managed_prometheus", "--json")
        assert edited.code == 4, edited.err
        assert option(edited.result, "observe") == "managed_prometheus"

        revised = quick(
            "runs", "reject", run_id, "--revise", "--comment", "Use at most 4000 dollars a month.", "--json"
        )
        assert revised.code == 4, revised.err
        assert revised.result["plan"]["requirements"]["budget_usd_month"] == 4000

        done = quick("runs", "approve", run_id, "--json")
        assert (done.code, done.result["status"]) == (0, "done")
        watched = quick("runs", "watch", run_id, "--after", "0", "--json")
        assert (watched.code, watched.result["payload_sha256"]) == (0, done.result["payload_sha256"])

        fetched = quick("runs", "download", run_id, "--out", tmp_path / "fetched", "--json")
        assert fetched.code == 0, fetched.err
        assert Path(fetched.result["zip"]).is_file()
        assert (tmp_path / "fetched" / "infra" / "envs" / "prod" / "main.tf").is_file()

        child = quick(
            "design", "Availability must be 99.95%.", "--parent", done.result["decision_set_id"], *TO_THE_END
        )
        assert child.code == 0, child.err + child.out
        difference = quick("runs", "diff", child.result["run_id"])
        assert "99.95" in difference.out
        assert set(json.loads(quick("runs", "diff", child.result["run_id"], "--json").out)) == {
            "plan",
            "code",
        }

    @pytest.mark.long
    def test_a_rejected_and_a_cancelled_run_have_ended(self, quick: CommandLine) -> None:
        rejected = quick("design", CHURN, "--answers", "defaults", "--json")
        assert rejected.code == 4
        ended = quick("runs", "reject", rejected.result["run_id"], "--comment", "Not this year.", "--json")
        assert (ended.code, ended.result["status"]) == (1, "rejected")
        assert ended.result["payload_sha256"] is None

        waiting = quick("design", FRAUD, "--json").result["run_id"]
        cancelled = quick("runs", "cancel", waiting, "--json")
        assert (cancelled.code, cancelled.result["status"]) == (0, "cancelled")
        again = quick("runs", "cancel", waiting, "--json")
        assert again.code == 1
        assert again.result["problem"]["code"] == "runs.run_is_final"


class TestTools:
    def test_version_schema_and_health(self, quick: CommandLine) -> None:
        version = quick("--version")
        assert version.code == 0
        assert version.out.strip().count(".") == 2
        migrated = [quick("migrate") for _ in range(2)]
        assert {ended.code for ended in migrated} == {0}
        assert len({ended.out for ended in migrated}) == 1
        health = quick("doctor", "--json", sandbox="bubblewrap", **NOT_INSTALLED)
        items = {item["name"]: item for item in health.result["items"]}
        assert items["database"]["ok"]
        assert items["storage"]["ok"]
        assert (health.code, health.result["status"]) == (1, "failed")
        assert "make install" in items["runtime"]["detail"]

    def test_extract_reads_lines_and_names_the_bad_one(self, quick: CommandLine, tmp_path: Path) -> None:
        briefs = [{"id": "a", "text": FRAUD}, {"id": "b", "text": CHURN}]
        lines = "".join(json.dumps(brief) + "\n" for brief in briefs)
        ended = quick("extract", "-", stdin=lines)
        assert ended.code == 0, ended.err
        found = {line["id"]: line for line in map(json.loads, ended.out.splitlines())}
        assert found["a"]["extracted"]["latency_ms_p95"] == 100
        assert found["b"]["extracted"]["budget_usd_month"] == 900
        bad = quick("extract", "-", stdin=lines + "{not json\n")
        assert bad.code == 2
        assert "Line 3" in bad.err
        assert len(bad.out.splitlines()) == 2


def option(result: dict[str, Any], slot: str) -> str:
    """The chosen option of a slot."""
    return next(str(c["option"]) for c in result["plan"]["components"] if c["slot"] == slot)

"""`runs list`, `rename`, `pin`, `unpin` and `archive`, as a person runs them over a home that holds versions."""

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from libs.cli.main import app
from libs.core.errors import Invalid
from libs.core.principal import LOCAL_ORGANISATION
from libs.core.settings import Settings
from libs.db.engine import Database
from libs.projects.errors import DecisionSetNotFound, DecisionSetWorking
from libs.projects.models import DecisionSet
from tests.support.designs import store_designs, store_project


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["runs", *arguments])


def result(*arguments: str) -> dict[str, Any]:
    done = call(*arguments, "--json")
    assert done.exit_code == 0, (done.output, done.exception)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def titles(*options: str) -> list[str]:
    return [found["title"] for found in result("list", *options)["runs"]]


@pytest.fixture
def designs(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> list[DecisionSet]:
    """Three designs, the last of which still works."""
    shutil.copyfile(migrated_file, tmp_path / "product.sqlite")
    monkeypatch.setenv("AGENTIC_MLOPS_HOME", str(tmp_path))
    monkeypatch.setenv("AGENTIC_MLOPS_SANDBOX", "recorded")

    async def store() -> list[DecisionSet]:
        db = Database(Settings().sqlalchemy_url())
        project = await store_project(db, "Web shop", organisation_id=LOCAL_ORGANISATION)
        done = await store_designs(db, project, "Fraud API", "Churn, nightly")
        running = await store_designs(db, project, "Forecast", first=3, status="running")
        await db.close()
        return [*done, *running]

    return asyncio.run(store())


class TestList:
    def test_a_search_looks_into_titles_and_project_names(self, designs: list[DecisionSet]) -> None:
        assert titles() == ["Forecast", "Churn, nightly", "Fraud API"]
        assert titles("--search", "NIGHT shop") == ["Churn, nightly"]
        assert titles("--search", "nowhere") == []
        assert {found["project_name"] for found in result("list")["runs"]} == {"Web shop"}

    def test_marks_are_options_and_part_of_the_line(self, designs: list[DecisionSet]) -> None:
        result("pin", designs[0].id)
        result("archive", designs[1].id)
        assert titles() == ["Forecast", "Fraud API"]
        assert titles("--pinned") == ["Fraud API"]
        assert titles("--archived") == ["Forecast", "Churn, nightly", "Fraud API"]
        result("pin", designs[1].id)
        assert titles("--pinned", "--archived", "--status", "done") == ["Churn, nightly", "Fraud API"]
        lines = call("list", "--archived").output.splitlines()
        assert [line.split(" v")[1].split(maxsplit=1)[1] for line in lines] == [
            "Forecast",
            "Churn, nightly (pinned, archived)",
            "Fraud API (pinned)",
        ]


class TestMarks:
    @pytest.mark.parametrize(
        ("command", "more", "changes", "said"),
        [
            ("rename", ["  Fraud in shops "], {"title": "Fraud in shops"}, "is called Fraud in shops"),
            ("pin", [], {"pinned": True}, "is pinned"),
            ("unpin", [], {"pinned": False}, "is not pinned"),
            ("archive", [], {"archived": True}, "is archived"),
            ("archive", ["--undo"], {"archived": False}, "is listed again"),
        ],
    )
    def test_end_with_what_the_run_is_like_now(
        self, designs: list[DecisionSet], command: str, more: list[str], changes: dict[str, Any], said: str
    ) -> None:
        design = designs[0]
        assert result(command, design.id, *more) == {
            "status": "done",
            "run_id": design.run_id,
            "decision_set_id": design.id,
            "title": "Fraud API",
            "pinned": False,
            "archived": False,
            "problem": None,
            **changes,
        }
        assert call(command, design.id, *more).output.strip() == f"{design.run_id} {said}"

    def test_can_be_taken_back(self, designs: list[DecisionSet]) -> None:
        assert result("pin", designs[0].id)["pinned"]
        assert result("archive", designs[0].id)["archived"]
        assert not result("unpin", designs[0].id)["pinned"]
        assert not result("archive", designs[0].id, "--undo")["archived"]
        assert "Fraud API" in titles()

    def test_a_run_at_work_is_not_archived(self, designs: list[DecisionSet]) -> None:
        refused = call("archive", designs[2].id).exception
        assert isinstance(refused, DecisionSetWorking)
        assert "Stop the run first" in refused.advice
        assert "Forecast" in titles()

    def test_what_is_no_title_is_refused(self, designs: list[DecisionSet]) -> None:
        assert isinstance(call("rename", designs[0].id, " ").exception, Invalid)
        assert "Fraud API" in titles()

    @pytest.mark.parametrize("command", [["rename", "Title"], ["pin"], ["unpin"], ["archive"]])
    def test_an_unknown_id_is_said(self, designs: list[DecisionSet], command: list[str]) -> None:
        assert isinstance(call(command[0], "ds_unknown", *command[1:]).exception, DecisionSetNotFound)

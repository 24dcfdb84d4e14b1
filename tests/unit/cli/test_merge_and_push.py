"""`runs merge` and `runs push` as a person runs them, over a home that holds two versions."""

import asyncio
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from libs.cli.result import ExitCode
from libs.cli.runs import app
from libs.core.errors import ProductError
from libs.core.settings import Settings
from libs.db.engine import Database
from libs.projects.content import ContentStore
from libs.storage.adapters.folder import FolderStore
from tests.support.git_server import bare_repository, git
from tests.support.merging import texts_in
from tests.support.stored_versions import Stored, store_version

LINES = "".join(f"{number}\n" for number in range(12))
Call = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """AGENTIC_MLOPS_HOME with an empty database."""
    folder = tmp_path / "home"
    folder.mkdir()
    shutil.copyfile(migrated_file, folder / "product.sqlite")
    monkeypatch.setenv("AGENTIC_MLOPS_HOME", str(folder))
    monkeypatch.setenv("AGENTIC_MLOPS_SANDBOX", "recorded")
    return folder


@pytest.fixture
def versions(home: Path) -> tuple[Stored, Stored]:
    """Two versions: the second changes a line, drops a file and adds one."""

    async def store() -> tuple[Stored, Stored]:
        settings = Settings()
        db = Database(settings.sqlalchemy_url())
        content = ContentStore(FolderStore(home / "blobs"))
        first = await store_version(db, content, {"package": "p", "n": 1}, {"a": LINES, "gone": "1\n"})
        changed = {"a": LINES.replace("9\n", "nine\n"), "b": "new\n"}
        second = await store_version(db, content, {"package": "p", "n": 2}, changed)
        await db.close()
        return first, second

    return asyncio.run(store())


@pytest.fixture
def tree(tmp_path: Path, versions: tuple[Stored, Stored]) -> Path:
    """The first version, unpacked."""
    root = tmp_path / "tree"
    for path, text in versions[0].files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


@pytest.fixture
def call() -> Call:
    """Runs a command below `runs`."""

    def invoke(*arguments: Any) -> Result:
        return CliRunner().invoke(app, [str(each) for each in arguments])

    return invoke


def told(result: Result) -> dict[str, Any]:
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    found = json.loads(result.stdout.splitlines()[-1])
    assert isinstance(found, dict)
    return found


class TestMerge:
    def test_a_tree_without_edits_becomes_the_new_version(
        self, call: Call, versions: tuple[Stored, Stored], tree: Path
    ) -> None:
        result = call("merge", versions[1].decision_set_id, tree, "--json")
        assert texts_in(tree) == versions[1].files
        assert result.exit_code == ExitCode.DONE
        found = told(result)
        assert (found["status"], found["changed"]) == ("done", True)
        assert found["base"] == {"payload_sha256": versions[0].payload_sha256, "found_by": "answers"}
        assert (found["added"], found["updated"], found["removed"]) == (["b"], ["a"], ["gone"])
        again = told(call("merge", versions[1].decision_set_id, tree, "--json"))
        assert again["changed"] is False

    def test_conflicts_are_listed_and_end_with_their_own_code(
        self, call: Call, versions: tuple[Stored, Stored], tree: Path
    ) -> None:
        (tree / "a").write_text(LINES.replace("9\n", "mine\n"))
        result = call("merge", versions[1].decision_set_id, tree)
        assert result.exit_code == ExitCode.WAITING
        assert "conflict (content) a:10" in result.stdout
        assert "<<<<<<< yours\nmine\n=======\nnine\n>>>>>>> new design\n" in (tree / "a").read_text()

    def test_a_dry_run_says_the_same_and_writes_nothing(
        self, call: Call, versions: tuple[Stored, Stored], tree: Path
    ) -> None:
        (tree / "a").write_text(LINES.replace("9\n", "mine\n"))
        before = texts_in(tree)
        dry = told(call("merge", versions[1].decision_set_id, tree, "--dry-run", "--json"))
        assert texts_in(tree) == before
        assert dry == {**told(call("merge", versions[1].decision_set_id, tree, "--json")), "dry_run": True}

    def test_edits_that_are_not_committed_stop_it_unless_forced(
        self, call: Call, versions: tuple[Stored, Stored], tree: Path
    ) -> None:
        git("init", "-q", ".", cwd=tree)
        git("add", "-A", cwd=tree)
        git("commit", "-q", "-m", "first", cwd=tree)
        (tree / "a").write_text(LINES.replace("2\n", "mine\n"))
        refused = call("merge", versions[1].decision_set_id, tree)
        assert isinstance(refused.exception, ProductError)
        assert refused.exception.code == "merging.uncommitted_edits"
        assert (tree / "gone").exists()
        assert call("merge", versions[1].decision_set_id, tree, "--force").exit_code == ExitCode.DONE
        assert (tree / "a").read_text() == LINES.replace("2\n", "mine\n").replace("9\n", "nine\n")

    def test_the_base_may_be_named(self, call: Call, versions: tuple[Stored, Stored], tree: Path) -> None:
        for name in (".answers.yml", "reports/checks.json"):
            (tree / name).unlink()
        refused = call("merge", versions[1].decision_set_id, tree)
        assert isinstance(refused.exception, ProductError)
        assert "--base" in refused.exception.advice
        named = call(
            "merge", versions[1].decision_set_id, tree, "--base", versions[0].decision_set_id, "--json"
        )
        assert told(named)["base"]["found_by"] == "named"
        assert texts_in(tree)["a"] == versions[1].files["a"]


class TestPush:
    def test_versions_become_commits_and_the_message_names_them(
        self, call: Call, versions: tuple[Stored, Stored], tmp_path: Path
    ) -> None:
        remote = bare_repository(tmp_path / "fraud.git")
        options = (remote, "--branch", "platform", "--allow-local", "--json")
        first = told(call("push", versions[0].decision_set_id, *options))
        second = told(call("push", versions[1].decision_set_id, *options))
        assert (first["created_branch"], second["parent"]) == (True, first["commit"])
        assert told(call("push", versions[1].decision_set_id, *options))["changed"] is False
        paths = git("ls-tree", "-r", "--name-only", "platform", cwd=remote).split()
        assert {path: git("show", f"platform:{path}", cwd=remote) for path in paths} == versions[1].files
        message = git("log", "-1", "--format=%an <%ae>%n%B", "platform", cwd=remote)
        assert message.startswith(
            "Agentic MLOps <agentic-mlops@localhost>\nDesign version 2: Fraud detection\n"
        )
        assert f"Payload-SHA256: {versions[1].payload_sha256}" in message
        assert f"Decision-Set: {versions[1].decision_set_id}" in message

    @pytest.mark.parametrize(
        "arguments",
        [
            ("ext::sh -c id", "--branch", "main"),
            ("https://ada:hunter2@example.org/a b", "--branch", "main"),
            ("https://example.org/a.git", "--branch", "--force"),
            ("https://example.org/a.git", "--branch", "main", "--dir", "../x"),
            ("/tmp/a.git", "--branch", "main"),
        ],
    )
    def test_hostile_words_are_refused_before_anything_is_opened(
        self, call: Call, home: Path, arguments: tuple[str, ...]
    ) -> None:
        refused = call("push", "ds_1", *arguments)
        assert isinstance(refused.exception, ProductError)
        assert refused.exception.code in {"git.unsafe_remote", "git.unsafe_name"}
        assert "hunter2" not in str(refused.exception)

    def test_a_password_in_the_address_is_never_told(
        self, call: Call, versions: tuple[Stored, Stored], caplog: pytest.LogCaptureFixture
    ) -> None:
        address = "http://ada:hunter2@127.0.0.1:9/x.git"
        refused = call("push", versions[0].decision_set_id, address, "--branch", "main", "--json")
        assert isinstance(refused.exception, ProductError)
        error = refused.exception
        assert error.code == "git.remote_unavailable"
        assert "hunter2" not in f"{refused.output}{error.message}{error.advice}{error.facts}{caplog.text}"

"""`runs download` and `--out` write a folder and its zip, and over nothing that is there."""

import asyncio
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from libs.cli.output import checked_target
from libs.cli.result import ExitCode
from libs.cli.runs import app
from libs.codegen import payload
from libs.core.errors import Invalid, ProductError
from libs.core.settings import Settings
from libs.db.engine import Database
from libs.projects.content import ContentStore
from libs.storage.adapters.folder import FolderStore
from tests.support.merging import texts_in
from tests.support.stored_versions import Stored, store_version


@pytest.fixture
def stored(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> Stored:
    """A version in an AGENTIC_MLOPS_HOME of its own."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copyfile(migrated_file, home / "product.sqlite")
    monkeypatch.setenv("AGENTIC_MLOPS_HOME", str(home))
    monkeypatch.setenv("AGENTIC_MLOPS_SANDBOX", "recorded")

    async def store() -> Stored:
        db = Database(Settings().sqlalchemy_url())
        kept = await store_version(db, ContentStore(FolderStore(home / "blobs")), {"n": 1}, {"a": "1\n"})
        await db.close()
        return kept

    return asyncio.run(store())


def download(stored: Stored, out: Path) -> Result:
    return CliRunner().invoke(app, ["download", stored.decision_set_id, "--out", str(out)])


class TestDownload:
    def test_the_folder_and_its_zip_hold_the_repository(self, stored: Stored, tmp_path: Path) -> None:
        done = download(stored, tmp_path / "new" / "fraud")
        assert done.exit_code == ExitCode.DONE
        assert texts_in(tmp_path / "new" / "fraud") == stored.files
        packed = payload.read((tmp_path / "new" / "fraud.zip").read_bytes())
        assert {file.path: file.content.decode() for file in packed} == stored.files

    def test_a_zip_that_is_there_is_not_written_over(self, stored: Stored, tmp_path: Path) -> None:
        (tmp_path / "fraud.zip").write_bytes(b"mine")
        refused = download(stored, tmp_path / "fraud")
        assert isinstance(refused.exception, ProductError)
        assert "fraud.zip is there already" in refused.exception.message
        assert (tmp_path / "fraud.zip").read_bytes() == b"mine"
        assert not (tmp_path / "fraud").exists()

    def test_nor_is_one_that_appears_meanwhile(
        self, stored: Stored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        unpack = payload.unpack

        def overtaken(data: bytes, folder: Path) -> object:
            folder.with_name("fraud.zip").write_bytes(b"mine")
            return unpack(data, folder)

        monkeypatch.setattr(payload, "unpack", overtaken)
        refused = download(stored, tmp_path / "fraud")
        assert isinstance(refused.exception, Invalid)
        assert (tmp_path / "fraud.zip").read_bytes() == b"mine"


class TestCheckedTarget:
    def test_an_empty_folder_and_none_are_free(self, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        assert checked_target(tmp_path / "empty") == tmp_path / "empty"
        assert checked_target(tmp_path / "none") == tmp_path / "none"
        assert checked_target(None) is None

    def test_a_file_and_a_folder_with_something_in_it_are_not(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("1")
        for taken in (tmp_path, tmp_path / "file"):
            with pytest.raises(Invalid, match="not empty"):
                checked_target(taken)

    def test_the_zip_of_the_folder_one_is_in_lies_beside_that(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "fraud").mkdir()
        monkeypatch.chdir(tmp_path / "fraud")
        assert checked_target(Path()) == tmp_path / "fraud"
        (tmp_path / "fraud.zip").symlink_to("nowhere")
        with pytest.raises(Invalid, match=r"fraud\.zip is there already"):
            checked_target(Path())

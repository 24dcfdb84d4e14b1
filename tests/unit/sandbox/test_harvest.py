"""What is taken out of a folder that hostile code has written."""

import os
from pathlib import Path

import pytest

from libs.sandbox.harvest import HarvestLimits, HarvestNotAFolder, HarvestTooLarge, harvest


class TestHarvest:
    def test_takes_regular_files_with_their_paths(self, tmp_path: Path) -> None:
        (tmp_path / "train").mkdir()
        (tmp_path / "train" / "result.json").write_bytes(b"{}")
        (tmp_path / "progress.jsonl").write_bytes(b"")

        assert harvest(tmp_path, HarvestLimits()).files == {"progress.jsonl": b"", "train/result.json": b"{}"}

    def test_follows_no_link_to_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "secret").write_text("of the host")
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "result.json").symlink_to(tmp_path / "secret")

        found = harvest(tmp_path / "out", HarvestLimits())

        assert found.files == {}
        assert found.refused == ("result.json",)

    def test_follows_no_link_to_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "etc").symlink_to("/etc")

        found = harvest(tmp_path / "out", HarvestLimits())

        assert (found.files, found.refused) == ({}, ("etc",))

    def test_does_not_wait_at_a_pipe(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "result.json")

        assert harvest(tmp_path, HarvestLimits()).refused == ("result.json",)

    def test_refuses_names_that_would_forge_a_terminal_or_a_log(self, tmp_path: Path) -> None:
        (tmp_path / "a\nb").touch()

        found = harvest(tmp_path, HarvestLimits())

        assert (found.files, found.refused) == ({}, ("'a\\nb'",))

    def test_refuses_the_folder_itself_when_it_is_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to("/etc")

        with pytest.raises(HarvestNotAFolder):
            harvest(tmp_path / "link", HarvestLimits())

    @pytest.mark.parametrize(
        "limits",
        [HarvestLimits(files=2), HarvestLimits(file_bytes=9), HarvestLimits(total_bytes=29)],
        ids=["files", "one file", "total"],
    )
    def test_stops_at_every_limit(self, tmp_path: Path, limits: HarvestLimits) -> None:
        for name in "abc":
            (tmp_path / name).write_bytes(b"0123456789")

        with pytest.raises(HarvestTooLarge):
            harvest(tmp_path, limits)

    def test_stops_at_folders_nested_too_deeply(self, tmp_path: Path) -> None:
        (tmp_path / "a/b/c/d").mkdir(parents=True)

        with pytest.raises(HarvestTooLarge, match="deeply"):
            harvest(tmp_path, HarvestLimits(depth=3))

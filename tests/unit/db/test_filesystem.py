"""Where SQLite may live."""

from pathlib import Path

import pytest

from libs.db.errors import UnsupportedFilesystem
from libs.db.filesystem import filesystem_of, refuse_network_filesystem

MOUNTS = r"""/dev/sda1 / ext4 rw 0 0
server:/export /mnt/share nfs4 rw 0 0
/dev/sdb1 /mnt/share/local xfs rw 0 0
//host/c /mnt/with\040space cifs rw 0 0
overlay /srv ext4 rw 0 0
host:/d /srv fuse.sshfs rw 0 0
"""


class TestFilesystemOf:
    @pytest.mark.parametrize(
        ("path", "kind"),
        [
            ("/home/me", "ext4"),
            ("/mnt/share/me", "nfs4"),
            ("/mnt/shared", "ext4"),
            ("/mnt/share/local/deep", "xfs"),
            ("/mnt/with space/x", "cifs"),
            ("/srv/x", "fuse.sshfs"),
        ],
    )
    def test_the_innermost_and_latest_mount_decides(self, path: str, kind: str) -> None:
        assert filesystem_of(Path(path), MOUNTS) == kind

    def test_it_is_unknown_without_mounts(self) -> None:
        assert filesystem_of(Path("/home"), "") is None


class TestRefusal:
    def table(self, tmp_path: Path, kind: str) -> Path:
        table = tmp_path / "mounts"
        table.write_text(f"source {tmp_path.resolve()} {kind} rw 0 0\n")
        return table

    def test_a_network_filesystem_is_refused_with_the_way_out(self, tmp_path: Path) -> None:
        with pytest.raises(UnsupportedFilesystem) as caught:
            refuse_network_filesystem(tmp_path, self.table(tmp_path, "nfs4"))
        assert caught.value.facts["filesystem"] == "nfs4"
        assert "AGENTIC_MLOPS_DATABASE_URL" in caught.value.advice

    def test_a_local_one_is_fine(self, tmp_path: Path) -> None:
        refuse_network_filesystem(tmp_path, self.table(tmp_path, "ext4"))

    def test_a_system_without_a_mount_table_is_let_through(self, tmp_path: Path) -> None:
        refuse_network_filesystem(tmp_path, tmp_path / "missing")

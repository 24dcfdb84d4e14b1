"""The payload zip: same files, same bytes; and nothing hostile gets out of it."""

import io
import os
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.codegen.models import RenderedFile
from libs.codegen.payload import BadPayload, pack, payload_sha256, read, unpack

FILES = (
    RenderedFile(path="README.md", content=b"# Title\n"),
    RenderedFile(path="scripts/run", content=b"#!/bin/sh\n", executable=True),
    RenderedFile(path="src/pkg/__init__.py", content=b""),
)


def archive(*entries: tuple[str | zipfile.ZipInfo, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as writer:
        for name, content in entries:
            writer.writestr(name, content)
    return buffer.getvalue()


class TestPack:
    def test_the_order_of_files_does_not_matter(self) -> None:
        assert pack(FILES) == pack(FILES[::-1])

    def test_bytes_are_the_same_on_every_machine(self) -> None:
        assert payload_sha256(pack(FILES)) == (
            "a1c84c598d4b3e35e95d6347f9926dec2baade5e7a38196d81eec53d15a5f036"
        )

    def test_a_changed_byte_changes_the_hash(self) -> None:
        changed = (FILES[0].model_copy(update={"content": b"# Title!\n"}), *FILES[1:])

        assert payload_sha256(pack(changed)) != payload_sha256(pack(FILES))

    def test_a_changed_mode_changes_the_hash(self) -> None:
        changed = (FILES[0].model_copy(update={"executable": True}), *FILES[1:])

        assert payload_sha256(pack(changed)) != payload_sha256(pack(FILES))

    @given(
        st.dictionaries(
            st.text("abcdef/", min_size=1, max_size=6).filter(
                lambda path: "//" not in path and path.strip("/") == path
            ),
            st.binary(max_size=50),
            max_size=6,
        )
    )
    def test_whatever_is_packed_is_read_back_or_refused(self, contents: dict[str, bytes]) -> None:
        files = [RenderedFile(path=path, content=content) for path, content in contents.items()]
        try:
            packed = pack(files)
        except BadPayload:
            assert any(a != b and b.startswith(f"{a}/") for a in contents for b in contents)
            return

        assert {file.path: file.content for file in read(packed)} == contents

    @pytest.mark.parametrize(
        "path",
        ["", "/etc/passwd", "../up", "a/../../b", "a\\b", "C:x", "a//b", "./a", "a/", ".git/config", "a\nb"],
    )
    def test_refuses_an_unsafe_path(self, path: str) -> None:
        with pytest.raises(BadPayload):
            pack([RenderedFile(path=path, content=b"")])

    @pytest.mark.parametrize("second", ["readme.md", "README.md"])
    def test_refuses_two_files_that_some_disk_could_not_tell_apart(self, second: str) -> None:
        with pytest.raises(BadPayload, match="twice"):
            pack([FILES[0], RenderedFile(path=second, content=b"")])


class TestUnpack:
    def test_writes_the_same_files(self, tmp_path: Path) -> None:
        unpack(pack(FILES), tmp_path / "repo")

        found = {
            path.relative_to(tmp_path / "repo").as_posix(): path.read_bytes()
            for path in (tmp_path / "repo").rglob("*")
            if path.is_file()
        }
        assert found == {file.path: file.content for file in FILES}

    def test_programs_stay_executable_and_everyone_may_read(self, tmp_path: Path) -> None:
        previous = os.umask(0o077)
        try:
            unpack(pack(FILES), tmp_path / "repo")
        finally:
            os.umask(previous)

        modes = {
            path.relative_to(tmp_path / "repo").as_posix(): stat.S_IMODE(path.stat().st_mode)
            for path in (tmp_path / "repo").rglob("*")
        }
        assert modes["scripts/run"] == 0o755
        assert modes["README.md"] == 0o644
        assert modes["src/pkg"] == modes["src"] == 0o755

    def test_writes_into_no_folder_that_holds_something(self, tmp_path: Path) -> None:
        (tmp_path / "mine").write_text("keep")

        with pytest.raises(BadPayload, match="not empty"):
            unpack(pack(FILES), tmp_path)

        assert sorted(path.name for path in tmp_path.iterdir()) == ["mine"]

    @pytest.mark.parametrize("path", ["../escaped", "/escaped", "a/../../escaped", "..\\escaped"])
    def test_a_path_that_leads_out_is_refused_before_anything_is_written(
        self, tmp_path: Path, path: str
    ) -> None:
        with pytest.raises(BadPayload):
            unpack(archive(("fine", b"1"), (path, b"2")), tmp_path / "repo")

        assert not list(tmp_path.rglob("*"))

    @pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
    def test_links_and_devices_are_refused(self, tmp_path: Path, kind: int) -> None:
        entry = zipfile.ZipInfo("link")
        entry.create_system = 3
        entry.external_attr = (kind | 0o777) << 16

        with pytest.raises(BadPayload, match="no regular file"):
            unpack(archive((entry, b"/etc/passwd")), tmp_path / "repo")

    def test_a_file_below_a_file_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(BadPayload, match="below a file"):
            unpack(archive(("a", b""), ("a/b", b"")), tmp_path / "repo")

    def test_a_bomb_is_refused(self) -> None:
        bomb = archive(("zeros", bytes(70_000_000)), compression=zipfile.ZIP_DEFLATED)

        assert len(bomb) < 200_000
        with pytest.raises(BadPayload, match="larger"):
            read(bomb)

    def test_too_many_files_are_refused(self) -> None:
        with pytest.raises(BadPayload, match="more than 5000 files"):
            read(archive(*((f"{n}", b"") for n in range(5001))))

    @pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04" + bytes(40)])
    def test_what_is_no_zip_is_refused(self, data: bytes) -> None:
        with pytest.raises(BadPayload, match="cannot be read"):
            read(data)

    def test_a_damaged_zip_is_refused(self) -> None:
        data = bytearray(pack(FILES))
        data[data.index(b"# Title")] ^= 0xFF

        with pytest.raises(BadPayload, match="CRC"):
            read(bytes(data))

"""Which addresses, branches and folders are taken, and how an address is shown."""

import pytest

from libs.git.errors import UnsafeName, UnsafeRemote
from libs.git.remote import check_branch, check_folder, read_remote


class TestReadRemote:
    @pytest.mark.parametrize(
        ("text", "protocol", "shown"),
        [
            ("https://example.org/a/b.git", "https", "https://example.org/a/b.git"),
            ("https://example.org:8443/a", "https", "https://example.org:8443/a"),
            ("ssh://git@example.org:22/a/b", "ssh", "ssh://git@example.org:22/a/b"),
            ("git@example.org:a/b.git", "ssh", "git@example.org:a/b.git"),
            ("http://127.0.0.1:8000/x.git", "http", "http://127.0.0.1:8000/x.git"),
            ("http://[::1]:8000/x.git", "http", "http://[::1]:8000/x.git"),
        ],
    )
    def test_addresses_of_repositories_are_taken(self, text: str, protocol: str, shown: str) -> None:
        remote = read_remote(text)
        assert (remote.url, remote.protocol, remote.shown) == (text, protocol, shown)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "-oProxyCommand=id",
            "--upload-pack=id",
            "ext::sh -c id",
            "ext::sh%20-c%20id",
            "fd::3",
            "https://example.org/a\nb",
            "https://example.org/a b",
            "https://example.org/\x1b[2J",
            "https://example.org",
            "https:///path",
            "https://example.org/a?access_token=x",
            "https://example.org/a#b",
            "https://exa_mple/a",
            "https://example.org:99999/a",
            "http://example.org/a.git",
            "http://127.0.0.1.example.org/a.git",
            "git://example.org/a.git",
            "ftp://example.org/a.git",
            "ssh://-oProxyCommand=id/a",
            "ssh://-x@example.org/a",
            "-host:path",
            "user@-host:path",
            "file:///tmp/a.git",
            "/tmp/a.git",
            "../a.git",
            "plain",
            "https://example.org/" + "a" * 2000,
        ],
    )
    def test_anything_else_is_refused(self, text: str) -> None:
        with pytest.raises(UnsafeRemote) as caught:
            read_remote(text)
        assert "Nothing was pushed" in caught.value.advice

    def test_a_folder_of_this_machine_has_to_be_allowed(self) -> None:
        assert read_remote("/tmp/a.git", allow_local=True).protocol == "file"
        assert read_remote("file:///tmp/a%20b.git", allow_local=True).url == "/tmp/a b.git"
        for text in ("file://host/a.git", "ext::sh -c id", "-x"):
            with pytest.raises(UnsafeRemote):
                read_remote(text, allow_local=True)

    @pytest.mark.parametrize(
        ("text", "secret"),
        [
            ("https://ada:hunter2@example.org/a.git", "hunter2"),
            ("https://ghp_TOKEN@example.org/a.git", "ghp_TOKEN"),
            ("https://ada:p%40ss@example.org/a.git", "p@ss"),
            ("ssh://ada:hunter2@example.org/a.git", "hunter2"),
        ],
    )
    def test_a_secret_is_never_shown(self, text: str, secret: str) -> None:
        remote = read_remote(text)
        said = remote.masked(f"fatal: {text} and {secret} and https://ada@example.org/")
        for shown in (remote.shown, repr(remote), said):
            assert secret not in shown
            assert text not in shown
        assert "example.org/a.git" in remote.shown


class TestNames:
    @pytest.mark.parametrize("name", ["main", "platform/fraud-api", "v1.2", "a_b+c", "fix#3"])
    def test_plain_branches_are_taken(self, name: str) -> None:
        assert check_branch(name) == name

    @pytest.mark.parametrize(
        "name",
        [
            "",
            "-f",
            "--delete",
            "HEAD",
            "refs/heads/x",
            "a..b",
            "a//b",
            "/a",
            "a/",
            ".a",
            "a/.b",
            "a.lock",
            "a.lock/b",
            "a.",
            "a b",
            "a:b",
            "a~1",
            "a^",
            "a@{1}",
            "a\\b",
            "a*",
            "a\nb",
            "a\x7f",
            "+a",
            "é",
            "a" * 201,
        ],
    )
    def test_other_names_are_refused(self, name: str) -> None:
        with pytest.raises(UnsafeName):
            check_branch(name)

    def test_folders_lie_below_the_root(self) -> None:
        assert check_folder("") == ""
        assert check_folder("services/fraud/") == "services/fraud"
        for name in ("/etc", "..", "a/../b", ".git", "a/.git", "-x", "a//b", "a b", "a\nb", "."):
            with pytest.raises(UnsafeName):
                check_folder(name)

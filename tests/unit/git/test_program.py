"""Git runs without a terminal, within a time, with bounded output, and sees what it is meant to see."""

import os
import time
from pathlib import Path

import pytest

from libs.git import program as module
from libs.git.errors import GitFailed, GitMissing, GitTooSlow
from libs.git.program import Git


def script(tmp_path: Path, body: str, **environment: str) -> Git:
    """A program in Git's place."""
    file = tmp_path / "fake-git"
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o755)
    return Git(str(file), environment={"PATH": os.environ["PATH"], **environment})


class TestRun:
    def test_a_missing_program_is_told_with_what_to_do(self, tmp_path: Path) -> None:
        with pytest.raises(GitMissing) as caught:
            Git("no-such-program").run("status", cwd=tmp_path)
        assert "AGENTIC_MLOPS_GIT_BIN" in caught.value.advice

    def test_it_and_what_it_started_are_stopped_when_the_time_is_over(self, tmp_path: Path) -> None:
        began = time.monotonic()
        with pytest.raises(GitTooSlow):
            script(tmp_path, "(sleep 60; touch late) & sleep 60").run("fetch", cwd=tmp_path, timeout_s=0.3)
        assert time.monotonic() - began < 10
        assert not (tmp_path / "late").exists()

    @pytest.mark.parametrize(
        ("said", "enough"), [("git version 2.30.2", False), ("git version 2.31.0.x", True)]
    )
    def test_an_old_program_is_refused(self, tmp_path: Path, said: str, enough: bool) -> None:
        fake = script(tmp_path, f"echo {said}")
        if enough:
            fake.require(tmp_path)
        else:
            with pytest.raises(GitMissing, match=r"2\.31"):
                fake.require(tmp_path)

    def test_a_flood_of_words_does_not_fill_the_memory(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        done = script(tmp_path, "head -c 3000000 /dev/zero | tr '\\0' x >&2; echo end").run("x", cwd=tmp_path)
        assert (len(done.err), done.out) == (64_000, b"end\n")
        monkeypatch.setattr(module, "_MOST_OUT", 1_000)
        with pytest.raises(GitFailed, match="more than"):
            script(tmp_path, "head -c 3000 /dev/zero").run("x", cwd=tmp_path)

    def test_a_program_that_does_not_read_is_no_failure(self, tmp_path: Path) -> None:
        assert script(tmp_path, "exit 3").run("x", cwd=tmp_path, stdin=b"x" * 2_000_000).code == 3


class TestEnvironment:
    GIVEN = {
        "HOME": "/home/ada",
        "SSH_AUTH_SOCK": "/agent",
        "GIT_DIR": "/elsewhere",
        "GIT_INDEX_FILE": "/elsewhere",
        "GIT_TRACE_CURL": "1",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "a.b",
        "GIT_CONFIG_VALUE_0": "c",
    }

    def seen(self, tmp_path: Path, configuration: module.Configuration) -> dict[str, str]:
        fake = script(tmp_path, "env", **self.GIVEN)
        done = fake.run("x", cwd=tmp_path, configuration=configuration, settings={"remote.origin.url": "u"})
        return dict(line.split("=", 1) for line in done.out.decode().splitlines() if "=" in line)

    def test_a_sealed_call_sees_nobodys_configuration(self, tmp_path: Path) -> None:
        seen = self.seen(tmp_path, "sealed")
        assert seen["GIT_CONFIG_GLOBAL"] == os.devnull
        assert (seen["GIT_CONFIG_COUNT"], seen["GIT_CONFIG_KEY_0"]) == ("1", "remote.origin.url")
        assert {"HOME", "SSH_AUTH_SOCK", "GIT_DIR", "AWS_SECRET_ACCESS_KEY"}.isdisjoint(seen)

    def test_an_own_call_sees_credentials_for_git_and_no_outer_repository(self, tmp_path: Path) -> None:
        seen = self.seen(tmp_path, "own")
        assert (seen["HOME"], seen["SSH_AUTH_SOCK"], seen["GIT_TERMINAL_PROMPT"]) == (
            "/home/ada",
            "/agent",
            "0",
        )
        assert (seen["GIT_CONFIG_COUNT"], seen["GIT_CONFIG_KEY_0"], seen["GIT_CONFIG_KEY_1"]) == (
            "2",
            "a.b",
            "remote.origin.url",
        )
        assert {"GIT_DIR", "GIT_INDEX_FILE", "GIT_TRACE_CURL", "AWS_SECRET_ACCESS_KEY"}.isdisjoint(seen)

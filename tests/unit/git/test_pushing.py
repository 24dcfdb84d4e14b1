"""Versions become commits on a branch of a real Git server, by path and by HTTP."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from libs.core.errors import ProductError
from libs.git.errors import (
    BranchMoved,
    ForeignCommits,
    GitTooSlow,
    PushForbidden,
    RemoteNotFound,
    RemoteUnauthenticated,
    RemoteUnavailable,
)
from libs.git.program import Finished, Git
from libs.git.pushing import ANSWERS, MANIFEST, MARK, TREE, push
from tests.support.git_server import bare_repository, commit_files, git, serving
from tests.unit.git.conftest import MakePush


def version(**files: str) -> dict[str, str]:
    """The files of a version, with its answers and its manifest."""
    texts = {name.replace("__", "/"): text for name, text in files.items()}
    listed = "".join(f"{'0' * 64}  {path}\n" for path in (ANSWERS, *texts))
    return {ANSWERS: "a: 1\n", **texts, MANIFEST: listed}


def files_of(remote: Path, branch: str = "platform") -> dict[str, str]:
    paths = git("ls-tree", "-r", "--name-only", branch, cwd=remote).split()
    return {path: git("show", f"{branch}:{path}", cwd=remote) for path in paths}


def squash(clone: Path, edits: dict[str, str]) -> None:
    """Merges the platform's branch and edits into `main` as one commit whose message quotes theirs."""
    git("fetch", "-q", "origin", cwd=clone)
    git("checkout", "-q", "-B", "mine", "origin/platform", cwd=clone)
    for path, text in edits.items():
        (clone / path).write_text(text)
    git("commit", "-q", "--allow-empty", "-a", "-m", "Fix it", cwd=clone)
    quoted = git("log", "--format=* %B", "origin/main..mine", cwd=clone)
    git("checkout", "-q", "-B", "main", "origin/main", cwd=clone)
    git("merge", "-q", "--squash", "mine", cwd=clone)
    git("commit", "-q", "-m", f"Add the service (#1)\n\n{quoted}", cwd=clone)
    git("push", "-q", "origin", "main", cwd=clone)


@pytest.fixture(params=["filtering", pytest.param("plain", marks=pytest.mark.long)])
def remote(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A repository whose server does or does not leave out the contents of files."""
    return bare_repository(tmp_path / "served" / "fraud.git", allow_filter=request.param == "filtering")


@pytest.fixture
def http(remote: Path) -> Iterator[str]:
    """The same repository by HTTP."""
    with serving(remote.parent) as base:
        yield f"{base}/fraud.git"


class TestVersions:
    def test_each_version_is_a_commit_on_the_one_before(
        self, program: Git, remote: Path, http: str, to_push: MakePush
    ) -> None:
        first = push(program, to_push(http, version(a="1\n", b="1\n")))
        second = push(program, to_push(http, version(a="2\n", c="1\n")))
        assert (first.created, first.parent, second.created, second.parent) == (
            True,
            None,
            False,
            first.commit,
        )
        assert (second.changes.added, second.changes.removed) == (("c",), ("b",))
        assert files_of(remote) == version(a="2\n", c="1\n")
        assert git("rev-list", "platform", cwd=remote).split() == [second.commit, first.commit]
        assert git("log", "-1", "--format=%an <%ae>%n%s", "platform", cwd=remote).splitlines() == [
            "Platform <platform@example.org>",
            "Version",
        ]

    def test_the_same_version_again_pushes_nothing(
        self, program: Git, remote: Path, http: str, to_push: MakePush
    ) -> None:
        first = push(program, to_push(http, version(a="1\n")))
        again = push(program, to_push(http, version(a="1\n")))
        assert (again.is_new, again.commit) == (False, first.commit)
        assert git("rev-list", "--count", "platform", cwd=remote).strip() == "1"

    def test_a_new_branch_starts_from_the_default_one_and_keeps_its_files(
        self, program: Git, remote: Path, http: str, tmp_path: Path, to_push: MakePush
    ) -> None:
        by_hand = commit_files(remote, tmp_path / "clone", {"LICENSE": "MIT\n", "a": "by hand\n"})
        pushed = push(program, to_push(http, version(a="1\n")))
        assert pushed.parent == by_hand
        assert files_of(remote) == {"LICENSE": "MIT\n", **version(a="1\n")}
        assert pushed.changes.changed == ("a",)
        second = push(program, to_push(http, version(b="1\n")))
        assert second.changes.removed == ("a",)
        assert files_of(remote) == {"LICENSE": "MIT\n", **version(b="1\n")}

    def test_git_merges_versions_with_edits(
        self, program: Git, remote: Path, tmp_path: Path, to_push: MakePush
    ) -> None:
        lines = [f"{number}\n" for number in range(12)]
        push(program, to_push(remote, version(a="".join(lines))))
        clone = tmp_path / "clone"
        git("clone", "-q", "-b", "platform", str(remote), str(clone), cwd=tmp_path)
        git("checkout", "-q", "-b", "mine", cwd=clone)
        (clone / "a").write_text("".join(lines).replace("2\n", "mine\n", 1))
        git("commit", "-q", "-am", "mine", cwd=clone)
        push(program, to_push(remote, version(a="".join(lines[:-1]))))
        git("fetch", "-q", cwd=clone)
        git("merge", "-q", "-m", "merge", "origin/platform", cwd=clone)
        assert (clone / "a").read_text() == "".join(lines[:-1]).replace("2\n", "mine\n", 1)

    def test_a_version_may_live_in_a_folder(
        self, program: Git, remote: Path, tmp_path: Path, to_push: MakePush
    ) -> None:
        commit_files(remote, tmp_path / "clone", {"a": "by hand\n", "services/x": "x\n"})
        push(program, to_push(remote, version(a="1\n", b="1\n"), folder="services/fraud"))
        push(program, to_push(remote, version(a="2\n"), folder="services/fraud"))
        inside = {f"services/fraud/{path}": text for path, text in version(a="2\n").items()}
        assert files_of(remote) == {"a": "by hand\n", "services/x": "x\n", **inside}

    def test_an_orphan_branch_has_no_history(
        self, program: Git, remote: Path, tmp_path: Path, to_push: MakePush
    ) -> None:
        commit_files(remote, tmp_path / "clone", {"LICENSE": "MIT\n"})
        pushed = push(program, to_push(remote, version(a="1\n"), orphan=True))
        assert pushed.parent is None
        assert files_of(remote) == version(a="1\n")


class TestForeignCommits:
    def test_a_branch_with_edits_is_left_alone_unless_asked(
        self, program: Git, remote: Path, tmp_path: Path, to_push: MakePush
    ) -> None:
        push(program, to_push(remote, version(a="1\n")))
        tip = commit_files(remote, tmp_path / "clone", {"a": "edited\n"}, branch="platform")
        with pytest.raises(ForeignCommits, match="not from here") as caught:
            push(program, to_push(remote, version(a="2\n")))
        assert "--take-over" in caught.value.advice
        assert files_of(remote)["a"] == "edited\n"
        assert push(program, to_push(remote, version(a="2\n"), take_over=True)).parent == tip
        assert files_of(remote)["a"] == "2\n"

    def test_a_default_branch_that_was_generated_is_not_built_upon(
        self, program: Git, remote: Path, tmp_path: Path, to_push: MakePush
    ) -> None:
        commit_files(remote, tmp_path / "clone", version(a="edited\n"))
        with pytest.raises(ForeignCommits, match="generated repository already"):
            push(program, to_push(remote, version(a="2\n")))
        assert git("for-each-ref", "--format=%(refname)", cwd=remote).split() == ["refs/heads/main"]

    def test_a_squashed_commit_that_quotes_ours_is_not_taken_for_it(
        self, program: Git, remote: Path, tmp_path: Path, to_push: MakePush
    ) -> None:
        clone = tmp_path / "clone"
        commit_files(remote, clone, {"LICENSE": "MIT\n"})
        push(program, to_push(remote, version(a="1\n")))
        squash(clone, {"a": "edited\n"})
        with pytest.raises(ForeignCommits, match="not its own files") as caught:
            push(program, to_push(remote, version(a="2\n"), branch="main"))
        assert "--take-over" in caught.value.advice
        with pytest.raises(ForeignCommits, match="generated repository already"):
            push(program, to_push(remote, version(a="2\n"), branch="another"))
        assert files_of(remote, "main")["a"] == "edited\n"
        assert MARK in git("log", "-1", "--format=%B", "main", cwd=remote)

    def test_a_squashed_commit_without_edits_is_as_ours(
        self, program: Git, remote: Path, tmp_path: Path, to_push: MakePush
    ) -> None:
        clone = tmp_path / "clone"
        commit_files(remote, clone, {"LICENSE": "MIT\n"})
        push(program, to_push(remote, version(a="1\n")))
        squash(clone, {})
        assert push(program, to_push(remote, version(a="2\n"), branch="main")).changes.changed == ("a",)

    def test_a_commit_that_names_its_payload_alone_is_left_alone_unless_asked(
        self, program: Git, remote: Path, tmp_path: Path, to_push: MakePush
    ) -> None:
        push(program, to_push(remote, version(a="1\n")))
        clone = tmp_path / "clone"
        git("clone", "-q", "-b", "platform", str(remote), str(clone), cwd=tmp_path)
        said = git("log", "-1", "--format=%B", cwd=clone)
        assert (
            said.rstrip().splitlines()[-1] == f"{TREE}: {git('rev-parse', 'HEAD^{tree}', cwd=clone).strip()}"
        )
        git("commit", "-q", "--amend", "-m", said.partition(TREE)[0], cwd=clone)
        git("push", "-q", "--force", "origin", "platform", cwd=clone)
        with pytest.raises(ForeignCommits, match="not its own files"):
            push(program, to_push(remote, version(a="2\n")))
        assert push(program, to_push(remote, version(a="2\n"), take_over=True)).is_new
        assert push(program, to_push(remote, version(a="3\n"))).is_new

    def test_a_manifest_cannot_name_files_outside_of_the_folder(
        self, program: Git, remote: Path, tmp_path: Path, to_push: MakePush
    ) -> None:
        hostile = {**version(a="1\n"), MANIFEST: f'{"0" * 64}  ../LICENSE\n{"0" * 64}  "a\nnonsense\n'}
        commit_files(remote, tmp_path / "clone", {"LICENSE": "MIT\n"})
        push(program, to_push(remote, hostile, folder="f"))
        push(program, to_push(remote, version(a="2\n"), folder="f"))
        assert files_of(remote)["LICENSE"] == "MIT\n"


class TestRefusals:
    def test_a_remote_without_a_repository(
        self, program: Git, http: str, tmp_path: Path, to_push: MakePush
    ) -> None:
        for place in (http.replace("fraud", "other"), tmp_path / "missing.git"):
            with pytest.raises(RemoteNotFound) as caught:
                push(program, to_push(place, version(a="1\n")))
            assert "Nothing on the remote was changed" in caught.value.advice

    def test_credentials_that_are_missing_or_wrong(
        self, program: Git, remote: Path, to_push: MakePush
    ) -> None:
        with serving(remote.parent, password="right") as base:
            for address in (base, base.replace("http://", "http://ada:wrong-secret@")):
                with pytest.raises(RemoteUnauthenticated) as caught:
                    push(program, to_push(f"{address}/fraud.git", version(a="1\n")))
                told = f"{caught.value.message} {caught.value.advice} {caught.value.facts}"
                assert "wrong-secret" not in told
            good = base.replace("http://", "http://ada:right@")
            assert push(program, to_push(f"{good}/fraud.git", version(a="1\n"))).is_new

    @pytest.mark.parametrize("credentials", ["tok3n", "oauth2:tok3n", "ada:to@k3n"])
    def test_a_token_of_the_callers_configuration_is_not_told(
        self, remote: Path, tmp_path: Path, to_push: MakePush, credentials: str
    ) -> None:
        (tmp_path / "home").mkdir()
        program = Git(environment={"PATH": os.environ["PATH"], "HOME": str(tmp_path / "home")})
        with serving(remote.parent, password="right") as base:
            place = base.removeprefix("http://")
            (tmp_path / "home" / ".gitconfig").write_text(
                f'[url "http://{credentials}@{place}/"]\n\tinsteadOf = {base}/\n'
            )
            with pytest.raises(ProductError) as caught:
                push(program, to_push(f"{base}/fraud.git", version(a="1\n")))
        told = f"{caught.value.message} {caught.value.advice} {caught.value.facts}"
        assert "k3n" not in told
        assert place in told

    def test_a_token_is_not_told_in_the_form_in_which_git_repeats_it(
        self, program: Git, remote: Path, to_push: MakePush
    ) -> None:
        with serving(remote.parent, password="right") as base:
            address = base.replace("http://", "http://tok3n=6B7F@")
            with pytest.raises(RemoteUnauthenticated) as caught:
                push(program, to_push(f"{address}/fraud.git", version(a="1\n")))
        assert "tok3n" not in f"{caught.value.message} {caught.value.advice} {caught.value.facts}"

    def test_a_credential_helper_is_asked(self, remote: Path, tmp_path: Path, to_push: MakePush) -> None:
        (tmp_path / "home").mkdir()
        (tmp_path / "home" / ".gitconfig").write_text(
            '[credential]\n\thelper = "!f() { echo username=ada; echo password=right; }; f"\n'
        )
        program = Git(environment={"PATH": os.environ["PATH"], "HOME": str(tmp_path / "home")})
        with serving(remote.parent, password="right") as base:
            assert push(program, to_push(f"{base}/fraud.git", version(a="1\n"))).is_new

    def test_a_remote_that_forbids_the_push(self, program: Git, remote: Path, to_push: MakePush) -> None:
        with serving(remote.parent, status=403) as base, pytest.raises(PushForbidden, match="platform"):
            push(program, to_push(f"{base}/fraud.git", version(a="1\n")))

    def test_a_protected_branch(self, program: Git, remote: Path, http: str, to_push: MakePush) -> None:
        hook = remote / "hooks" / "pre-receive"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\nprintf 'platform is \\033[31mprotected\\n' >&2\nexit 1\n")
        hook.chmod(0o755)
        with pytest.raises(PushForbidden, match="pre-receive hook declined") as caught:
            push(program, to_push(http, version(a="1\n")))
        assert "platform is protected" in caught.value.facts["said"]
        assert "\x1b" not in caught.value.facts["said"]

    def test_nobody_listens(self, program: Git, to_push: MakePush) -> None:
        with pytest.raises(RemoteUnavailable):
            push(program, to_push("http://ada:secret@127.0.0.1:9/x.git", version(a="1\n")))

    def test_a_remote_that_does_not_answer_in_time(
        self, program: Git, remote: Path, to_push: MakePush
    ) -> None:
        with serving(remote.parent, delay_s=3.0) as base, pytest.raises(GitTooSlow):
            push(program, to_push(f"{base}/fraud.git", version(a="1\n"), timeout_s=0.5))

    def test_somebody_pushes_in_between(
        self, program: Git, remote: Path, tmp_path: Path, to_push: MakePush
    ) -> None:
        push(program, to_push(remote, version(a="1\n")))

        class Overtaken(Git):
            def run(self, *arguments: str, **options: object) -> Finished:
                if arguments[0] == "push":
                    commit_files(remote, tmp_path / "clone", {"x": "faster\n"}, branch="platform")
                return program.run(*arguments, **options)  # type: ignore[arg-type]

        with pytest.raises(BranchMoved, match="meanwhile") as caught:
            push(Overtaken(), to_push(remote, version(a="2\n")))
        assert "again" in caught.value.advice
        assert files_of(remote)["x"] == "faster\n"


class TestWhatIsHandedOn:
    def test_no_list_of_processes_and_no_file_shows_a_password(
        self, remote: Path, tmp_path: Path, to_push: MakePush
    ) -> None:
        log, real = tmp_path / "log", tmp_path / "git"
        real.write_text(f'#!/bin/sh\necho "$@" >> {log}\ncat config >> {log} 2>/dev/null\nexec git "$@"\n')
        real.chmod(real.stat().st_mode | stat.S_IXUSR)
        program = Git(str(real), environment={"PATH": os.environ["PATH"], "HOME": str(tmp_path)})
        with serving(remote.parent, password="right") as base:
            address = f"{base.replace('http://', 'http://ada:right@')}/fraud.git"
            push(program, to_push(address, version(a="1\n")))
        assert "push --porcelain" in log.read_text()
        assert "right" not in log.read_text()

    def test_an_address_rewritten_to_another_transport_is_refused(
        self, remote: Path, http: str, tmp_path: Path, to_push: MakePush
    ) -> None:
        (tmp_path / "home").mkdir()
        (tmp_path / "home" / ".gitconfig").write_text(
            f'[url "ext::sh -c touch% {tmp_path}/ran "]\n\tinsteadOf = {http}\n[protocol "ext"]\n\tallow = always\n'
        )
        program = Git(environment={"PATH": os.environ["PATH"], "HOME": str(tmp_path / "home")})
        with pytest.raises(ProductError, match=r"Git failed|does not answer|no repository"):
            push(program, to_push(http, version(a="1\n")))
        assert not (tmp_path / "ran").exists()

    def test_ssh_is_spoken_by_the_program_that_the_environment_names(
        self, remote: Path, tmp_path: Path, to_push: MakePush
    ) -> None:
        fake = tmp_path / "ssh"
        fake.write_text('#!/bin/sh\nfor last; do :; done\nexec sh -c "$last"\n')
        fake.chmod(0o755)
        program = Git(
            environment={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "GIT_SSH_COMMAND": str(fake)}
        )
        push(program, to_push(f"ssh://git@example.org{remote}", version(a="1\n")))
        assert files_of(remote) == version(a="1\n")

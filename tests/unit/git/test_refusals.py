"""What hosting services say becomes an error that says what to do; their words are recorded."""

import pytest

from libs.core.errors import ProductError
from libs.git import errors
from libs.git.program import Finished
from libs.git.refusals import push_refused, refused
from libs.git.remote import read_remote

REMOTE = read_remote("https://ada:hunter2@example.org/a.git")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (
            "fatal: could not read Username for 'https://example.org': terminal prompts disabled",
            "Unauthenticated",
        ),
        ("fatal: Authentication failed for 'https://example.org/a.git/'", "Unauthenticated"),
        ("git@example.org: Permission denied (publickey).", "Unauthenticated"),
        ("Host key verification failed.\nfatal: Could not read from remote repository.", "Unauthenticated"),
        (
            "fatal: unable to access 'https://example.org/': The requested URL returned error: 403",
            "Forbidden",
        ),
        (
            "remote: Repository not found.\nfatal: repository 'https://example.org/a.git/' not found",
            "NotFound",
        ),
        ("fatal: '/tmp/x' does not appear to be a git repository", "NotFound"),
        ("fatal: unable to access 'https://x/': Could not resolve host: x", "Unavailable"),
        ("ssh: connect to host x port 22: Connection refused", "Unavailable"),
        ("fatal: unable to access 'https://x/': The requested URL returned error: 503", "Unavailable"),
        (
            "fatal: unable to access 'https://x/': SSL certificate problem: self-signed certificate",
            "certificate",
        ),
        ("fatal: something nobody has seen, with hunter2", "something nobody has seen, with ***"),
        (
            "fatal: no luck with 'https://hunter2:a@b@example.com/x'",
            "no luck with 'https://***@example.com/x'",
        ),
        ("fatal: no luck with https://example.com/hunter, ada@example.org", "hunter, ada@example.org"),
    ],
)
def test_a_fetch_that_failed(said: str, kind: str) -> None:
    kinds: dict[str, type[ProductError]] = {
        "Unauthenticated": errors.RemoteUnauthenticated,
        "Forbidden": errors.PushForbidden,
        "NotFound": errors.RemoteNotFound,
        "Unavailable": errors.RemoteUnavailable,
        "certificate": errors.RemoteUnavailable,
    }
    error = refused(Finished(128, b"", said), REMOTE, "main")
    assert type(error) is kinds.get(kind, errors.GitFailed)
    assert kind not in {"certificate"} or "certificate" in error.message
    assert kind in kinds or kind in error.message
    assert "hunter2" not in f"{error.message}{error.advice}{error.facts}"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("!\tabc:refs/heads/main\t[remote rejected] (pre-receive hook declined)", errors.PushForbidden),
        ("!\tabc:refs/heads/main\t[remote rejected] (protected branch hook declined)", errors.PushForbidden),
        ("!\tabc:refs/heads/main\t[rejected] (fetch first)", errors.BranchMoved),
        ("!\tabc:refs/heads/main\t[rejected] (non-fast-forward)", errors.BranchMoved),
    ],
)
def test_a_push_that_failed(line: str, kind: type[ProductError]) -> None:
    done = Finished(1, f"To https://example.org\n{line}\nDone\n".encode(), "error: failed to push some refs")
    assert type(push_refused(done, REMOTE, "main")) is kind

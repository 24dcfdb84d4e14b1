"""The checks of the Python side: each lets the clean repository pass and catches what is planted."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from libs.codegen.checks.check import ToolFailed, Tree
from libs.codegen.checks.pytest import PytestCheck
from libs.codegen.checks.ruff import RuffCheck
from libs.codegen.checks.secrets import SecretsCheck
from libs.codegen.checks.tools import ToolPaths
from libs.sandbox.adapters.bubblewrap import BubblewrapSandbox
from tests.unit.codegen_checks.repository import CLEAN

MakeTree = Callable[[dict[str, str | None] | None], Tree]


class TestRuffCheck:
    @pytest.fixture
    def check(self, sandbox: BubblewrapSandbox, tools: ToolPaths) -> RuffCheck:
        return RuffCheck(sandbox, tools)

    async def test_passes_a_clean_repository(self, check: RuffCheck, make_tree: MakeTree) -> None:
        tree = make_tree(None)

        result = await check.run(tree)

        assert (result.status, result.findings) == ("pass", ())
        assert result.payload_sha256 == tree.payload_sha256
        assert result.tool_version

    async def test_catches_an_unused_import_and_says_where(
        self, check: RuffCheck, make_tree: MakeTree
    ) -> None:
        result = await check.run(make_tree({"src/example/extra.py": '"""Extra."""\n\nimport os\n'}))

        [finding] = result.findings
        assert result.status == "fail"
        assert (finding.check_id, finding.path, finding.line) == ("F401", "src/example/extra.py", 3)

    async def test_catches_a_file_that_is_not_formatted(self, check: RuffCheck, make_tree: MakeTree) -> None:
        result = await check.run(make_tree({"src/example/extra.py": "x = { 'a':1 }\n"}))

        assert result.status == "fail"
        assert [(f.check_id, f.path) for f in result.findings] == [("unformatted", "src/example/extra.py")]

    async def test_catches_a_syntax_error(self, check: RuffCheck, make_tree: MakeTree) -> None:
        result = await check.run(make_tree({"src/example/extra.py": "def broken(:\n"}))

        assert result.status == "fail"
        assert {finding.path for finding in result.findings} == {"src/example/extra.py"}

    async def test_obeys_the_configuration_of_the_repository(
        self, check: RuffCheck, make_tree: MakeTree
    ) -> None:
        result = await check.run(
            make_tree(
                {
                    "ruff.toml": 'lint.select = ["N"]\n',
                    "src/example/extra.py": "def NotSnakeCase() -> None:\n    return None\n",
                }
            )
        )

        assert [finding.check_id for finding in result.findings] == ["N802"]

    async def test_is_skipped_without_ruff(
        self, sandbox: BubblewrapSandbox, tools: ToolPaths, make_tree: MakeTree
    ) -> None:
        missing = tools.model_copy(update={"ruff": Path("/nowhere/ruff")})

        result = await RuffCheck(sandbox, missing).run(make_tree(None))

        assert result.status == "skipped"
        assert "not installed at /nowhere/ruff" in result.reason


class TestPytestCheck:
    @pytest.fixture
    def check(self, sandbox: BubblewrapSandbox, tools: ToolPaths) -> PytestCheck:
        return PytestCheck(sandbox, tools)

    async def test_passes_when_the_repositorys_tests_pass(
        self, check: PytestCheck, make_tree: MakeTree
    ) -> None:
        result = await check.run(make_tree(None))

        assert result.status == "pass"
        assert result.reason.startswith("1 passed")
        assert result.tool_version
        assert result.cpu_seconds > 0

    async def test_catches_a_failing_test_and_names_it(self, check: PytestCheck, make_tree: MakeTree) -> None:
        planted = "from example import twice\n\n\ndef test_wrong() -> None:\n    assert twice(2) == 5\n"

        result = await check.run(make_tree({"tests/test_wrong.py": planted}))

        [finding] = result.findings
        assert result.status == "fail"
        assert "1 failed" in result.reason
        assert (finding.check_id, finding.path) == ("pytest::test_wrong", "tests/test_wrong.py")
        assert "assert 4 == 5" in finding.message

    async def test_catches_a_test_file_that_cannot_be_imported(
        self, check: PytestCheck, make_tree: MakeTree
    ) -> None:
        result = await check.run(make_tree({"tests/test_broken.py": "import not_there\n"}))

        assert result.status == "fail"
        assert [finding.path for finding in result.findings] == ["tests/test_broken.py"]

    async def test_a_repository_without_tests_fails(self, check: PytestCheck, make_tree: MakeTree) -> None:
        assert (await check.run(make_tree({"tests/test_example.py": None}))).status == "fail"
        assert (
            await check.run(make_tree({"tests/test_example.py": None, "tests/README.md": "none"}))
        ).status == "fail"

    async def test_tests_reach_no_network(self, check: PytestCheck, make_tree: MakeTree) -> None:
        planted = (
            "import socket\n\n\ndef test_reaches_out() -> None:\n"
            "    socket.create_connection(('127.0.0.1', 9), timeout=1)\n"
        )

        result = await check.run(make_tree({"tests/test_network.py": planted}))

        assert result.status == "fail"
        assert "PermissionError" in result.findings[0].message

    async def test_tests_that_kill_the_runner_do_not_pass(
        self, check: PytestCheck, make_tree: MakeTree
    ) -> None:
        planted = "import os\n\n\ndef test_leaves() -> None:\n    os.kill(os.getpid(), 9)\n"

        with pytest.raises(ToolFailed, match="ended with code 137"):
            await check.run(make_tree({"tests/test_leaves.py": planted}))

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            (
                {"pyproject.toml": CLEAN["pyproject.toml"] + 'addopts = "--collect-only"\n'},
                "without a summary",
            ),
            ({"tests/conftest.py": "import os\n\nos._exit(0)\n"}, "said nothing"),
            (
                {"tests/test_example.py": "import os\n\n\ndef test_leaves() -> None:\n    os._exit(0)\n"},
                "without a summary",
            ),
            (
                {
                    "tests/test_example.py": 'import pytest\n\n\ndef test_no() -> None:\n    pytest.skip("no")\n'
                },
                "No test passed: 1 skipped",
            ),
        ],
    )
    async def test_a_run_in_which_no_test_passed_does_not_pass(
        self, check: PytestCheck, make_tree: MakeTree, changes: dict[str, str | None], said: str
    ) -> None:
        result = await check.run(make_tree(changes))

        assert result.status == "fail"
        assert said in result.reason

    async def test_names_tests_whose_parameters_have_spaces(
        self, check: PytestCheck, make_tree: MakeTree
    ) -> None:
        planted = (
            "import pytest\n\n\n"
            '@pytest.mark.parametrize("word", ["two words", "a - b"])\n'
            "def test_word(word: str) -> None:\n    assert word == 3\n"
        )

        result = await check.run(make_tree({"tests/test_words.py": planted}))

        assert [(f.check_id, f.path) for f in result.findings] == [
            ("pytest::test_word[two words]", "tests/test_words.py"),
            ("pytest::test_word[a - b]", "tests/test_words.py"),
        ]
        assert all(f.message.startswith("AssertionError") or "assert" in f.message for f in result.findings)

    async def test_is_skipped_without_the_environment(
        self, sandbox: BubblewrapSandbox, tools: ToolPaths, make_tree: MakeTree
    ) -> None:
        missing = tools.model_copy(update={"runtime_python": Path("/nowhere/python")})

        result = await PytestCheck(sandbox, missing).run(make_tree(None))

        assert result.status == "skipped"
        assert "make install" in result.reason


class TestSecretsCheck:
    async def test_passes_a_clean_repository(self, make_tree: MakeTree) -> None:
        assert (await SecretsCheck().run(make_tree(None))).status == "pass"

    @pytest.mark.parametrize(
        ("kind", "text"),
        [
            ("aws-access-key", "key = " + "AKIA" + "Z7Q2" * 4),
            ("aws-secret-key", "aws_secret_access_key = " + "abcdEFGH12" * 4),
            ("private-key", "-----BEGIN RSA " + "PRIVATE KEY-----"),
            ("github-token", "token: ghp_" + "a1B2" * 9),
            ("gitlab-token", "glpat-" + "a1B2" * 5),
            ("slack-token", "xoxb-" + "1234567890-abc"),
            ("model-provider-key", "OPENAI=sk-" + "proj-" + "a1B2" * 10),
            ("google-api-key", "AIza" + "abcde" * 7),
            ("password-in-url", "postgresql://admin:" + "hunter2secret@db.internal/x"),
        ],
    )
    async def test_catches_a_planted_credential(self, make_tree: MakeTree, kind: str, text: str) -> None:
        result = await SecretsCheck().run(make_tree({"config/dev.yaml": f"a: 1\n{text}\n"}))

        [finding] = result.findings
        assert result.status == "fail"
        assert (finding.check_id, finding.path, finding.line) == (f"secret.{kind}", "config/dev.yaml", 2)

    async def test_many_credentials_take_no_long_time(self, make_tree: MakeTree) -> None:
        many = f"{'AKIA' + 'Z7Q2' * 4}\n" * 200_000

        began = time.perf_counter()
        result = await SecretsCheck().run(make_tree({"config/dev.yaml": many}))

        assert [finding.line for finding in result.findings] == list(range(1, 51))
        assert time.perf_counter() - began < 10

    async def test_does_not_repeat_the_credential(self, make_tree: MakeTree) -> None:
        key = "AKIA" + "Z7Q2" * 4

        result = await SecretsCheck().run(make_tree({"config/dev.yaml": key}))

        assert key not in result.model_dump_json()

    @pytest.mark.parametrize(
        "text",
        [
            "AKIAIOSFODNN7EXAMPLE",
            "postgresql://${user}:${password}@host/db",
            "arn:aws:iam::123456789012:role/deploy",
            "sha256:" + "ab" * 32,
            "https://example.com/a:b@c",
        ],
    )
    async def test_leaves_placeholders_and_hashes_alone(self, make_tree: MakeTree, text: str) -> None:
        assert (await SecretsCheck().run(make_tree({"docs/x.md": text}))).status == "pass"

"""The generated package is typed; what is not is caught, and third-party packages are read once."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from libs.codegen.checks import mypy_knowledge
from libs.codegen.checks.check import Tree
from libs.codegen.checks.mypy import MypyCheck
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.renderer import render
from libs.sandbox.adapters.bubblewrap import BubblewrapSandbox
from libs.sandbox.port import Command, Outcome
from tests.support.blueprints import fraud_blueprint

MakeTree = Callable[[dict[str, str | None] | None], Tree]
SETTINGS: dict[str, str | None] = {
    "pyproject.toml": '[tool.mypy]\nstrict = true\nmypy_path = "src"\npackages = ["example"]\n'
}


@pytest.fixture
def check(sandbox: BubblewrapSandbox, installed: Callable[[str], ToolPaths]) -> MypyCheck:
    return MypyCheck(sandbox, installed("mypy"))


class TestMypyCheck:
    @pytest.mark.long
    async def test_passes_a_typed_package(self, check: MypyCheck, make_tree: MakeTree) -> None:
        result = await check.run(make_tree(SETTINGS))

        assert (result.status, result.findings) == ("pass", ())
        assert result.tool_version

    async def test_catches_a_wrong_type_and_says_where(self, check: MypyCheck, make_tree: MakeTree) -> None:
        planted = '"""Wrong."""\n\n\ndef twice(number: int) -> int:\n    return str(number)\n'

        result = await check.run(make_tree({**SETTINGS, "src/example/extra.py": planted}))

        [finding] = result.findings
        assert result.status == "fail"
        assert finding.check_id == "mypy.return-value"
        assert (finding.path, finding.line) == ("src/example/extra.py", 5)

    async def test_finds_it_too_where_columns_are_asked_for(
        self, check: MypyCheck, make_tree: MakeTree
    ) -> None:
        columns = f"{SETTINGS['pyproject.toml']}show_column_numbers = true\nshow_error_end = true\n"
        planted = '"""Wrong."""\n\n\ndef twice(number: int) -> int:\n    return str(number)\n'

        result = await check.run(make_tree({"pyproject.toml": columns, "src/example/extra.py": planted}))

        assert [(f.check_id, f.path, f.line) for f in result.findings] == [
            ("mypy.return-value", "src/example/extra.py", 5)
        ]

    @pytest.mark.long
    async def test_settings_that_cannot_be_read_do_not_pass(
        self, check: MypyCheck, make_tree: MakeTree
    ) -> None:
        result = await check.run(make_tree({"pyproject.toml": "[tool.mypy\n"}))

        assert result.status == "fail"

    async def test_is_skipped_without_settings_or_tool(
        self, check: MypyCheck, sandbox: BubblewrapSandbox, tools: ToolPaths, make_tree: MakeTree
    ) -> None:
        missing = tools.model_copy(update={"tools_bin": Path("/nowhere")})

        assert (await check.run(make_tree(None))).status == "skipped"
        assert (await MypyCheck(sandbox, missing).run(make_tree(SETTINGS))).status == "skipped"


class Made:
    """A sandbox that makes a cache of one file, and counts how often."""

    name = "made"

    def __init__(self, exit_code: int = 0) -> None:
        self.runs = 0
        self._exit_code = exit_code

    async def run(self, command: Command) -> Outcome:
        self.runs += 1
        [place] = [mount.source for mount in command.mounts if mount.writable]
        (place / "numpy.meta").write_text("known")
        return Outcome(
            exit_code=self._exit_code, stdout=b"", stderr=b"", stopped_by=None, seconds=0, cpu_seconds=0
        )


class TestMypyKnowledge:
    async def test_is_made_once_and_kept(self, installed: Callable[[str], ToolPaths], tmp_path: Path) -> None:
        tools = installed("mypy").model_copy(update={"mypy_cache": tmp_path / "known"})
        tool, sandbox = tools.script("mypy"), Made()
        assert tool is not None

        mounts = [
            await mypy_knowledge.MypyKnowledge(sandbox, tools).mount(tool)  # type: ignore[arg-type]
            for _ in range(2)
        ]

        assert sandbox.runs == 1
        assert mounts[0] is not None
        assert mounts[0] == mounts[1]
        assert not mounts[0].writable
        assert (mounts[0].source / "numpy.meta").read_text() == "known"
        assert [path.name for path in (tmp_path / "known").iterdir()] == [mounts[0].source.name]

    async def test_a_cache_that_cannot_be_made_is_done_without(
        self, installed: Callable[[str], ToolPaths], tmp_path: Path
    ) -> None:
        tools = installed("mypy").model_copy(update={"mypy_cache": tmp_path / "known"})
        tool = tools.script("mypy")
        assert tool is not None

        mount = await mypy_knowledge.MypyKnowledge(Made(exit_code=2), tools).mount(tool)  # type: ignore[arg-type]

        assert mount is None
        assert list((tmp_path / "known").iterdir()) == []

    def test_is_made_with_the_settings_of_generated_packages(self) -> None:
        project = next(f for f in render(fraud_blueprint()) if f.path == "pyproject.toml")
        settings = tomllib.loads(project.content.decode())["tool"]["mypy"]
        made_with = tomllib.loads(mypy_knowledge.SETTINGS)["tool"]["mypy"]

        settings.pop("packages")
        assert settings == made_with

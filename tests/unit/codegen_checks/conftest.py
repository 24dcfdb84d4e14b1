"""The real tools in the real sandbox, and unpacked trees to point them at."""

from collections.abc import Callable
from pathlib import Path

import pytest

from libs.codegen.checks.check import Tree
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.payload import payload_sha256, unpack
from libs.sandbox.adapters.bubblewrap import BubblewrapSandbox
from tests.conftest import unavailable
from tests.support.sandbox import isolating_sandbox
from tests.support.tools import installed_tools, with_mirror
from tests.unit.codegen_checks.repository import payload

Changes = dict[str, str | None]


@pytest.fixture
async def sandbox() -> BubblewrapSandbox:
    return await isolating_sandbox()


@pytest.fixture(scope="session")
def tools() -> ToolPaths:
    """The tools that the installation of this checkout made."""
    return installed_tools().model_copy(update={"mypy_cache": None})


@pytest.fixture(scope="session")
def terraform_tools(tools: ToolPaths, shared_file: Callable[[str], Path]) -> ToolPaths:
    """The same with a provider mirror."""
    return with_mirror(tools, shared_file("tools/tfcheck"))


@pytest.fixture
def installed(tools: ToolPaths) -> Callable[[str], ToolPaths]:
    """The tools, where a program of the tool environment is among them."""

    def with_program(name: str) -> ToolPaths:
        if not (tools.tools_bin / name).exists():
            unavailable(f"{name} is not installed")
        return tools

    return with_program


@pytest.fixture
def make_tree(tmp_path: Path) -> Callable[[Changes | None], Tree]:
    """Unpacks the small repository with changes."""

    def make(changes: Changes | None = None) -> Tree:
        data = payload(changes)
        folder = tmp_path / payload_sha256(data)[:12]
        unpack(data, folder)
        return Tree(path=folder, payload_sha256=payload_sha256(data))

    return make

"""The tools that the installation of this checkout made."""

import shutil
import sys
from pathlib import Path

from libs.codegen.checks.tools import ToolPaths
from libs.core.settings import Settings
from tests.conftest import unavailable
from tests.support import tfcheck


def installed_tools() -> ToolPaths:
    """Everything but a provider mirror."""
    settings = Settings()
    return ToolPaths(
        runtime_python=settings.runtime_python,
        checkov=settings.checkov_bin,
        tools_bin=settings.tools_bin,
        terraform=settings.terraform_bin,
        ruff=Path(sys.executable).parent / "ruff",
        mypy_cache=settings.tools_bin.parent / "mypy",
    )


def with_mirror(tools: ToolPaths, checker: Path) -> ToolPaths:
    """The same with the offline providers that are built from extracted schemas.

    Args:
        tools: the others.
        checker: folder of `tfcheck`.
    """
    if shutil.which(tools.terraform) is None:
        unavailable("terraform is not installed")
    build = tfcheck.built(checker)
    return tools.model_copy(
        update={"terraform_mirror": tfcheck.mirror(build), "shown": tfcheck.shown(checker, build)}
    )

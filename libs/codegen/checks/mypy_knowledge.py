"""What mypy knows of third-party packages, read once a machine.

Reading the stubs and sources of numpy, pydantic and the like takes mypy some thirty seconds of processor time; a
generated package itself takes one or two. So the first call makes a cache from a text of ours that imports those
packages, and later calls are shown that cache read-only: nothing of a repository gets into it.
"""

import asyncio
import shutil
import tempfile
from pathlib import Path

import structlog

from libs.codegen.checks.check import ended
from libs.codegen.checks.environments import environment_digest
from libs.codegen.checks.tools import Tool, ToolPaths, python_mounts
from libs.core.errors import ProductError
from libs.core.values import sha256_hex
from libs.sandbox.port import Command, Limits, Mount, Sandbox

SHOWN = "/work/mypy"
UNTYPED = (
    "boto3.*", "botocore.*", "joblib.*", "lightgbm.*", "optuna.*", "pandas.*", "pyarrow.*", "scipy.*", "sklearn.*",
    "skops.*", "valkey.*", "wandb.*",
)  # fmt: skip
"""The packages without types that generated settings name; with other settings mypy would read all anew."""
_IMPORTS = (
    "fastapi", "fastapi.responses", "fastapi.testclient", "httpx", "joblib", "lightgbm", "numpy", "numpy.typing",
    "optuna", "pandas", "prometheus_client", "pyarrow", "pydantic", "pytest", "sklearn.ensemble",
    "sklearn.linear_model", "sklearn.metrics", "sklearn.preprocessing", "skops.io", "uvicorn",
)  # fmt: skip
SETTINGS = f"""\
[tool.mypy]
python_version = "3.11"
strict = true
mypy_path = "src"

[[tool.mypy.overrides]]
module = {list(UNTYPED)!r}
ignore_missing_imports = true
"""
_SCRIPT = """
set -e
mkdir -p /tmp/repo/src && cd /tmp/repo
printf '%s' "$SETTINGS" > pyproject.toml
printf '%s' "$IMPORTS" > imports.py
"$@" --cache-dir /work/made imports.py >&2 || [ $? = 1 ]
chmod -R a+rX /work/made
"""
_LIMITS = Limits(wall_s=300, cpu_s=300, memory_mb=3072)
_log = structlog.get_logger(__name__)


class MypyKnowledge:
    """The cache of one tool environment and one environment of generated code."""

    def __init__(self, sandbox: Sandbox, tools: ToolPaths) -> None:
        self._sandbox = sandbox
        self._tools = tools

    async def mount(self, tool: Tool) -> Mount | None:
        """The cache as the sandbox shows it, made if it is not there; None where no folder for it is set.

        A cache that cannot be made costs time and nothing else, so that is told and the check goes on.
        """
        folder = self._tools.mypy_cache
        if folder is None:
            return None
        place = folder / await asyncio.to_thread(self._name)
        if not place.is_dir():
            try:
                await self._make(tool, place)
            except (ProductError, OSError) as error:
                _log.warning("mypy reads third-party packages anew", reason=str(error))
                return None
        return Mount(source=place, target=SHOWN)

    def _name(self) -> str:
        runtime = environment_digest(self._tools.runtime_python)
        checkers = environment_digest(self._tools.tools_bin.resolve() / "python")
        return sha256_hex("\n".join((SETTINGS, *_IMPORTS, runtime, checkers)).encode())[:24]

    async def _make(self, tool: Tool, place: Path) -> None:
        runtime = python_mounts(self._tools.runtime_python) or ()
        await asyncio.to_thread(place.parent.mkdir, parents=True, exist_ok=True)
        made = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="making-", dir=place.parent))
        try:
            # Another user may own what runs inside.
            await asyncio.to_thread(made.chmod, 0o777)
            outcome = await self._sandbox.run(
                Command(
                    argv=(
                        "sh",
                        "-c",
                        _SCRIPT,
                        "mypy",
                        *tool.argv,
                        "--python-executable",
                        str(self._tools.runtime_python),
                    ),
                    env={"SETTINGS": SETTINGS, "IMPORTS": "".join(f"import {name}\n" for name in _IMPORTS)},
                    mounts=(*tool.mounts, *runtime, Mount(source=made, target="/work/made", writable=True)),
                    limits=_LIMITS,
                )
            )
            ended(outcome, "mypy", codes=(0,))
            await asyncio.to_thread(_publish, made, place)
        finally:
            await asyncio.to_thread(shutil.rmtree, made, ignore_errors=True)


def _publish(made: Path, place: Path) -> None:
    try:
        made.chmod(0o755)
        made.rename(place)
    except OSError:
        # Another process was quicker; its cache is as good.
        if not place.is_dir():
            raise

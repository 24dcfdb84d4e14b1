"""Looks at everything the product needs on a machine, by using it."""

import asyncio
import os
import shutil
import subprocess
from pathlib import Path

from libs.core.errors import ProductError
from libs.core.settings import Settings
from libs.core.values import Value

CHECKERS = ("mypy", "yamllint", "check-jsonschema", "hadolint")
"""What lies beside checkov in the tool environment."""


class Item(Value):
    """One thing the product needs."""

    name: str
    ok: bool
    required: bool
    """Whether the main job cannot be done without it."""
    detail: str


async def diagnose(settings: Settings) -> list[Item]:
    """Every item, each found out by trying."""
    return [
        await _database(settings),
        await _storage(settings),
        await _sandbox(settings),
        await _tool(
            "runtime",
            [str(settings.runtime_python), "-c", "import numpy, sklearn; print('ready')"],
            "make install",
        ),
        await _tool("checkov", [str(settings.checkov_bin), "--version"], "make install"),
        *[
            await _tool(name, [str(settings.tools_bin / name), "--version"], "make install")
            for name in CHECKERS
        ],
        await _tool("terraform", [settings.terraform_bin, "version"], "install Terraform 1.10 or newer"),
        await _tool(
            "git",
            [settings.git_bin, "version"],
            "install Git 2.31 or newer",
            without="`runs merge` and `runs push` need it",
        ),
        _mirror(settings),
        _model(settings),
    ]


async def _database(settings: Settings) -> Item:
    from libs.migrations.migrate import current_revision, newest_revision

    try:
        current = await asyncio.to_thread(current_revision, settings.sqlalchemy_url())
    except ProductError as error:
        return Item(name="database", ok=False, required=True, detail=f"{error.message} {error.advice}")
    newest = newest_revision()
    kind = settings.sqlalchemy_url().partition(":")[0]
    if current == newest:
        return Item(name="database", ok=True, required=True, detail=f"{kind}, schema {current}")
    detail = f"{kind}, schema {current or 'empty'} of {newest}: run `agentic-mlops migrate` (serve does it by itself)"
    return Item(name="database", ok=True, required=True, detail=detail)


async def _storage(settings: Settings) -> Item:
    from libs.bootstrap import blob_store

    try:
        store = blob_store(settings)
        await store.put("doctor/probe", b"probe")
        await store.delete("doctor/probe")
    except ProductError as error:
        return Item(name="storage", ok=False, required=True, detail=f"{error.message} {error.advice}")
    return Item(
        name="storage", ok=True, required=True, detail=settings.blob_url or str(settings.home / "blobs")
    )


async def _sandbox(settings: Settings) -> Item:
    from libs.bootstrap import sandbox_of

    probe = await sandbox_of(settings).probe()
    return Item(name="sandbox", ok=probe.isolated, required=True, detail=probe.detail)


async def _tool(
    name: str, argv: list[str], advice: str, without: str = "its checks are reported as skipped"
) -> Item:
    if shutil.which(argv[0]) is None:
        detail = f"{argv[0]} is not there: {advice}; {without}"
        return Item(name=name, ok=False, required=name == "runtime", detail=detail)
    quiet = {"PATH": os.environ.get("PATH", ""), "HOME": str(Path.home()), "CHECKPOINT_DISABLE": "1"}
    ran = await asyncio.to_thread(
        subprocess.run, argv, capture_output=True, text=True, timeout=60, check=False, env=quiet
    )
    lines = (ran.stdout or ran.stderr).strip().splitlines()
    said = lines[0] if lines else f"exit code {ran.returncode}"
    return Item(name=name, ok=ran.returncode == 0, required=name == "runtime", detail=said)


def _mirror(settings: Settings) -> Item:
    mirror = settings.terraform_mirror
    if mirror is not None and mirror.is_dir():
        return Item(name="terraform mirror", ok=True, required=False, detail=str(mirror))
    detail = "AGENTIC_MLOPS_TERRAFORM_MIRROR names no folder: `terraform validate` is reported as skipped"
    return Item(name="terraform mirror", ok=False, required=False, detail=detail)


def _model(settings: Settings) -> Item:
    detail = settings.model or "none configured: the built-in engine alone, which decides everything anyway"
    return Item(name="language model", ok=True, required=False, detail=detail)

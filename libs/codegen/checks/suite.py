"""The list of all checks, and the one way they are run: on the unpacked payload, side by side."""

import asyncio
import os
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Protocol

import structlog

from libs.codegen.checks.actionlint import ActionlintCheck
from libs.codegen.checks.cache import ResultCache
from libs.codegen.checks.check import Check, Tree
from libs.codegen.checks.checkov import CheckovCheck
from libs.codegen.checks.hadolint import HadolintCheck
from libs.codegen.checks.hcl import HclCheck
from libs.codegen.checks.jsonschema import JsonSchemaCheck
from libs.codegen.checks.licence import LicenceCheck
from libs.codegen.checks.links import LinksCheck
from libs.codegen.checks.mypy import MypyCheck
from libs.codegen.checks.no_network import NoNetworkCheck
from libs.codegen.checks.policy import PolicyCheck
from libs.codegen.checks.pytest import PytestCheck
from libs.codegen.checks.ruff import RuffCheck
from libs.codegen.checks.sbom import SbomCheck
from libs.codegen.checks.secrets import SecretsCheck
from libs.codegen.checks.terraform_fmt import TerraformFmtCheck
from libs.codegen.checks.terraform_test import TerraformTestCheck
from libs.codegen.checks.terraform_validate import TerraformValidateCheck
from libs.codegen.checks.tflint import TflintCheck
from libs.codegen.checks.together import together
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.checks.trivy import TrivyCheck
from libs.codegen.checks.yamllint import YamllintCheck
from libs.codegen.models import CheckResult
from libs.codegen.payload import payload_sha256, unpack
from libs.core.errors import ProductError
from libs.planning.policies.packs import Policies
from libs.planning.policies.waivers import WaiverEntry
from libs.sandbox.port import Sandbox, SandboxUnavailable

OnResult = Callable[[CheckResult], Awaitable[None]]

_log = structlog.get_logger(__name__)


class Checks(Protocol):
    """What proves a payload; the suite and its twin."""

    names: tuple[str, ...]

    async def run(
        self, payload_zip: bytes, on_result: OnResult, waivers: tuple[WaiverEntry, ...] = ()
    ) -> tuple[CheckResult, ...]:
        """Runs every check on this very payload.

        Args:
            payload_zip: what the user will download.
            on_result: awaited once for each result as it comes, never twice at once.
            waivers: rules that were accepted for this design, beside those of the organisation.

        Returns:
            One result a check, in the order of `names`, each bound to the hash of the payload.

        Raises:
            BadPayload: it cannot be unpacked safely.
            SandboxUnavailable: this machine cannot isolate generated code.
        """
        ...


RUN_THE_REPOSITORY = frozenset({"pytest", "terraform_test"})
"""Checks that run the repository's own tests; the others only look at it."""


def all_checks(sandbox: Sandbox, tools: ToolPaths, policies: Policies) -> tuple[Check, ...]:
    """Every check, the longest first, so that the last one to start is a short one."""
    return (
        PytestCheck(sandbox, tools),
        CheckovCheck(sandbox, tools),
        TerraformTestCheck(sandbox, tools),
        TerraformValidateCheck(sandbox, tools),
        TrivyCheck(sandbox, tools),
        MypyCheck(sandbox, tools),
        PolicyCheck(sandbox, tools, policies),
        HclCheck(sandbox, tools),
        JsonSchemaCheck(sandbox, tools),
        YamllintCheck(sandbox, tools),
        SbomCheck(sandbox, tools),
        TflintCheck(sandbox, tools),
        RuffCheck(sandbox, tools),
        TerraformFmtCheck(sandbox, tools),
        HadolintCheck(sandbox, tools),
        ActionlintCheck(sandbox, tools),
        NoNetworkCheck(sandbox, tools),
        LicenceCheck(tools),
        LinksCheck(),
        SecretsCheck(),
    )


class CheckSuite:
    """Unpacks a payload into a folder of its own and runs the checks there."""

    def __init__(
        self, checks: Sequence[Check], *, cache: ResultCache | None = None, parallel: int | None = None
    ) -> None:
        """
        Args:
            checks: the longest first.
            cache: answers for what was judged before; without it everything is run.
            parallel: how many run at once; one more than there are processors when left out, because each
                waits now and then.
        """
        self._checks = tuple(checks)
        self._cache = cache
        self._parallel = parallel or (os.cpu_count() or 1) + 1
        self.names = tuple(check.name for check in self._checks)

    async def run(
        self, payload_zip: bytes, on_result: OnResult, waivers: tuple[WaiverEntry, ...] = ()
    ) -> tuple[CheckResult, ...]:
        folder = await asyncio.to_thread(tempfile.TemporaryDirectory, prefix="payload-")
        try:
            tree = Tree(
                path=Path(folder.name) / "repo", payload_sha256=payload_sha256(payload_zip), waivers=waivers
            )
            await asyncio.to_thread(unpack, payload_zip, tree.path)
            return await self._run_all(tree, on_result)
        finally:
            await asyncio.to_thread(folder.cleanup)

    async def _run_all(self, tree: Tree, on_result: OnResult) -> tuple[CheckResult, ...]:
        slots, telling = asyncio.Semaphore(self._parallel), asyncio.Lock()
        fingerprint = await self._cache.fingerprint(tree.waivers) if self._cache else ""

        async def run_one(check: Check) -> CheckResult:
            async with slots:
                result = await self._known_or_run(check, tree, fingerprint)
            async with telling:
                await on_result(result)
            return result

        return tuple(await together(run_one(check) for check in self._checks))

    async def _known_or_run(self, check: Check, tree: Tree, fingerprint: str) -> CheckResult:
        if self._cache is None:
            return (await _timed(check, tree))[0]
        known = await self._cache.find(tree.payload_sha256, check.name, fingerprint)
        if known is not None:
            return known
        result, judged = await _timed(check, tree)
        if judged:
            await self._cache.keep(result, fingerprint)
        return result


async def _timed(check: Check, tree: Tree) -> tuple[CheckResult, bool]:
    """The result, and whether the check came to a verdict."""
    started, judged = time.monotonic(), True
    try:
        result = await check.run(tree)
    except SandboxUnavailable:
        raise
    except Exception as error:  # noqa: BLE001 - a check that crashes has not passed, and the others go on
        _log.warning("check crashed", check=check.name, exc_info=not isinstance(error, ProductError))
        said = error.message if isinstance(error, ProductError) else f"{type(error).__name__}: {error}"
        result, judged = tree.result(check.name, "fail", f"The check came to no verdict: {said}"), False
    return result.model_copy(update={"seconds": time.monotonic() - started}), judged

"""Every check on the repositories of the plans in which every two options meet: none is red at the first try.

Checks that look at files run over every plan among the long tests. The whole suite, with the repository's own tests
and every Terraform command, takes two minutes of processor time a plan: the long tests run it on plans that hold every
option once. On all others `make test-matrix` runs the checks that the long tests leave out, except the tests of
modules: these are the same files in each plan.
"""

from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from libs.codegen import payload
from libs.codegen.checks.suite import RUN_THE_REPOSITORY, CheckSuite, all_checks
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.models import CheckResult
from libs.codegen.renderer import TEMPLATES, render
from libs.planning.policies.packs import load_packs
from tests.support.sandbox import isolating_sandbox
from tests.support.tools import installed_tools, with_mirror
from tests.templates.test_matrix import EACH_ONCE, PLANS

NOT_HERE = {"actionlint", "tflint", "trivy"}
"""Programs that no package registry of this project's installation brings; skipped with that reason, never passed."""
SLOW = RUN_THE_REPOSITORY | {"checkov", "terraform_validate", "mypy"}
OF_MODULES = "terraform_test"


@pytest.fixture(scope="session")
def tools(shared_file: Callable[[str], Path]) -> ToolPaths:
    """The tools of this checkout, with the offline provider mirror."""
    return with_mirror(installed_tools(), shared_file("tools/tfcheck"))


async def _results(
    name: str, tools: ToolPaths, *, without: frozenset[str] = frozenset()
) -> list[CheckResult]:
    kind, choice = PLANS[name]
    packed = payload.pack(render(kind.blueprint(choice)))
    checks = [c for c in all_checks(await isolating_sandbox(), tools, load_packs()) if c.name not in without]

    async def tell(_result: CheckResult) -> None:
        return

    return list(await CheckSuite(checks).run(packed, tell))


def _said(results: list[CheckResult]) -> list[tuple[str, str, list[tuple[str, int | None, str]]]]:
    return [
        (r.check, r.reason, [(f.path, f.line, f.message) for f in r.findings if not f.suppressed][:5])
        for r in results
        if r.status == "fail" or (r.status == "skipped" and r.check not in NOT_HERE)
    ]


@pytest.mark.shared
@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[] if name in EACH_ONCE[:1] else [pytest.mark.long]) for name in PLANS],
)
async def test_no_check_that_looks_is_red(name: str, tools: ToolPaths) -> None:
    assert _said(await _results(name, tools, without=frozenset(SLOW))) == []


@pytest.mark.shared
@pytest.mark.long
@pytest.mark.parametrize("name", EACH_ONCE)
async def test_no_check_is_red(name: str, tools: ToolPaths) -> None:
    assert _said(await _results(name, tools)) == []


@pytest.mark.shared
@pytest.mark.matrix
@pytest.mark.parametrize("name", [name for name in PLANS if name not in EACH_ONCE])
async def test_no_slow_check_is_red(name: str, tools: ToolPaths) -> None:
    quick = {check.name for check in all_checks(await isolating_sandbox(), tools, load_packs())} - SLOW
    assert _said(await _results(name, tools, without=frozenset({*quick, OF_MODULES}))) == []


@pytest.mark.parametrize("name", EACH_ONCE)
def test_modules_are_the_same_in_every_plan(name: str) -> None:
    """So their tests need to run only once for each of them."""
    kind, choice = PLANS[name]
    modules = [file for file in render(kind.blueprint(choice)) if file.path.startswith("infra/modules/")]
    assert len(modules) > 50
    for file in modules:
        source = TEMPLATES / "terraform" / "aws" / PurePosixPath(file.path).relative_to("infra")
        assert file.content == source.read_bytes(), file.path

"""What is known already is not found out again; what could be different is."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from libs.codegen.checks.cache import ResultCache
from libs.codegen.checks.check import ToolFailed, Tree
from libs.codegen.checks.fingerprint import fingerprint
from libs.codegen.checks.suite import CheckSuite
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.models import CheckResult, CheckStatus
from libs.planning.policies.packs import load_packs
from libs.planning.policies.waivers import WaiverEntry
from libs.storage.adapters.memory import MemoryStore
from tests.unit.codegen_checks.repository import payload

NOON = date(2026, 11, 1)


class Counting:
    """A check that counts its runs and ends as it is told."""

    name = "counting"

    def __init__(self, status: CheckStatus = "pass", error: Exception | None = None) -> None:
        self.runs = 0
        self.waivers: list[tuple[WaiverEntry, ...]] = []
        self._status = status
        self._error = error

    async def run(self, tree: Tree) -> CheckResult:
        self.runs += 1
        self.waivers.append(tree.waivers)
        if self._error:
            raise self._error
        return tree.result(self.name, self._status, f"Run {self.runs}.", tool_version="1.2")


async def nobody(_result: CheckResult) -> None:
    return


async def ran_twice(
    check: Counting, fingerprints: tuple[str, str] = ("a", "a"), payloads: tuple[bytes, bytes] | None = None
) -> tuple[CheckResult, CheckResult]:
    store = MemoryStore()
    found = []
    for mark, data in zip(fingerprints, payloads or (payload(), payload()), strict=True):
        cache = ResultCache(store, lambda _waivers, mark=mark: mark)  # type: ignore[misc]
        found += await CheckSuite([check], cache=cache).run(data, nobody)
    return found[0], found[1]


class TestResultCache:
    @pytest.mark.parametrize("status", ["pass", "warn", "fail"])
    async def test_answers_a_second_run_on_the_same_payload_and_says_so(self, status: CheckStatus) -> None:
        check = Counting(status)

        first, second = await ran_twice(check)

        assert check.runs == 1
        assert (first.cached, second.cached) == (False, True)
        assert (second.status, second.reason, second.tool_version) == (status, "Run 1.", "1.2")
        assert second.cpu_seconds == 0

    async def test_another_payload_is_looked_at(self) -> None:
        check = Counting()

        _, second = await ran_twice(check, payloads=(payload(), payload({"README.md": "# Other\n"})))

        assert (check.runs, second.cached) == (2, False)

    async def test_other_tools_look_again(self) -> None:
        check = Counting()

        _, second = await ran_twice(check, fingerprints=("a", "b"))

        assert (check.runs, second.cached) == (2, False)

    async def test_a_waiver_of_the_design_looks_again_and_reaches_the_check(self) -> None:
        check, store = Counting(), MemoryStore()
        cache = ResultCache(store, lambda waivers: "-".join(["a", *(w.reason for w in waivers)]))
        waiver = WaiverEntry(rule="baseline.tags", owner="o", reason="r", expires=NOON)
        suite = CheckSuite([check], cache=cache)

        for waivers in ((), (waiver,), (waiver,)):
            [result] = await suite.run(payload(), nobody, waivers)

        assert (check.runs, check.waivers, result.cached) == (2, [(), (waiver,)], True)

    async def test_what_was_skipped_is_tried_again(self) -> None:
        check = Counting("skipped")

        await ran_twice(check)

        assert check.runs == 2

    async def test_what_depends_on_the_machine_is_looked_at_each_time(self) -> None:
        check = Counting()
        check.name = "no_network"

        await ran_twice(check)

        assert check.runs == 2

    async def test_what_came_to_no_verdict_is_tried_again(self) -> None:
        check = Counting(error=ToolFailed("stopped"))

        _, second = await ran_twice(check)

        assert (check.runs, second.status) == (2, "fail")

    async def test_a_store_that_is_full_costs_nothing_but_time(self) -> None:
        check = Counting()
        cache = ResultCache(MemoryStore(capacity_bytes=1), lambda _waivers: "a")

        [result] = await CheckSuite([check], cache=cache).run(payload(), nobody)

        assert result.status == "pass"

    async def test_a_kept_result_that_cannot_be_read_is_not_believed(self) -> None:
        check, store = Counting(), MemoryStore()
        cache = ResultCache(store, lambda _waivers: "a")
        [first] = await CheckSuite([check], cache=cache).run(payload(), nobody)
        key = f"checks/{first.payload_sha256}/counting/a.json"
        await store.delete(key)
        await store.put(key, b'{"check": "counting"}')

        [again] = await CheckSuite([check], cache=cache).run(payload(), nobody)

        assert (check.runs, again.cached) == (2, False)


class TestFingerprint:
    @pytest.fixture
    def bare(self, tools: ToolPaths, tmp_path: Path) -> ToolPaths:
        """No tool is there, so that the test decides which appear."""
        (tmp_path / "bin").mkdir()
        nowhere = tmp_path / "nowhere"
        return tools.model_copy(
            update={
                "runtime_python": nowhere,
                "product_python": nowhere,
                "checkov": nowhere,
                "ruff": nowhere,
                "terraform": str(nowhere),
                "tools_bin": tmp_path / "bin",
            }
        )

    def test_stays_while_nothing_changes(self, bare: ToolPaths) -> None:
        assert fingerprint(bare, load_packs(), NOON) == fingerprint(bare, load_packs(), date(2027, 1, 1))

    @pytest.mark.parametrize("change", ["program", "environment", "mirror", "packs"])
    def test_changes_with_tools_and_packs(self, bare: ToolPaths, tmp_path: Path, change: str) -> None:
        before = fingerprint(bare, load_packs(), NOON)
        tools, policies = bare, load_packs()
        acts: dict[str, Callable[[], object]] = {
            "program": lambda: _program(tmp_path / "bin" / "tflint"),
            "environment": lambda: _environment(tmp_path),
            "mirror": lambda: _program(tmp_path / "mirror" / "provider"),
            "packs": lambda: None,
        }
        acts[change]()
        if change == "mirror":
            tools = bare.model_copy(update={"terraform_mirror": tmp_path / "mirror"})
        if change == "packs":
            policies = policies._replace(packs=policies.packs[:-1])

        assert fingerprint(tools, policies, NOON) != before

    def test_changes_with_the_day_where_waivers_expire(self, bare: ToolPaths) -> None:
        waiver = WaiverEntry(rule="baseline.tags", owner="o", reason="r", expires=NOON)
        policies = load_packs()._replace(waivers=(waiver,))

        assert fingerprint(bare, policies, NOON) != fingerprint(bare, policies, date(2026, 11, 2))


def _program(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)


def _environment(root: Path) -> None:
    _program(root / "bin" / "python")
    (root / "lib" / "python3.11" / "site-packages" / "mypy-9.dist-info").mkdir(parents=True)

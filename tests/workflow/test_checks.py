"""Red checks go back to the repository writer, boundedly often, and then to a person with what was tried."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from libs.codegen.models import CheckFinding, CheckResult
from libs.codegen.payload import payload_sha256
from libs.planning.policies.waivers import WaiverEntry
from libs.projects.models import GatePolicy
from tests.support.product import CHURN, Product, product_over, settings_for


class RedChecks:
    """Checks of which one is red for a number of rounds."""

    def __init__(self, red_rounds: int) -> None:
        self.rounds = 0
        self._red_rounds = red_rounds

    async def run(
        self,
        payload_zip: bytes,
        on_result: Callable[[CheckResult], Awaitable[None]],
        waivers: tuple[WaiverEntry, ...] = (),
    ) -> Sequence[CheckResult]:
        self.rounds += 1
        red = self.rounds <= self._red_rounds
        finding = CheckFinding(check_id="E1", severity="high", path="a.py", line=1, message="planted")
        accepted = finding.model_copy(update={"check_id": "E2", "suppressed": True, "reason": "Meant so."})
        slight = finding.model_copy(update={"check_id": "E3", "severity": "low"})
        result = CheckResult(
            check="ruff",
            status="fail" if red else "pass",
            reason="1 finding." if red else "Clean.",
            payload_sha256=payload_sha256(payload_zip),
            findings=(*[accepted] * 10, *[slight] * 10, finding) if red else (),
        )
        await on_result(result)
        return (result,)


async def approved(product: Product) -> object:
    started = await product.start(CHURN, policy=GatePolicy(input="never", final="never"))
    await product.work()
    return started


class TestRepair:
    async def test_a_check_that_turns_green_lets_the_run_finish(
        self, sqlite_url: str, tmp_path: Path
    ) -> None:
        checks = RedChecks(red_rounds=1)
        async with product_over(settings_for(sqlite_url, tmp_path), checks=checks) as product:
            started = await approved(product)
            assert (await product.decision_set(started)).status == "done"  # type: ignore[arg-type]
            kinds = await product.kinds(started)  # type: ignore[arg-type]
        assert kinds.count("node-complete:codegen") == 2
        assert checks.rounds == 2

    async def test_a_check_that_stays_red_stops_for_a_person(self, sqlite_url: str, tmp_path: Path) -> None:
        checks = RedChecks(red_rounds=99)
        async with product_over(settings_for(sqlite_url, tmp_path), checks=checks) as product:
            started = await approved(product)
            gate = await product.waiting(started)  # type: ignore[arg-type]
            results = [e.data for e in await product.story(started) if e.type == "check-result"]  # type: ignore[arg-type]
        assert gate["outcome"] == "blocked_by_checks"
        assert "approve" not in gate["decisions"]
        assert [attempt["red"] for attempt in gate["shown"]["attempts"]] == [["ruff"]] * checks.rounds
        assert "ruff: 1 finding." in gate["message"]
        for attempt in gate["shown"]["attempts"]:
            grave, *others = attempt["findings"]
            assert (grave["check"], grave["check_id"], grave["message"]) == ("ruff", "E1", "planted")
            assert (grave["path"], grave["line"], grave["severity"]) == ("a.py", 1, "high")
            assert [each["check_id"] for each in others] == ["E3"] * 9
            assert attempt["checks"] == gate["shown"]["checks"]
        assert checks.rounds == len(results) <= 4

    async def test_nothing_red_is_ever_handed_over(self, sqlite_url: str, tmp_path: Path) -> None:
        async with product_over(settings_for(sqlite_url, tmp_path), checks=RedChecks(99)) as product:
            started = await approved(product)
            async with product.db.read() as session:
                artifacts = await product.services.projects.artifacts(
                    session,
                    product.owner,
                    started.decision_set_id,  # type: ignore[attr-defined]
                )
        assert "repository.zip" not in {artifact.name for artifact in artifacts}

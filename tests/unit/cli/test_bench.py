"""The measurements that need no server, no PostgreSQL and no minutes: what they say, never how fast they are."""

import json
import math
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from libs.cli.benchmarks import idle_memory, machine, registry, samples, suite, timeline
from libs.cli.benchmarks.models import Conditions, Measurement, MeasurementFailed, Result, measured
from libs.core.errors import Invalid
from libs.core.settings import Settings
from libs.events.models import Event, EventType

RESULT = {
    "name",
    "unit",
    "value",
    "target",
    "goal",
    "meets",
    "runs",
    "breakdown",
    "status",
    "note",
}
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def event(seq: int, kind: EventType, node: str | None, second: float, **data: Any) -> Event:
    return Event(
        seq=seq,
        type=kind,
        run_id="run_1",
        decision_set_id="ds_1",
        node=node,
        at=NOON + timedelta(seconds=second),
        data=data,
    )


def bench(names: str, *options: str) -> dict[str, Any]:
    """What the command prints; in a process of its own, because it sets up logging and binds itself to two cores."""
    command = [
        sys.executable,
        "-m",
        "libs.cli.main",
        "bench",
        "--only",
        names,
        "--runs",
        "1",
        "--json",
        *options,
    ]
    result = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert result.returncode == 0, result.stderr
    printed: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return printed


@pytest.fixture(scope="module")
def quick() -> dict[str, Any]:
    """The measurements that take a moment."""
    return bench("extraction,render,node_overhead,jobs_per_second")


class TestBench:
    def test_describes_the_machine(self, quick: dict[str, Any]) -> None:
        assert 1 <= quick["machine"]["cores"] <= machine.CORES
        assert quick["machine"]["python"].startswith("3.")
        assert len(quick["machine"]["load"]) == len(quick["machine"]["load_after"]) == 3

    def test_gives_every_figure_the_same_shape(self, quick: dict[str, Any]) -> None:
        assert [set(result) for result in quick["results"]] == [RESULT] * len(quick["results"])

    @pytest.mark.parametrize("name", ["extraction", "render", "node_overhead_sqlite"])
    def test_measures(self, quick: dict[str, Any], name: str) -> None:
        result = next(result for result in quick["results"] if result["name"] == name)
        assert result["status"] == "measured"
        assert result["runs"] >= 1
        if name == "node_overhead_sqlite":
            # The difference of a long and a short run: a busy machine may turn it around.
            assert math.isfinite(result["value"])
        else:
            assert result["value"] > 0
            assert all(figure > 0 for figure in _medians(result["breakdown"]))

    def test_judges_overhead_by_its_target(self, quick: dict[str, Any]) -> None:
        result = next(result for result in quick["results"] if result["name"] == "node_overhead_sqlite")
        assert result["target"] == 3.0
        assert result["meets"] is (result["value"] <= 3.0)

    @pytest.mark.parametrize("name", ["node_overhead_postgres", "jobs_per_second"])
    def test_says_why_it_skips_what_needs_postgresql(self, quick: dict[str, Any], name: str) -> None:
        result = next(result for result in quick["results"] if result["name"] == name)
        assert (result["status"], result["value"], result["meets"]) == ("skipped", None, None)
        assert result["note"].startswith("skipped: ")

    def test_refuses_an_unknown_name_and_lists_the_known_ones(self) -> None:
        with pytest.raises(Invalid) as refused:
            registry.chosen(["solver", "astrology"])
        assert "astrology" in refused.value.message
        assert "approval_to_zip" in refused.value.advice

    def test_keeps_the_order_of_the_list(self) -> None:
        assert [m.name for m in registry.chosen(["solver", "extraction"])] == ["extraction", "solver"]
        assert registry.chosen([]) == registry.MEASUREMENTS


@pytest.mark.long
class TestLongerMeasurements:
    @pytest.mark.parametrize(
        ("name", "figures"),
        [
            ("extraction_growth", ["extraction_growth"]),
            ("questions", ["questions"]),
            ("what_if", ["what_if"]),
            ("brief_to_gate", ["brief_to_gate"]),
            ("first_event", ["first_event"]),
            ("design_list", ["design_list"]),
            ("idle_memory", ["idle_memory", "start_up"]),
        ],
    )
    def test_drive_the_real_product(self, name: str, figures: list[str]) -> None:
        results = bench(name)["results"]
        assert [result["name"] for result in results] == figures
        assert all(result["value"] > 0 and result["breakdown"] for result in results)

    def test_measure_the_solver_alone(self) -> None:
        results = bench("solver")["results"]
        assert results[0]["name"] == "solver"
        assert all(result["value"] > 0 for result in results)

    @pytest.mark.postgres
    def test_compare_over_postgresql(self, empty_postgres_url: str) -> None:
        results = bench("node_overhead,jobs_per_second", "--postgres", empty_postgres_url)["results"]
        assert [result["name"] for result in results] == [
            "node_overhead_sqlite",
            "node_overhead_postgres",
            "jobs_per_second",
        ]
        # A busy machine may turn a difference of two timings around; that it was measured is what counts here.
        assert all(math.isfinite(result["value"]) and result["breakdown"] for result in results)


class TestSuite:
    async def run(self, measurements: Sequence[Measurement], tmp_path: Path) -> list[Result]:
        settings = Settings(home=tmp_path, model="scripted:nothing", database_url="sqlite:///elsewhere")
        return await suite.run(measurements, settings, runs=None, postgres="", tell=lambda _line: None)

    async def test_a_failure_is_a_result_and_the_others_go_on(self, tmp_path: Path) -> None:
        async def fails(_conditions: Conditions) -> Sequence[Result]:
            raise MeasurementFailed("the run was rejected")

        async def works(conditions: Conditions) -> Sequence[Result]:
            return [measured("works", "s", 1.0, runs=conditions.runs, breakdown={})]

        results = await self.run(
            [Measurement("fails", "", 1, fails), Measurement("works", "", 2, works)], tmp_path
        )
        assert [(r.name, r.status, r.value, r.runs) for r in results] == [
            ("fails", "failed", None, 0),
            ("works", "measured", 1.0, 2),
        ]
        assert "the run was rejected" in results[0].note

    async def test_measures_the_engine_alone_and_never_on_the_persons_data(self, tmp_path: Path) -> None:
        seen: list[Conditions] = []

        async def looks(conditions: Conditions) -> Sequence[Result]:
            seen.append(conditions)
            assert conditions.folder.is_dir()
            return []

        await self.run([Measurement("looks", "", 1, looks)], tmp_path)
        (found,) = seen
        assert (found.settings.model, found.settings.database_url) == ("", "")
        assert found.settings.home == found.folder != tmp_path
        assert not found.folder.exists()


class TestSamples:
    def test_p95_lies_between_neighbours(self) -> None:
        assert samples.p95([float(n) for n in range(101)]) == 95.0
        assert samples.p95([7.0]) == 7.0

    def test_a_part_counts_where_it_occurs(self) -> None:
        assert samples.medians([{"a": 1.0}, {"a": 3.0, "b": 5.0}]) == {"a": 2.0, "b": 5.0}

    def test_a_figure_at_its_target_meets_it(self) -> None:
        assert measured("x", "s", 1.5, runs=1, breakdown={}, at_most=1.5).meets is True
        assert measured("x", "s", 1.6, runs=1, breakdown={}, at_most=1.5).meets is False
        assert measured("x", "s", 1.6, runs=1, breakdown={}).meets is None


class TestTimeline:
    STORY = (
        event(1, "node-start", "planner", 0.0),
        event(2, "node-complete", "planner", 1.0, seconds=0.8),
        event(3, "node-start", "critic_tech", 1.2),
        event(4, "node-start", "critic_cost", 1.3),
        event(5, "node-complete", "critic_tech", 1.7, seconds=0.4),
        event(6, "node-complete", "critic_cost", 2.2, seconds=0.7),
        event(7, "node-start", "hitl_gate_input", 2.5),
        event(8, "node-complete", "hitl_gate_input", 3.0, seconds=0.1),
        event(9, "run-complete", None, 3.4),
    )

    def test_parts_add_up_to_the_whole(self) -> None:
        parts = timeline.parts(self.STORY)
        assert sum(parts.values()) == pytest.approx(3.4)

    def test_of_nodes_side_by_side_the_longer_counts(self) -> None:
        parts = timeline.parts(self.STORY)
        assert parts == pytest.approx({"work": 1.5, "recording": 0.5, "gates": 0.5, "between": 0.9})

    def test_work_is_what_the_nodes_recorded(self) -> None:
        assert timeline.work(self.STORY)["critic_cost"] == 0.7

    def test_overlapping_spans_count_once(self) -> None:
        def at(second: float) -> datetime:
            return NOON + timedelta(seconds=second)

        assert timeline.covered([(at(0), at(2)), (at(1), at(3)), (at(5), at(6))]) == 4.0


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="there is no /proc")
class TestMemory:
    def test_reads_the_resident_memory_of_a_process(self) -> None:
        assert idle_memory.megabytes(1, "VmRSS") >= 0
        assert idle_memory.megabytes(2**22 + 1, "VmRSS") == 0.0

    def test_a_process_belongs_to_its_own_family(self) -> None:
        assert os.getpid() in idle_memory.family(os.getpid())


def _medians(parts: dict[str, Any]) -> list[float]:
    found: list[float] = []
    for name, value in parts.items():
        if isinstance(value, dict):
            found += _medians(value)
        elif name == "median":
            found.append(value)
    return found

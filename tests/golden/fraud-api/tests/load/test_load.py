"""The load test itself, without a socket: pace, latency from the due time, search, sizing."""

import asyncio
import time
from dataclasses import replace

import pytest
import yaml

from fraud_api.load.capacity import (
    CAPACITY_FILE,
    Capacity,
    not_proven,
    sizing,
)
from fraud_api.load.generator import Step, constant_rate
from fraud_api.load.measuring import measure
from fraud_api.load.search import Promise, highest_rate

PROMISE = Promise(p95_ms=100, error_share=0.001, send_delay_ms=20)
CAPACITY = Capacity(
    peak_rps=500,
    latency_ms_p95=100,
    availability_pct=99.9,
    replica="a task",
    replica_vcpu=1,
    min_replicas=2,
    max_replicas=12,
    headroom=1.5,
)


def step(rate: float, p95: float = 10, errors: int = 0, send_delay: float = 1) -> Step:
    return Step(rate, 1.0, 1000, errors, p95 / 2, p95, p95, send_delay)


class TestConstantRate:
    def test_sends_as_many_as_are_due_without_waiting_for_answers(self):
        async def slow(number: int, due: float) -> bool:
            await asyncio.sleep(0.3)
            return True

        started = time.perf_counter()
        found = asyncio.run(constant_rate(slow, rate=100, seconds=0.2))
        assert found.requests == 20
        assert found.errors == 0
        # One after the other would take six seconds.
        assert time.perf_counter() - started < 3
        assert found.p50 >= 300

    def test_latency_counts_from_when_a_request_was_due(self):
        """A client that is blocked for 0.2 s must not hide those that were due meanwhile."""

        async def blocks_once(number: int, due: float) -> bool:
            if number == 0:
                time.sleep(0.2)
            return True

        found = asyncio.run(constant_rate(blocks_once, rate=100, seconds=0.2))
        assert found.p50 > 50
        assert found.send_delay_p95 > 50

    def test_counts_what_was_not_answered_well(self):
        async def every_second(number: int, due: float) -> bool:
            return number % 2 == 0

        found = asyncio.run(constant_rate(every_second, rate=200, seconds=0.1))
        assert found.errors == 10
        assert found.error_share == 0.5


class TestHighestRate:
    @pytest.mark.parametrize("true_limit", [23, 140, 777])
    def test_comes_close_to_where_the_promise_breaks(self, true_limit):
        found = highest_rate(
            lambda rate: step(rate, p95=10 if rate <= true_limit else 500),
            PROMISE,
            start=20,
            most=1000,
        )
        assert 0.85 * true_limit <= found.best.rate <= true_limit
        assert found.limited_by == "service"

    def test_goes_below_the_first_rate(self):
        found = highest_rate(
            lambda rate: step(rate, errors=0 if rate <= 6 else 5),
            PROMISE,
            start=20,
            most=1000,
        )
        assert 5 <= found.best.rate <= 6

    def test_a_slow_generator_is_not_blamed_on_the_service(self):
        found = highest_rate(
            lambda rate: step(rate, p95=rate, send_delay=rate),
            PROMISE,
            start=20,
            most=1000,
        )
        assert found.limited_by == "generator"

    def test_one_bad_moment_does_not_end_the_search(self):
        bad = iter([False, True, False, False])
        found = highest_rate(
            lambda rate: step(rate, p95=500 if next(bad) else 10),
            PROMISE,
            start=20,
            most=80,
        )
        assert found.best.rate == 80
        assert found.limited_by == "range"


class TestMeasure:
    @pytest.mark.parametrize(("lasting", "share"), [(1.0, 1.0), (0.8, 0.75), (0.6, 0.5)])
    def test_what_a_short_step_found_must_hold_for_the_whole_time(self, lasting, share):
        def step_at(rate: float, seconds: float) -> Step:
            limit = 320 if seconds < 30 else 320 * lasting
            return step(rate, p95=10 if rate <= limit else 500)

        found = measure(step_at, CAPACITY, rate=None, seconds=30, start=20)
        assert found["kept"]
        assert found["result"]["rate"] == share * 320
        assert found["sizing"]["measured_rps"] == share * 320

    def test_a_promise_that_nothing_keeps_is_not_called_kept(self):
        def slow(rate: float, seconds: float) -> Step:
            return step(rate, p95=500)

        found = measure(slow, CAPACITY, rate=None, seconds=30, start=20)
        assert not found["kept"]
        assert found["sizing"]["replicas"] is None


class TestSizing:
    def test_replicas_follow_from_the_measured_rate(self):
        found = sizing(CAPACITY, 100)
        assert (found["replicas"], found["enough"]) == (8, True)
        assert sizing(CAPACITY, 40)["enough"] is False
        assert sizing(CAPACITY, 0)["replicas"] is None

    def test_a_replica_takes_no_more_than_waits_in_it_by_the_plan(self):
        waiting = replace(CAPACITY, waiting_rps=50)
        found = sizing(waiting, 100)
        assert (found["measured_rps"], found["replicas"], found["enough"]) == (100, 15, False)
        assert "50 requests/s that wait in one by the plan" in found["says"]
        assert sizing(waiting, 40)["replicas"] == sizing(CAPACITY, 40)["replicas"]

    def test_what_is_extrapolated_is_called_not_proven(self):
        says = not_proven(CAPACITY, {"cpus": 2}, local=True)
        assert all(sentence.startswith("Not proven: ") for sentence in says)
        assert any("a task" in sentence for sentence in says)

    def test_the_recorded_capacity_is_complete(self):
        recorded = Capacity(**yaml.safe_load(CAPACITY_FILE.read_text()))
        assert recorded.max_replicas >= recorded.min_replicas

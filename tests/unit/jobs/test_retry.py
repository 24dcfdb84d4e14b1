"""When a job is tried again."""

import pytest

from libs.jobs.models import JobKind
from libs.jobs.retry import Retry


class TestPause:
    @pytest.mark.parametrize(("attempts", "pause_s"), [(1, 2), (2, 4), (3, 8), (4, 10), (50, 10), (5000, 10)])
    def test_it_doubles_up_to_the_cap(self, attempts: int, pause_s: float) -> None:
        assert Retry(base_s=2, cap_s=10, jitter=0).pause_s(attempts, chance=0.5) == pause_s

    def test_jitter_lengthens_it_by_at_most_its_share(self) -> None:
        retry = Retry(base_s=10, jitter=0.2)
        assert retry.pause_s(1, chance=0.0) == 10
        assert retry.pause_s(1, chance=0.5) == 11
        assert retry.pause_s(1, chance=0.999) < 12


class TestJobKind:
    def test_a_kind_has_three_attempts_and_no_lock_unless_it_says_otherwise(self) -> None:
        kind = JobKind("test.work")
        assert kind.retry.max_attempts == 3
        assert kind.lock_key({"run_id": "run_1"}) is None

"""Moments in the database."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects import postgresql, sqlite

from libs.db.base import UtcDateTime

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
COLUMN = UtcDateTime()


class TestUtcDateTime:
    @pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()])
    def test_a_moment_comes_back_in_utc(self, dialect: object) -> None:
        stored = COLUMN.process_bind_param(NOON.astimezone(timezone(timedelta(hours=5))), dialect)
        assert COLUMN.process_result_value(stored, dialect) == NOON
        assert COLUMN.process_result_value(stored, dialect).utcoffset() == timedelta(0)

    def test_a_naive_one_is_refused(self) -> None:
        with pytest.raises(ValueError, match="naive"):
            COLUMN.process_bind_param(NOON.replace(tzinfo=None), sqlite.dialect())

    def test_nothing_stays_nothing(self) -> None:
        assert COLUMN.process_bind_param(None, sqlite.dialect()) is None
        assert COLUMN.process_result_value(None, sqlite.dialect()) is None

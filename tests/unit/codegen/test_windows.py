"""Maintenance windows out of words."""

import pytest

from libs.codegen.windows import Span, Window, window_of


class TestWindowOf:
    @pytest.mark.parametrize(
        ("text", "window"),
        [
            ("Sundays 02:00 to 04:00 UTC", Window((7,), "0200", "0400")),
            ("Sunday 2-4 am", Window((7,), "0200", "0400")),
            ("Sunday 1-3 pm", Window((7,), "1300", "1500")),
            ("sun 02:00-04:00", Window((7,), "0200", "0400")),
            ("Sunday 11-1 am", None),
            ("Sat and Sun 1am-5am", Window((6, 7), "0100", "0500")),
            ("Mon-Fri 22:00-02:00 UTC", Window((1, 2, 3, 4, 5), "2200", "0200")),
            ("Fri to Mon 22:00-23:30", Window((1, 5, 6, 7), "2200", "2330")),
            ("every night 01:00 - 03:00", Window((1, 2, 3, 4, 5, 6, 7), "0100", "0300")),
            ("weekends 06:00 until 24:00", Window((6, 7), "0600", "0000")),
            ("weekdays between 12 and 1 pm", Window((1, 2, 3, 4, 5), "1200", "1300")),
            ("Sunday night", None),
            ("02:00 to 04:00", None),
            ("Sundays 02:00 to 04:00 CET", None),
            ("Sundays 02:00 to 04:00 Europe/Berlin", None),
            ("the first Sunday of the month, 02:00 to 04:00", None),
            ("never on Fridays 08:00 to 18:00", None),
            ("Sundays 02:00 to 04:00 and 22:00 to 23:00", None),
            ("outside Mon-Fri 09:00-17:00", None),
            ("avoid weekdays 08:00 to 18:00", None),
            ("Freeze: Friday 12:00 to 18:00", None),
            ("Sundays 02:00 to 04:00 Pacific time", None),
            ("Sundays 02:00 to 04:00 ET", None),
            ("Sundays 02:00 to 04:00 +02:00", None),
            ("Sundays 02:00 to 04:00 UTC+2", None),
            ("Sundays 02:00 to 04:00 UTC-5", None),
            ("2nd Sunday 02:00 to 04:00", None),
            ("biweekly on Sunday 02:00 to 04:00", None),
            ("alternate Sundays 02:00 to 04:00", None),
            ("Saturday night 23:00 to 01:00", None),
            ("Maintenance window: every Sunday, from 02:00 to 04:00 (UTC).", Window((7,), "0200", "0400")),
            ("Sundays 25:00 to 26:00", None),
            ("$(reboot) `id` \" ' ; rm -rf /", None),
            ("", None),
        ],
    )
    def test_only_what_is_said_without_doubt(self, text: str, window: Window | None) -> None:
        assert window_of(text) == window


class TestSpans:
    def test_a_window_past_midnight_goes_on_the_day_after(self) -> None:
        assert Window((1, 7), "2200", "0200").spans == (
            Span((1, 7), "2200", "2400"),
            Span((1, 2), "0000", "0200"),
        )

    def test_midnight_ends_the_day(self) -> None:
        assert Window((6,), "2200", "0000").spans == (Span((6,), "2200", "2400"),)

    def test_words_are_those_of_the_window(self) -> None:
        assert Window((6, 7), "0100", "0500").words == "Saturday, Sunday 01:00 to 05:00 UTC"

"""What the measurements of the web app say of given pages, stories and reports; the real ones are `long`."""

import importlib.util
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from libs.cli.benchmarks import browser, first_load, lighthouse, thousand_events
from libs.cli.benchmarks.models import Conditions, MeasurementFailed, measured
from libs.core.settings import Settings
from libs.events.models import Event, EventType

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """An exported web app of two pages that share a script."""
    out = tmp_path / "out"
    chunks = out / "_next" / "chunks"
    chunks.mkdir(parents=True)
    for name, size in {"shared.js": 60_000, "run.js": 150_000, "old.js": 90_000}.items():
        (chunks / name).write_bytes(_incompressible(size))
    _page(out, '<script src="/_next/chunks/shared.js" async=""></script>')
    _page(
        out / "runs",
        '<link rel="preload" as="script" href="/_next/chunks/run.js"/>'
        '<script src="/_next/chunks/shared.js"></script><script src="/_next/chunks/run.js?v=1"></script>'
        '<script src="/_next/chunks/old.js" nomodule=""></script><script>inline()</script>',
    )
    return out


@pytest.fixture
def conditions(tmp_path: Path) -> Callable[[Path], Conditions]:
    """The conditions with this folder as the served page."""

    def of(page_dir: Path) -> Conditions:
        return Conditions(settings=Settings(home=tmp_path, page_dir=page_dir), folder=tmp_path, runs=1)

    return of


def _page(folder: Path, head: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(f"<!DOCTYPE html><html><head>{head}</head><body></body></html>")


def _incompressible(size: int) -> bytes:
    """Bytes in which gzip finds no pattern, the same each time."""
    state, found = 1, bytearray()
    while len(found) < size:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        found += state.to_bytes(8, "big")[:4]
    return bytes(found)


class TestFirstLoad:
    async def test_names_the_heaviest_page_and_misses_the_target(
        self, built: Path, conditions: Callable[[Path], Conditions]
    ) -> None:
        (result,) = await first_load.measure(conditions(built))
        assert result.breakdown["kilobytes"] == {
            "/": pytest.approx(60, abs=1),
            "/runs/": pytest.approx(210, abs=1),
        }
        assert result.value == pytest.approx(210, abs=1)
        assert (result.target, result.meets) == (200.0, False)
        assert "/runs/" in result.note

    async def test_says_that_the_web_app_is_not_built(
        self, tmp_path: Path, conditions: Callable[[Path], Conditions]
    ) -> None:
        _page(tmp_path / "plain", "")
        (result,) = await first_load.measure(conditions(tmp_path / "plain"))
        assert (result.status, result.value, result.meets) == ("skipped", None, None)
        assert "the web app is not built" in result.note

    def test_a_script_that_is_not_there_is_a_failure(self, built: Path) -> None:
        _page(built / "inbox", '<script src="/_next/chunks/gone.js"></script>')
        with pytest.raises(MeasurementFailed, match=r"inbox/index.html names /_next/chunks/gone.js"):
            first_load.weigh(built)


class TestGoal:
    def test_a_figure_may_have_to_be_at_least_its_target(self) -> None:
        assert measured("x", "points", 95.0, runs=1, breakdown={}, at_least=95.0).meets is True
        low = measured("x", "points", 94.0, runs=1, breakdown={}, at_least=95.0)
        assert (low.meets, low.target, low.goal) == (False, 95.0, "at least")


def report(performance: float | None, accessibility: float) -> dict[str, Any]:
    """What Lighthouse writes, as far as it is read."""
    audits: dict[str, Any] = {audit: {"numericValue": 100.0} for audit in lighthouse.FIGURES}
    audits["color-contrast"] = {"title": "Contrast is too low", "score": 0 if accessibility < 1 else 1}
    audits["manual"] = {"title": "Look yourself", "score": None}
    return {
        "categories": {
            "performance": {"score": performance},
            "accessibility": {
                "score": accessibility,
                "auditRefs": [{"id": "color-contrast", "weight": 7}, {"id": "manual", "weight": 0}],
            },
        },
        "audits": audits,
    }


class TestLighthouse:
    def test_takes_the_middle_performance_and_the_worst_accessibility(self) -> None:
        performance, accessibility = lighthouse.judged(
            "run", [report(0.99, 1), report(0.9, 0.96), report(0.97, 1)]
        )
        assert (performance.name, performance.value, performance.meets) == (
            "lighthouse_performance_run",
            97,
            True,
        )
        assert (accessibility.value, accessibility.meets) == (96, False)
        assert accessibility.note == "Contrast is too low"

    def test_a_report_without_a_score_is_a_failure(self) -> None:
        with pytest.raises(MeasurementFailed, match="no score for performance"):
            lighthouse.judged("run", [report(None, 1)])

    async def test_says_how_to_install_what_is_missing(
        self,
        built: Path,
        conditions: Callable[[Path], Conditions],
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setattr(lighthouse, "NPM_PLACE", tmp_path / "lighthouse")
        (result,) = await lighthouse.measure(conditions(built))
        assert result.status == "skipped"
        assert "npm install --no-save lighthouse@" in result.note


def event(seq: int, kind: EventType, **data: Any) -> Event:
    return Event(seq=seq, type=kind, run_id="r", decision_set_id="d", node="planner", at=NOON, data=data)


class TestThousandEvents:
    TOLD = (
        event(1, "node-start"),
        event(2, "reason-card", decision_id="first", choice="the cheapest"),
        event(3, "node-complete", seconds=1.0),
        event(4, "gate-waiting", gate={"kind": "final"}),
    )

    def test_lengthens_a_story_by_what_it_told_and_ends_with_known_words(self) -> None:
        story = thousand_events.lengthened(self.TOLD, 1000)
        assert len(self.TOLD) + len(story) == 1000
        assert len({each.key for each in story}) == len(story)
        assert {each.type for each in story} == {"node-start", "reason-card", "node-complete"}
        assert story[-1].data["choice"] == thousand_events.LAST_WORDS
        assert sum(each.data.get("choice") == thousand_events.LAST_WORDS for each in story) == 1

    def test_every_card_is_one_of_its_own(self) -> None:
        cards = [each for each in thousand_events.lengthened(self.TOLD, 100) if each.type == "reason-card"]
        assert len({card.data["decision_id"] for card in cards}) == len(cards) > 10

    def test_a_story_without_a_reason_cannot_be_lengthened(self) -> None:
        with pytest.raises(MeasurementFailed):
            thousand_events.lengthened(self.TOLD[:1], 1000)

    async def test_says_what_is_missing(
        self,
        built: Path,
        conditions: Callable[[Path], Conditions],
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        results = await thousand_events.measure(conditions(built))
        assert [result.name for result in results] == ["thousand_events_opened", "thousand_events_streamed"]
        assert {result.status for result in results} == {"skipped"}
        expected = browser.NO_CHROMIUM if importlib.util.find_spec("playwright") else browser.NO_PLAYWRIGHT
        assert all(expected in result.note for result in results)

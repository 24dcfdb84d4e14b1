"""Lists of projects and designs: what a search finds, and how little is read for a page."""

from typing import Any

import pytest
from sqlalchemy import text

from libs.db.engine import Database
from libs.projects import listing
from libs.projects.models import DecisionSetFilter
from libs.projects.service import ProjectService
from tests.support.database import ALICE, BOB
from tests.support.designs import store_designs, store_project
from tests.support.explain import postgres_nodes, rows_touched, sqlite_steps

DESIGNS = 5000
PROJECTS = 20
PAGE = 51
"""As many as a page of 50 asks for."""


class TestSearch:
    @pytest.fixture
    async def database(self, database: Database) -> Database:
        fraud = await store_project(database, "Payments 100%")
        shop = await store_project(database, "Web shop")
        await store_designs(database, fraud, "Fraud API", "Chargebacks_2026", "Übersicht der Fälle")
        await store_designs(database, shop, "Fraud at checkout", "50% off", r"a\b a/b")
        return database

    async def found(
        self, database: Database, projects: ProjectService, words: str, **wanted: Any
    ) -> list[str]:
        async with database.read() as session:
            listed = await projects.decision_sets(session, ALICE, DecisionSetFilter(text=words, **wanted))
        return [each.decision_set.title for each in listed]

    @pytest.mark.parametrize(
        ("words", "titles"),
        [
            ("fraud", ["Fraud at checkout", "Fraud API"]),
            ("  RAUD\tapi ", ["Fraud API"]),
            ("fraud shop", ["Fraud at checkout"]),
            ("payments", ["Übersicht der Fälle", "Chargebacks_2026", "Fraud API"]),
            ("ÜBERSICHT fälle", ["Übersicht der Fälle"]),
            ("50%", ["50% off"]),
            ("%", ["50% off", "Übersicht der Fälle", "Chargebacks_2026", "Fraud API"]),
            ("_", ["Chargebacks_2026"]),
            ("a/b", [r"a\b a/b"]),
            ("a\\b", [r"a\b a/b"]),
            ("d' OR 1=1 --", []),
            ("fraud nowhere", []),
        ],
    )
    async def test_every_word_occurs_in_the_title_or_the_project(
        self, database: Database, projects: ProjectService, words: str, titles: list[str]
    ) -> None:
        assert await self.found(database, projects, words) == titles

    @pytest.mark.parametrize("words", ["", "  \n "])
    async def test_no_words_leave_nothing_out(
        self, database: Database, projects: ProjectService, words: str
    ) -> None:
        assert len(await self.found(database, projects, words)) == 6

    async def test_nothing_of_another_organisation_is_found(
        self, database: Database, projects: ProjectService
    ) -> None:
        async with database.read() as session:
            assert not await projects.decision_sets(session, BOB, DecisionSetFilter(text="fraud"))
            assert not await projects.list(session, BOB, text="shop")

    async def test_projects_are_found_by_their_names(
        self, database: Database, projects: ProjectService
    ) -> None:
        async with database.read() as session:
            assert [each.name for each in await projects.list(session, ALICE, text="SHOP web")] == [
                "Web shop"
            ]
            assert not await projects.list(session, ALICE, text="fraud")


class TestFilters:
    async def test_pinned_and_archived_ones(self, database: Database, projects: ProjectService) -> None:
        project = await store_project(database)
        await store_designs(database, project, "plain")
        await store_designs(database, project, "pinned", first=2, pinned=True)
        await store_designs(database, project, "old", first=3, archived=True)
        await store_designs(database, project, "old and pinned", first=4, archived=True, pinned=True)

        async def titles(**wanted: Any) -> list[str]:
            async with database.read() as session:
                found = await projects.decision_sets(session, ALICE, DecisionSetFilter(**wanted))
            return [each.decision_set.title for each in found]

        assert await titles() == ["pinned", "plain"]
        assert await titles(pinned=True) == ["pinned"]
        assert await titles(pinned=False) == ["plain"]
        assert await titles(archived=True) == ["old and pinned", "old", "pinned", "plain"]
        assert await titles(archived=True, pinned=True) == ["old and pinned", "pinned"]

    async def test_pinned_projects(self, database: Database, projects: ProjectService) -> None:
        await store_project(database, "plain")
        await store_project(database, "pinned", pinned=True)
        await store_project(database, "old", pinned=True, archived=True)
        async with database.read() as session:
            pinned = await projects.list(session, ALICE, pinned=True)
            plain = await projects.list(session, ALICE, pinned=False)
        assert ([each.name for each in pinned], [each.name for each in plain]) == (["pinned"], ["plain"])


class TestPages:
    async def test_what_comes_and_goes_meanwhile_neither_doubles_nor_hides_a_design(
        self, database: Database, projects: ProjectService
    ) -> None:
        project = await store_project(database)
        made = await store_designs(database, project, *(f"design {n}" for n in range(9)))
        seen: list[str] = []
        cursor: str | None = None
        for turn in range(3):
            async with database.read() as session:
                page = await projects.decision_sets(
                    session, ALICE, DecisionSetFilter(text="design"), after=cursor, limit=3
                )
            seen += [each.decision_set.title for each in page]
            cursor = page[-1].decision_set.id
            await store_designs(database, project, f"design of turn {turn}", first=100 + turn)
            async with database.write() as session:
                last_seen = next(each for each in made if each.title == seen[-1])
                await projects.change_decision_set(session, ALICE, last_seen.id, archived=True)
        assert seen == [f"design {n}" for n in reversed(range(9))]


class TestFiveThousandDesigns:
    """A page reads along an index from the newest design on, and no design twice."""

    @pytest.fixture
    async def full(self, database: Database) -> Database:
        large, *small = [await store_project(database, f"Project {n}") for n in range(PROJECTS)]
        for project in small:
            await store_designs(database, project, *(f"Churn number {n}" for n in range(150)))
        rest = DESIGNS - 150 * len(small)
        await store_designs(database, large, *(f"Fraud number {n}" for n in range(rest)))
        if database.dialect == "postgresql":
            # The server does so by itself after a while.
            async with database.write() as session:
                await session.execute(text("ANALYZE"))
        return database

    async def require_little_work(
        self, full: Database, wanted: DecisionSetFilter, index: str, most: int
    ) -> None:
        """SQLite says how it goes about it, PostgreSQL how many rows it looked at; neither is a matter of time."""
        query = listing.newest_first(ALICE.organisation_id, wanted, after=None, limit=PAGE)
        async with full.read() as session:
            if full.dialect == "sqlite":
                steps = await sqlite_steps(session, query)
                assert [step for step in steps if f"SEARCH decision_sets USING INDEX {index} (" in step], (
                    steps
                )
                assert not [step for step in steps if "SCAN" in step or "TEMP B-TREE" in step], steps
            else:
                assert rows_touched(await postgres_nodes(session, query)) <= most

    @pytest.mark.parametrize(
        "wanted",
        [DecisionSetFilter(), DecisionSetFilter(archived=True), DecisionSetFilter(pinned=False)],
        ids=["not archived", "all", "not pinned"],
    )
    async def test_a_page_is_read_from_the_newest_on(self, full: Database, wanted: DecisionSetFilter) -> None:
        # A design and its project each.
        await self.require_little_work(full, wanted, "ix_decision_sets_listed", 2 * PAGE + PROJECTS)

    async def test_so_is_one_of_a_project(self, full: Database, projects: ProjectService) -> None:
        async with full.read() as session:
            project = (await projects.list(session, ALICE, text="Project 0"))[0]
        wanted = DecisionSetFilter(project_id=project.id)
        index = "ix_decision_sets_listed_of_project"
        await self.require_little_work(full, wanted, index, 2 * PAGE + PROJECTS)

    @pytest.mark.parametrize("words", ["number", "churn number 149 project 7", "no such words"])
    async def test_a_search_looks_at_no_design_twice(self, full: Database, words: str) -> None:
        wanted = DecisionSetFilter(text=words)
        await self.require_little_work(full, wanted, "ix_decision_sets_listed", 2 * DESIGNS + PROJECTS)

    async def test_pages_of_a_search_hold_all_that_there_is(
        self, full: Database, projects: ProjectService
    ) -> None:
        seen: list[str] = []
        cursor: str | None = None
        async with full.read() as session:
            while page := await projects.decision_sets(
                session, ALICE, DecisionSetFilter(text="churn NUMBER 149"), after=cursor, limit=5
            ):
                seen += [each.decision_set.id for each in page]
                cursor = page[-1].decision_set.id
        # One in each of 19 projects.
        assert len(seen) == len(set(seen)) == 19
        assert seen == sorted(seen, reverse=True)

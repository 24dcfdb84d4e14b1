"""Renaming, pinning and archiving a design, over each store."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from libs.accounts.tables import AuditRow
from libs.core.errors import Forbidden, Invalid
from libs.db.engine import Database
from libs.projects import repository
from libs.projects.errors import DecisionSetChanged, DecisionSetNotFound, DecisionSetWorking
from libs.projects.models import DecisionSet
from libs.projects.service import ProjectService
from tests.support.database import ALICE, BOB, MONDAY, VIEWER
from tests.support.designs import store_designs, store_project


@pytest.fixture
async def design(database: Database) -> DecisionSet:
    (stored,) = await store_designs(database, await store_project(database), "Churn")
    return stored


async def audited(database: Database) -> list[tuple[str, str, dict[str, Any]]]:
    async with database.read() as session:
        rows = await session.execute(select(AuditRow).order_by(AuditRow.seq))
        return [(row.action, row.actor, row.data) for row in rows.scalars()]


class TestChangeDecisionSet:
    async def change(
        self, database: Database, projects: ProjectService, design: DecisionSet, **changes: Any
    ) -> DecisionSet:
        principal = changes.pop("principal", ALICE)
        async with database.write() as session:
            return await projects.change_decision_set(session, principal, design.id, **changes)

    async def test_all_at_once_is_one_line_of_the_audit_log(
        self, database: Database, projects: ProjectService, design: DecisionSet
    ) -> None:
        changes = {"title": "Churn of 2026", "pinned": True, "archived": True}
        changed = await self.change(database, projects, design, **changes)
        assert changed == design.model_copy(update={**changes, "lock_version": 2})
        assert await audited(database) == [("decision_set.change", ALICE.actor, changes)]

    async def test_what_is_so_already_is_no_change(
        self, database: Database, projects: ProjectService, design: DecisionSet
    ) -> None:
        same = await self.change(database, projects, design, title=" Churn ", pinned=False)
        assert (same, await audited(database)) == (design, [])

    async def test_a_title_is_one_line_without_control_characters(
        self, database: Database, projects: ProjectService, design: DecisionSet
    ) -> None:
        changed = await self.change(
            database, projects, design, title="Wer\n kündigt,\x1b[31m und wann?\u202e"
        )
        assert changed.title == "Wer kündigt,[31m und wann?"

    @pytest.mark.parametrize("title", ["", " \n", "\x00\x07", "x" * 201])
    async def test_what_is_no_title_is_refused(
        self, database: Database, projects: ProjectService, design: DecisionSet, title: str
    ) -> None:
        with pytest.raises(Invalid, match="title"):
            await self.change(database, projects, design, title=title, pinned=True)
        assert await audited(database) == []

    @pytest.mark.parametrize("status", ["queued", "running"])
    async def test_a_design_at_work_is_renamed_and_not_archived(
        self, database: Database, projects: ProjectService, design: DecisionSet, status: str
    ) -> None:
        async with database.write() as session:
            await repository.patch_decision_set(session, design.id, {"status": status}, MONDAY)
        assert (await self.change(database, projects, design, title="New")).title == "New"
        with pytest.raises(DecisionSetWorking) as refused:
            await self.change(database, projects, design, archived=True, title="Newer")
        assert "Stop the run first" in refused.value.advice
        assert [data for _, _, data in await audited(database)] == [{"title": "New"}]

    @pytest.mark.parametrize("status", ["waiting", "done", "rejected", "blocked", "failed", "cancelled"])
    async def test_any_other_is_archived_and_listed_again(
        self, database: Database, projects: ProjectService, design: DecisionSet, status: str
    ) -> None:
        async with database.write() as session:
            await repository.patch_decision_set(session, design.id, {"status": status}, MONDAY)
        assert (await self.change(database, projects, design, archived=True)).archived
        assert not (await self.change(database, projects, design, archived=False)).archived

    async def test_an_archived_design_that_works_again_can_be_listed_again(
        self, database: Database, projects: ProjectService, design: DecisionSet
    ) -> None:
        await self.change(database, projects, design, archived=True)
        async with database.write() as session:
            await repository.patch_decision_set(session, design.id, {"status": "running"}, MONDAY)
        assert not (await self.change(database, projects, design, archived=False)).archived

    async def test_one_of_many_who_saw_the_same_version_changes_it(
        self, database: Database, projects: ProjectService, design: DecisionSet
    ) -> None:
        attempts = (self.change(database, projects, design, title=f"Title {n}", seen=1) for n in range(8))
        outcomes = await asyncio.gather(*attempts, return_exceptions=True)
        lost = [each for each in outcomes if isinstance(each, DecisionSetChanged)]
        assert len(lost) == 7
        (won,) = (each for each in outcomes if isinstance(each, DecisionSet))
        assert await audited(database) == [("decision_set.change", ALICE.actor, {"title": won.title})]

    async def test_those_who_insist_on_no_version_all_do(
        self, database: Database, projects: ProjectService, design: DecisionSet
    ) -> None:
        await asyncio.gather(*(self.change(database, projects, design, title=f"Title {n}") for n in range(8)))
        assert len(await audited(database)) == 8
        async with database.read() as session:
            assert (await projects.decision_set(session, ALICE, design.id)).lock_version == 9

    async def test_needs_the_role_editor_and_the_own_organisation(
        self, database: Database, projects: ProjectService, design: DecisionSet
    ) -> None:
        with pytest.raises(Forbidden):
            await self.change(database, projects, design, pinned=True, principal=VIEWER)
        with pytest.raises(DecisionSetNotFound):
            await self.change(database, projects, design, pinned=True, principal=BOB)


class TestBranches:
    async def test_all_forks_of_an_origin_are_one_family_whichever_of_them_is_asked(
        self, database: Database, projects: ProjectService
    ) -> None:
        project = await store_project(database)
        origin, other = await store_designs(database, project, "origin", "other")
        (fork,) = await store_designs(database, project, "fork", first=3, forked_from=origin.id)
        (fork_of_fork,) = await store_designs(database, project, "2", first=4, forked_from=fork.id)
        (second,) = await store_designs(
            database, project, "second", first=5, forked_from=origin.id, archived=True
        )
        (child,) = await store_designs(database, project, "child", first=6, parent_id=fork.id)
        family = [origin, fork, fork_of_fork, second]
        async with database.read() as session:
            for member in family:
                found = await projects.branches(session, ALICE, member.id)
                assert [each.decision_set for each in found] == family
                assert {each.project_name for each in found} == {project.name}
            for alone in (other, child):
                found = await projects.branches(session, ALICE, alone.id)
                assert [each.decision_set for each in found] == [alone]

    async def test_pages_go_on_behind_an_id(self, database: Database, projects: ProjectService) -> None:
        project = await store_project(database)
        (origin,) = await store_designs(database, project, "origin")
        forks = await store_designs(database, project, *"abcd", first=2, forked_from=origin.id)
        async with database.read() as session:
            found = await projects.branches(session, ALICE, forks[3].id, after=forks[0].id, limit=2)
        assert [each.decision_set for each in found] == list(forks[1:3])

    async def test_a_fork_names_a_design_that_exists(self, database: Database) -> None:
        project = await store_project(database)
        with pytest.raises(IntegrityError):
            await store_designs(database, project, "fork", forked_from="ds_nobody")

    async def test_those_of_another_organisation_are_not_found(
        self, database: Database, projects: ProjectService, design: DecisionSet
    ) -> None:
        async with database.read() as session:
            with pytest.raises(DecisionSetNotFound):
                await projects.branches(session, BOB, design.id)

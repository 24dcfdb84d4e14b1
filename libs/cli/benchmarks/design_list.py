"""How long a page of the list of designs takes where there are 5,000 of them: newest, searched and filtered."""

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import httpx

from libs.cli.benchmarks import known, samples
from libs.cli.benchmarks.models import Conditions, MeasurementFailed, Result, measured
from libs.cli.benchmarks.serving import serving
from libs.core.ids import new_id
from libs.core.principal import local_owner
from libs.core.settings import Settings
from libs.core.values import Json
from libs.db.engine import Database
from libs.projects import repository
from libs.projects.models import DecisionSet, GatePolicy, Project

TARGET_MS = 500.0
LONGEST_SECONDS = 60.0
DESIGNS = 5000
PROJECTS = 25
SUBJECTS = (
    "Fraud detection",
    "Churn",
    "Demand forecast",
    "Product search",
    "Maintenance",
    "Credit scoring",
    "Prices",
)
WHEREABOUTS = ("eu-central-1", "us-east-1", "the warehouse", "every branch", "the web shop")

PAGES: Mapping[str, Mapping[str, str]] = {
    "newest": {},
    "middle": {"cursor": "{middle}"},
    "one_word": {"q": "forecast"},
    "title_and_project": {"q": "churn project 7", "archived": "true"},
    "one_design": {"q": "number 00017"},
    "nothing": {"q": "no such words"},
    "pinned": {"q": "scoring", "pinned": "true", "status": "done"},
    "project": {"q": "shop", "project_id": "{project}"},
}
"""What is asked for; a word that nothing contains makes the store look at every design."""


async def measure(conditions: Conditions) -> Sequence[Result]:
    """p95 of all pages over real HTTP on loopback, each of 50 designs at most."""
    home = conditions.folder / "design-list"
    async with (
        serving(home) as server,
        httpx.AsyncClient(base_url=server.url, timeout=LONGEST_SECONDS, trust_env=False) as client,
    ):
        known = await _fill(Settings(home=home, database_url="").sqlalchemy_url())
        milliseconds: dict[str, list[float]] = {name: [] for name in PAGES}
        for _ in range(conditions.runs):
            for name, asked in PAGES.items():
                filled = {key: value.format(**known) for key, value in asked.items()}
                milliseconds[name].append(await _page(client, filled))
    every = [each for pages in milliseconds.values() for each in pages]
    return [
        measured(
            "design_list",
            "ms",
            samples.p95(every),
            runs=len(every),
            at_most=TARGET_MS,
            breakdown={
                "designs": DESIGNS,
                **{f"{name}_ms": samples.spread(pages) for name, pages in milliseconds.items()},
            },
            note="p95",
        )
    ]


async def _page(client: httpx.AsyncClient, asked: Mapping[str, str]) -> float:
    began = time.perf_counter()
    answer = await client.get("/api/decision-sets", params=asked)
    seconds = time.perf_counter() - began
    if answer.status_code != httpx.codes.OK:
        raise MeasurementFailed(f"The list was refused: {answer.status_code} {answer.text[:500]}")
    return seconds * 1000


async def _fill(url: str) -> Mapping[str, str]:
    """Stores designs as wide as real ones; returns ids that the pages ask for."""
    constraints = [constraint.to_json() for constraint in known.constraints("online_api")]
    owner, now = local_owner(), datetime.now(UTC)
    projects = [
        Project(
            id=new_id("prj"),
            organisation_id=owner.organisation_id,
            name=f"Project {number}",
            gate_policy=GatePolicy(),
            created_at=now,
            archived=False,
        )
        for number in range(PROJECTS)
    ]
    designs = [
        _design(number, projects[number % PROJECTS], constraints, owner.actor, now)
        for number in range(DESIGNS)
    ]
    db = Database(url)
    try:
        async with db.write() as session:
            for project in projects:
                await repository.insert_project(session, project)
            for design in designs:
                await repository.insert_decision_set(session, design)
    finally:
        await db.close()
    return {"middle": designs[DESIGNS // 2].id, "project": projects[0].id}


def _design(number: int, project: Project, constraints: list[Json], actor: str, now: datetime) -> DecisionSet:
    return DecisionSet(
        id=new_id("ds"),
        organisation_id=project.organisation_id,
        project_id=project.id,
        parent_id=None,
        version=number // PROJECTS + 1,
        thread_id=new_id("thread"),
        run_id=new_id("run"),
        status="waiting" if number % 4 == 0 else "done",
        title=f"{SUBJECTS[number % len(SUBJECTS)]} for {WHEREABOUTS[number % len(WHEREABOUTS)]}, number {number:05}",
        constraints=constraints,
        plan_sha256=None,
        payload_sha256=None,
        summary={"monthly_usd": 100.0 + number, "p95_ms": 80.0},
        created_by=actor,
        created_at=now,
        updated_at=now,
        lock_version=1,
        pinned=number % 50 == 0,
        archived=number % 10 == 9,
    )

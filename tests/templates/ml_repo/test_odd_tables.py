"""Repositories for tables of unusual shape: whatever is uploaded, their own tests pass at the first try."""

import csv
import random
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest

from libs.codegen.table_contract import table_answers
from libs.datasets.models import DatasetView
from tests.support.blueprints import choosing
from tests.support.tables import RunningProfiler, blueprint_of
from tests.templates.ml_repo.repository import run_in, write
from tests.templates.test_matrix import EACH_ONCE, PLANS

Columns = dict[str, list[object]]
ROWS = 400
WORDS = [
    "alpha",
    "beta",
    "gamma",
    "delta",
    "order",
    "week",
    "service",
    "answer",
    "quick",
    "slow",
    "late",
    "early",
]


def _tables() -> dict[str, Columns]:
    chance = random.Random(3)
    known = [chance.random() < 0.5 for _ in range(ROWS)]
    answer: Columns = {"y": ["yes" if each else "no" for each in known]}

    def number(weight: float = 2) -> list[object]:
        return [weight * each + chance.gauss(0, 1) for each in known]

    def classes(count: int) -> list[object]:
        return [f"c{(2 * each + chance.randrange(count)) % count}" for each in known]

    def truths(noise: float) -> list[object]:
        return [each ^ (chance.random() < noise) for each in known]

    def texts() -> list[object]:
        return [" ".join([*chance.choices(WORDS, k=12), "great" if each else "awful"]) for each in known]

    def mostly_missing(values: list[object], share: float) -> list[object]:
        return ["" if chance.random() < share else value for value in values]

    def codes(first: int, different: int) -> list[object]:
        return [f"{first + chance.randrange(different):05d}" for _ in known]

    large: list[object] = [10**17 + n for n in range(ROWS)]
    levels = [chance.randrange(25) for _ in range(3 * ROWS)]
    return {
        "few different rows": {"a": truths(0.2), "b": truths(0.5)} | answer,
        "texts alone": {"title": texts(), "body": texts()[::-1]} | answer,
        "categories alone": {"a": classes(3), "b": classes(5), "c": classes(9)} | answer,
        "names of 18 digits": {"id": large, "amount": number()} | answer,
        "codes with leading zeros": {"zip": codes(100, 1500), "x": number()} | answer,
        "hardly a cell": {
            "a": mostly_missing(number(), 0.9),
            "b": mostly_missing(classes(3), 0.6),
            "x": mostly_missing(number(), 0.3),
        }
        | answer,
        "mostly zeros": {
            "spent": [0 if chance.random() < 0.9 else chance.lognormvariate(1, 1) for _ in known]
        }
        | answer,
        "many classes": {
            "x": [level + chance.gauss(0, 1) for level in levels],
            "y": [f"k{level:02d}" for level in levels],
        },
        "a rare class": {
            "x": [4 * (n % 70 == 0) + chance.gauss(0, 1) for n in range(5 * ROWS)],
            "y": ["fraud" if n % 70 == 0 else "fine" for n in range(5 * ROWS)],
        },
        "the fewest rows": {"x": number()[:60], "c": classes(3)[:60], "y": answer["y"][:60]},
        "names of our own": {
            "prediction": number(),
            "error": classes(3),
            "run_id": classes(9),
            "class": classes(4),
            'a "quoted" name': number(),
            "{{ x }}": number(),
            "größe (m²)": classes(3),
        }
        | answer,
        "negative amounts": {"x": number(), "c": classes(4), "y": [-40 + float(str(v)) for v in number(5)]},
    }


TABLES = _tables()
OF_ROWS = [name for name in EACH_ONCE if not PLANS[name][0].name.startswith("answers")]
"""Plans that learn from a table; together they hold every option of such plans."""


@pytest.fixture
def viewed(profiler: RunningProfiler, tmp_path: Path) -> Callable[[str], DatasetView]:
    """What the platform knows of one of the tables after its upload."""

    def view(name: str) -> DatasetView:
        table = tmp_path / "table.csv"
        with table.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(TABLES[name])
            rows.writerows(zip(*TABLES[name].values(), strict=True))
        return profiler.view(table, "y")

    return view


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(TABLES))
def test_their_own_tests_pass(name: str, viewed: Callable[[str], DatasetView], tmp_path: Path) -> None:
    blueprint = choosing(blueprint_of(viewed(name), "online_api"), features="dynamodb_features")
    run_in(write(blueprint, tmp_path / "repository"), "pytest", "-p", "no:cacheprovider", "-q")


@pytest.mark.long
@pytest.mark.parametrize(("plan", "name"), zip(OF_ROWS, cycle(sorted(TABLES)), strict=False))
def test_they_pass_with_every_option(
    plan: str, name: str, viewed: Callable[[str], DatasetView], tmp_path: Path
) -> None:
    kind, choice = PLANS[plan]
    view = viewed(name)
    blueprint = kind.blueprint(choice, table_answers(view, view.task))
    run_in(write(blueprint, tmp_path / "repository"), "pytest", "-p", "no:cacheprovider", "-q")

"""The schema's history: up, compared with the code, and down again; over both stores."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from libs.core.principal import LOCAL_ORGANISATION
from libs.migrations.connection import migrating
from libs.migrations.metadata import FOREIGN_TABLES, TABLES, include_name, product_metadata
from libs.migrations.migrate import current_revision, downgrade, migrate, newest_revision


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table, over each store in turn."""
    if request.param == "postgres":
        return str(request.getfixturevalue("empty_postgres_url"))
    return f"sqlite:///{tmp_path / 'deep' / 'er' / 'product.sqlite'}"


def tables(url: str) -> set[str]:
    with migrating(url) as connection:
        return set(inspect(connection).get_table_names())


def differences(url: str) -> list[object]:
    with migrating(url) as connection:
        options = {"include_name": include_name, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, product_metadata()))


class TestUpgrade:
    def test_it_makes_exactly_the_tables_of_the_code(self, empty_url: str) -> None:
        migrate(empty_url)
        assert tables(empty_url) - {"alembic_version"} == set(product_metadata().tables)
        assert differences(empty_url) == []
        assert current_revision(empty_url) == newest_revision()

    def test_a_difference_would_show(self, empty_url: str) -> None:
        migrate(empty_url)
        with migrating(empty_url) as connection:
            connection.execute(text("ALTER TABLE jobs ADD COLUMN stray INTEGER"))
            connection.execute(text("DROP INDEX uq_jobs_running_lock_key"))
            connection.commit()
        assert {difference[0] for difference in differences(empty_url)} == {"remove_column", "add_index"}

    def test_doing_it_again_changes_nothing(self, empty_url: str) -> None:
        migrate(empty_url)
        migrate(empty_url)
        assert current_revision(empty_url) == newest_revision()

    def test_several_at_once_do_it_once(self, empty_url: str) -> None:
        # Alembic's configuration is global to a process, so processes are what happens in practice.
        code = "import sys; from libs.migrations.migrate import migrate; migrate(sys.argv[1])"
        with ThreadPoolExecutor(2) as pool:
            done = list(
                pool.map(
                    lambda _: subprocess.run([sys.executable, "-c", code, empty_url], capture_output=True),
                    range(2),
                )
            )
        assert [process.returncode for process in done] == [0, 0], done[0].stderr.decode()
        assert differences(empty_url) == []

    def test_the_local_organisation_is_there(self, empty_url: str) -> None:
        migrate(empty_url)
        with migrating(empty_url) as connection:
            assert connection.execute(text("SELECT id FROM organisations")).scalars().all() == [
                LOCAL_ORGANISATION
            ]

    def test_tables_of_others_are_left_alone(self, empty_url: str) -> None:
        migrate(empty_url)
        with migrating(empty_url) as connection:
            for name in FOREIGN_TABLES:
                connection.execute(text(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY)"))
            connection.commit()
        assert differences(empty_url) == []
        downgrade(empty_url, "base")
        assert tables(empty_url) == {"alembic_version", *FOREIGN_TABLES}


class TestDowngrade:
    def test_to_base_and_up_again(self, empty_url: str) -> None:
        migrate(empty_url)
        downgrade(empty_url, "base")
        assert tables(empty_url) == {"alembic_version"}
        assert current_revision(empty_url) is None
        migrate(empty_url)
        assert differences(empty_url) == []

    def test_the_newest_step_and_back_keeps_what_was_there(self, empty_url: str) -> None:
        migrate(empty_url)
        downgrade(empty_url, "-1")
        with migrating(empty_url) as connection:
            connection.execute(text("INSERT INTO organisations VALUES ('org_a', 'A', '2026-11-22 00:00:00')"))
            connection.commit()
        assert tables(empty_url) - {"alembic_version"} <= set(product_metadata().tables)
        migrate(empty_url)
        with migrating(empty_url) as connection:
            kept = connection.execute(text("SELECT id FROM organisations ORDER BY id")).scalars().all()
        assert kept == ["org_a", LOCAL_ORGANISATION]
        assert differences(empty_url) == []


class TestLists:
    """0004: marks of projects and designs, and where a fork came from."""

    PROJECT = """
        INSERT INTO projects (id, organisation_id, name, gate_policy, created_at, archived)
        VALUES ('prj', 'org_local', 'Old', '{}', '2026-11-01', false)
    """
    DESIGN = """
        INSERT INTO decision_sets (id, organisation_id, project_id, version, thread_id, run_id, status, title,
        constraints, summary, created_by, created_at, updated_at, lock_version)
        VALUES ('ds', 'org_local', 'prj', 1, 't', 'r', 'done', 'Old', '[]', '{}', 'me', '2026-11-01', '2026-11-01', 1)
    """
    """As a version before this one writes them; one that still runs beside the new schema does so, too."""

    def old_rows(self, url: str) -> None:
        with migrating(url) as connection:
            for statement in (self.PROJECT, self.DESIGN):
                connection.execute(text(statement))
            connection.commit()

    @pytest.mark.parametrize("written", ["before", "afterwards"])
    def test_rows_of_older_versions_are_unmarked(self, empty_url: str, written: str) -> None:
        migrate(empty_url, "0003")
        if written == "before":
            self.old_rows(empty_url)
        migrate(empty_url, "0004")
        if written == "afterwards":
            self.old_rows(empty_url)
        with migrating(empty_url) as connection:
            design = connection.execute(text("SELECT pinned, archived, forked_from FROM decision_sets")).one()
            project = connection.execute(text("SELECT pinned FROM projects")).scalar_one()
        assert (bool(design.pinned), bool(design.archived), design.forked_from, bool(project)) == (
            False,
            False,
            None,
            False,
        )

    def test_taking_it_back_keeps_the_designs(self, empty_url: str) -> None:
        migrate(empty_url, "0004")
        self.old_rows(empty_url)
        downgrade(empty_url, "0003")
        with migrating(empty_url) as connection:
            assert connection.execute(text("SELECT id FROM decision_sets")).scalars().all() == ["ds"]
            columns = {column["name"] for column in inspect(connection).get_columns("decision_sets")}
        assert columns.isdisjoint({"pinned", "archived", "forked_from"})
        migrate(empty_url)
        assert differences(empty_url) == []


class TestLines:
    """0006: versions count among the designs that go back to the same first one."""

    DESIGN = """
        INSERT INTO decision_sets (id, organisation_id, project_id, parent_id, forked_from, version, thread_id, run_id,
        status, title, constraints, summary, created_by, created_at, updated_at, lock_version)
        VALUES (:id, 'org_local', 'prj', :parent, :fork, :version, :id, :id, 'done', 'Old', '[]', '{}', 'me',
        '2026-11-01', '2026-11-01', 1)
    """
    DESIGNS = (
        ("ds_1", None, None),
        ("ds_2", "ds_1", None),
        ("ds_3", None, None),
        ("ds_4", None, "ds_2"),
        ("ds_5", "ds_4", None),
    )

    def fill(self, url: str) -> None:
        with migrating(url) as connection:
            connection.execute(text(TestLists.PROJECT))
            for version, (name, parent, fork) in enumerate(self.DESIGNS, start=1):
                row = {"id": name, "parent": parent, "fork": fork, "version": version}
                connection.execute(text(self.DESIGN), row)
            connection.commit()

    def test_designs_find_their_line_and_keep_their_numbers(self, empty_url: str) -> None:
        migrate(empty_url, "0005")
        self.fill(empty_url)
        migrate(empty_url)
        with migrating(empty_url) as connection:
            rows = connection.execute(text("SELECT id, line_id, version FROM decision_sets ORDER BY id"))
            found = [tuple(row) for row in rows]
        lines = ("ds_1", "ds_1", "ds_3", "ds_1", "ds_1")
        assert found == [(f"ds_{n}", line, n) for n, line in enumerate(lines, start=1)]
        assert differences(empty_url) == []

    def test_taking_it_back_counts_in_the_project_again(self, empty_url: str) -> None:
        migrate(empty_url)
        self.fill(empty_url)
        with migrating(empty_url) as connection:
            connection.execute(text("UPDATE decision_sets SET version = 1"))
            connection.commit()
        downgrade(empty_url, "0005")
        with migrating(empty_url) as connection:
            numbers = (
                connection.execute(text("SELECT version FROM decision_sets ORDER BY id")).scalars().all()
            )
        assert numbers == [1, 2, 3, 4, 5]


class TestMetadata:
    def test_every_tables_module_is_in_the_list(self) -> None:
        root = Path(__file__).resolve().parents[3]
        modules = {
            ".".join(file.relative_to(root).with_suffix("").parts) for file in root.glob("libs/*/tables.py")
        }
        assert {module.__name__ for module in TABLES} == modules

"""lines"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# What a design goes back to: over its parent, or over the design of which it is a fork. Versions that were there keep
# their numbers; only the next ones count inside the line. The column may be empty, because a process of the version
# before this one knows nothing of it while it still runs beside the new schema: its designs begin a line.
FIRST_OF_LINE = """
WITH RECURSIVE back(id, first_id) AS (
    SELECT id, id FROM decision_sets WHERE parent_id IS NULL AND forked_from IS NULL
    UNION ALL
    SELECT d.id, b.first_id FROM decision_sets d JOIN back b ON b.id = coalesce(d.parent_id, d.forked_from)
)
UPDATE decision_sets SET line_id = (SELECT first_id FROM back WHERE back.id = decision_sets.id)
"""
LISTED_OF_PROJECT = ["project_id", "organisation_id", "id", "archived", "pinned", "title"]


def upgrade() -> None:
    """Applies the change."""
    op.add_column("decision_sets", sa.Column("line_id", sa.Text(), nullable=True))
    op.execute(FIRST_OF_LINE)
    with op.batch_alter_table("decision_sets") as table:
        table.drop_constraint(op.f("uq_decision_sets_project_id_version"), type_="unique")
        table.create_unique_constraint(op.f("uq_decision_sets_line_id_version"), ["line_id", "version"])
    # Both columns that such a list asks for come first, so that no planner takes the index of the organisation.
    op.drop_index("ix_decision_sets_listed_of_project", table_name="decision_sets")
    op.create_index("ix_decision_sets_listed_of_project", "decision_sets", LISTED_OF_PROJECT)


def downgrade() -> None:
    """Takes the change back; designs of one project then count together, in the order in which they were begun."""
    op.execute(
        """
        UPDATE decision_sets SET version = (
            SELECT count(*) FROM decision_sets other
            WHERE other.project_id = decision_sets.project_id AND other.id <= decision_sets.id
        )
        """
    )
    with op.batch_alter_table("decision_sets") as table:
        table.drop_constraint(op.f("uq_decision_sets_line_id_version"), type_="unique")
        table.create_unique_constraint(op.f("uq_decision_sets_project_id_version"), ["project_id", "version"])
        table.drop_column("line_id")
    op.drop_index("ix_decision_sets_listed_of_project", table_name="decision_sets")
    listed = [name for name in LISTED_OF_PROJECT if name != "organisation_id"]
    op.create_index("ix_decision_sets_listed_of_project", "decision_sets", listed)

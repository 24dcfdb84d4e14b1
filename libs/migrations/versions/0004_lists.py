"""lists"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MARKS = (("decision_sets", "pinned"), ("decision_sets", "archived"), ("projects", "pinned"))


def upgrade() -> None:
    """Applies the change."""
    for table, mark in MARKS:
        op.add_column(table, sa.Column(mark, sa.Boolean(), server_default=sa.false(), nullable=False))
    # SQLite takes a foreign key together with its column only, which Alembic has no words for.
    op.execute(
        """
        ALTER TABLE decision_sets ADD COLUMN forked_from TEXT
        CONSTRAINT fk_decision_sets_forked_from_decision_sets REFERENCES decision_sets (id)
        """
    )
    op.create_index(op.f("ix_decision_sets_forked_from"), "decision_sets", ["forked_from"], unique=False)
    op.create_index(
        "ix_decision_sets_listed",
        "decision_sets",
        ["organisation_id", "id", "archived", "pinned", "project_id", "title"],
        unique=False,
    )
    op.create_index(
        "ix_decision_sets_listed_of_project",
        "decision_sets",
        ["project_id", "id", "archived", "pinned", "title"],
        unique=False,
    )
    op.create_index("ix_projects_organisation_id_id", "projects", ["organisation_id", "id"], unique=False)


def downgrade() -> None:
    """Takes the change back."""
    op.drop_index("ix_projects_organisation_id_id", table_name="projects")
    op.drop_index("ix_decision_sets_listed_of_project", table_name="decision_sets")
    op.drop_index("ix_decision_sets_listed", table_name="decision_sets")
    op.drop_index(op.f("ix_decision_sets_forked_from"), table_name="decision_sets")
    # A later step may have rebuilt the table, after which the foreign key stands beside its column.
    with op.batch_alter_table("decision_sets") as designs:
        designs.drop_column("forked_from")
    for table, mark in reversed(MARKS):
        op.drop_column(table, mark)

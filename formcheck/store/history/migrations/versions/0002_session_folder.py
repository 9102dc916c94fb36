"""A session knows its folder, so that clips that were never analysed are deleted with it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the folder; sessions recorded before have none."""
    with op.batch_alter_table("sessions") as table:
        table.add_column(sa.Column("folder", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Remove the folder."""
    with op.batch_alter_table("sessions") as table:
        table.drop_column("folder")

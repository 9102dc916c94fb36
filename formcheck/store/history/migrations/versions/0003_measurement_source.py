"""What a value was read from: stickers and clothes are not compared with each other."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the column; values of before were not read from stickers."""
    op.add_column(
        "measurements",
        sa.Column("source", sa.String(length=40), nullable=False, server_default=""),
    )


def downgrade() -> None:
    """Take the column away again."""
    with op.batch_alter_table("measurements") as table:
        table.drop_column("source")

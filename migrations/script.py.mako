"""${message}."""

import sqlalchemy as sa
from alembic import op

revision = "${up_revision}"
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Say what the new tables can hold that the old ones could not."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Undo it; say what is lost."""
    ${downgrades if downgrades else "pass"}

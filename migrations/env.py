"""Alembic runs the migrations with lock and statement time-outs, while the previous release is live."""

from alembic import context
from sqlalchemy import create_engine, pool

import models
from config import settings

assert models.tables


def migrate_online() -> None:
    """Connect with the shop's settings (or the connection a test hands over) and migrate."""
    connection = context.config.attributes.get("connection")
    if connection is not None:
        _migrate(connection)
        return
    engine = create_engine(
        settings().database_url.get_secret_value(),
        poolclass=pool.NullPool,
        connect_args={"options": "-c lock_timeout=5000 -c statement_timeout=600000"},
    )
    with engine.connect() as connection:
        _migrate(connection)


def _migrate(connection) -> None:  # type: ignore[no-untyped-def]
    context.configure(
        connection=connection,
        target_metadata=models.Base.metadata,
        compare_type=True,
        compare_server_default=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


migrate_online()

"""Models and migrations agree, both ways."""

from collections.abc import Iterator

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, inspect, text

from devstack.services import Services
from models import Base


@pytest.fixture
def connection(migrated: Services, engine: Engine) -> Iterator[Connection]:
    """A connection to an empty database of its own."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as admin:
        admin.execute(text("CREATE DATABASE migrating"))
        other = create_engine(engine.url.set(database="migrating"))
        with other.connect() as opened:
            yield opened
        other.dispose()
        admin.execute(text("DROP DATABASE migrating WITH (FORCE)"))


def test_up_down_and_up_again(connection: Connection) -> None:
    config = Config("alembic.ini")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    assert not compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert {"order_number", "paybox_question"} <= set(inspect(connection).get_sequence_names())
    command.downgrade(config, "base")
    assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    assert not inspect(connection).get_sequence_names()
    command.upgrade(config, "head")
    assert not compare_metadata(MigrationContext.configure(connection), Base.metadata)


def test_every_foreign_key_and_search_has_its_index(connection: Connection) -> None:
    """A row that is pointed at is deleted or joined without reading the whole other table."""
    config = Config("alembic.ini")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    missing = []
    for table in Base.metadata.sorted_tables:
        leading = {next(iter(index.columns)).name for index in table.indexes if len(index.columns)}
        leading |= {column.name for column in list(table.primary_key.columns)[:1]}
        leading |= {next(iter(c.columns)).name for c in table.constraints if type(c).__name__ == "UniqueConstraint"}
        missing += [
            f"{table.name}.{column.name}"
            for column in table.columns
            if column.foreign_keys and column.name not in leading
        ]
    # Never the way in: nobody asks from these sides, and what they point at is never deleted.
    assert set(missing) <= {
        "fitment.gamme_id", "shop_order.vehicle_type_id", "shop_order.superseded_by_id", "invoice.parent_id",
        "mail.invoice_id",
    }  # fmt: skip

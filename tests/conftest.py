"""What every test stands on: real servers on free ports, one rolled-back transaction a test."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy import Engine

    from devstack.services import Services

# Before any of ours is imported: settings are read once.
os.environ["APP_ENV"] = "test"
os.environ.setdefault("LOG_LEVEL", "CRITICAL")
# A page kept by one test must not answer another; the cache's own tests switch it on for a shop of their own.
os.environ["PAGE_CACHE"] = "false"


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Services"]:
    """PostgreSQL and both Redis of this test process; what needs the other services starts them itself."""
    from devstack import services as devstack_services

    started = devstack_services.start(Path(tmp_path_factory.mktemp("services")), meilisearch=False, durable=False)
    os.environ.update(started.environment)
    from config import settings

    settings.cache_clear()
    yield started
    started.stop()


@pytest.fixture(scope="session")
def migrated(services: "Services") -> "Services":
    """The services with an empty, migrated database."""
    from alembic import command
    from alembic.config import Config

    command.upgrade(Config("alembic.ini"), "head")
    return services


@pytest.fixture(scope="session")
def engine(migrated: "Services") -> Iterator["Engine"]:
    """Connections to the test database, without the doors: services are tested on it alone."""
    from config import settings
    from models import database

    opened = database.connect(settings().database_url.get_secret_value())
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def app(engine: "Engine") -> Iterator["Flask"]:
    """The shop, connected to this process's servers."""
    from app import create_app

    shop = create_app()
    yield shop
    shop.extensions["engine"].dispose()


@pytest.fixture
def db(engine: "Engine", request: pytest.FixtureRequest) -> Iterator[None]:
    """A transaction around the test that is rolled back: what code commits inside it are savepoints."""
    from integrations.cache import FakeCache, cache
    from models import database

    if {"app", "client"} & set(request.fixturenames):
        # Making the shop binds sessions to its own engine, so it comes first.
        request.getfixturevalue("app")
    connection = engine.connect()
    transaction = connection.begin()
    database.session.remove()
    database._sessions.configure(bind=connection, join_transaction_mode="create_savepoint")
    # What one test's transaction held must not be remembered in the next.
    with cache.replaced_by(FakeCache()):
        yield
    database.session.remove()
    transaction.rollback()
    connection.close()
    database._sessions.configure(bind=engine, join_transaction_mode="conditional_savepoint")


@pytest.fixture
def committed(engine: "Engine") -> Iterator[None]:
    """For races and faults between real connections: what the test commits is emptied out afterwards."""
    from sqlalchemy import text

    from models import Base, database

    database.session.remove()
    yield
    database.session.remove()
    names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))


@pytest.fixture
def client(app: "Flask", db: None) -> "FlaskClient":
    """A visitor's browser without JavaScript, inside the test's transaction; forms need no CSRF token here."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()

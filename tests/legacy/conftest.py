"""A made-up old shop, imported by the real command into databases of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, text

from devstack.legacy.dump import Dump
from devstack.legacy.shop import make_old_shop
from devstack.services import Services

ROOT = Path(__file__).parent.parent.parent
TEMPLATE = "legacy_template"


@dataclass(frozen=True)
class Shop:
    """A database of the new shop, and the command that imports into it."""

    url: str
    output: str = ""

    @property
    def dsn(self) -> str:
        return self.url.replace("postgresql+psycopg://", "postgresql://")

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.dsn) as connection:
            return connection.execute(query, values or None).fetchall()  # type: ignore[arg-type]

    def value(self, query: str, *values: object) -> Any:
        (row,) = self.rows(query, *values)
        return row[0]

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "app:create_app", "import-legacy", *arguments],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": self.url},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *arguments: str, ends_with: int = 0) -> str:
        process = self.start(*arguments)
        output, _ = process.communicate(timeout=300)
        assert process.returncode == ends_with, output
        return output


NewShop = Callable[[str], "contextmanager[Shop]"]


@pytest.fixture(scope="session")
def old_shop() -> Dump:
    return make_old_shop()


@pytest.fixture(scope="session")
def dumps(old_shop: Dump, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(tmp_path_factory.mktemp("old-shop"))
    old_shop.write(folder, gzipped=("pieces_price", "pieces_relation_type"))
    return folder


@pytest.fixture(scope="session")
def new_shop(services: Services) -> Iterator[Callable[[str], Any]]:
    """Makes empty, migrated databases by name."""
    url = services.environment["DATABASE_URL"]
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as admin:
        admin.execute(text(f"CREATE DATABASE {TEMPLATE}"))
        _migrate(create_engine(engine.url.set(database=TEMPLATE)))

        @contextmanager
        def make(name: str, *, template: str = TEMPLATE) -> Iterator[Shop]:
            admin.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
            yield Shop(engine.url.set(database=name).render_as_string(hide_password=False))
            admin.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))

        yield make
        admin.execute(text(f"DROP DATABASE {TEMPLATE} WITH (FORCE)"))
    engine.dispose()


def _migrate(engine: Engine) -> None:
    config = Config("alembic.ini")
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()


@pytest.fixture(scope="session")
def imported(new_shop: Callable[[str], Any], dumps: Path) -> Iterator[Shop]:
    """The old shop, imported from its folder."""
    with new_shop("legacy_imported") as shop:
        # The faults are such that some checks do not hold.
        yield Shop(shop.url, shop.run(str(dumps), ends_with=3))

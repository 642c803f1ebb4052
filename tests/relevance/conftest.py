"""The small demo shop in a transaction of its own, its index in a real engine."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from devstack.datadir import DataDir
from devstack.meilisearch import Meilisearch, why_missing

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from integrations.search import MeilisearchEngine

SEED = 2026
MIGRATIONS = [
    Path("migrations/versions") / name for name in ("20261122_0004_search.py", "20261123_0010_more_synonyms.py")
]


@pytest.fixture(scope="module")
def real_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator["MeilisearchEngine"]:
    """A Meilisearch of these tests alone."""
    from integrations.search import MeilisearchEngine

    if reason := why_missing():
        pytest.skip(reason)
    server = Meilisearch(DataDir(Path(tmp_path_factory.mktemp("relevance"))))
    server.start()
    # Longer than a shopper waits: what comes first is asked here, not how fast.
    yield MeilisearchEngine(server.url, server.key, timeout=30.0)
    server.stop()


@pytest.fixture(scope="module")
def demo_shop(engine: "Engine", real_engine: "MeilisearchEngine") -> Iterator[None]:
    """Vehicles, gammes and products of the small demo shop with the usual synonyms, found by the engine."""
    from devstack.demo.catalog.products import Catalogue
    from devstack.demo.catalog.sizes import SIZES
    from devstack.demo.catalog.writing import write_products, write_shelves
    from devstack.demo.copying import take_time
    from devstack.demo.vehicles.writing import write_vehicles
    from integrations.search import search_engine
    from models import database
    from models.search import Synonym
    from services.search import forget_vocabulary, rebuild_index

    connection = engine.connect()
    transaction = connection.begin()
    database.session.remove()
    database._sessions.configure(bind=connection, join_transaction_mode="create_savepoint")
    take_time()
    size = SIZES["small"]
    write_vehicles(size.version_kinds)
    write_shelves()
    write_products(Catalogue(size, SEED), database.utc_now(), lambda done: None)
    # Another test may have emptied the table that the migration filled.
    for word, others in usual_synonyms().items():
        if database.session.query(Synonym).filter_by(word=word).first() is None:
            database.session.add(Synonym(word=word, others=others))
    database.session.flush()
    forget_vocabulary()
    with search_engine.replaced_by(real_engine):
        rebuild_index()
        yield
    forget_vocabulary()
    database.session.remove()
    transaction.rollback()
    connection.close()
    database._sessions.configure(bind=engine, join_transaction_mode="conditional_savepoint")


def usual_synonyms() -> dict[str, list[str]]:
    """Return the synonyms that every shop begins with."""
    usual: dict[str, list[str]] = {}
    for migration in MIGRATIONS:
        spec = importlib.util.spec_from_file_location("usual", migration)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        usual |= module.USUAL
    return usual

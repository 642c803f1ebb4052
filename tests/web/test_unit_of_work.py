"""What a request leaves behind in the database, and in its connection."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select, text

from app import create_app
from models import database
from models.catalog import Brand
from models.database import session
from tests.factories import make_product
from tests.factories.keeping import keep

PREPARED = text("SELECT count(*) FROM pg_prepared_statements")


@pytest.fixture
def shop(app: Flask, committed: None, engine: Engine) -> Iterator[Flask]:
    """The shop on connections of its own, one at a time, as they are in production."""
    own = create_app()

    @own.get("/test/write")
    def write() -> str:
        session.add(Brand(alias="x", name="Écrite en lisant"))
        session.flush()
        return "ok"

    @own.get("/test/forget")
    def forget() -> str:
        session.add(Brand(alias="x", name="Jamais envoyée"))
        return "ok"

    @own.get("/test/raw")
    def raw() -> str:
        session.execute(text("UPDATE brand SET name = 'Changée'"))
        return "ok"

    yield own
    session.remove()
    own.extensions["engine"].dispose()
    database._sessions.configure(bind=engine)


def test_what_a_request_prepared_serves_the_next(shop: Flask) -> None:
    product = make_product()
    keep()
    visitor, engine = shop.test_client(), shop.extensions["engine"]
    for _time in range(7):
        assert visitor.get(f"/piece/x-{product.id}.html", follow_redirects=True).status_code == 200
    with engine.connect() as connection:
        assert connection.scalar(PREPARED) > 0


@pytest.mark.parametrize("path", ["/test/write", "/test/forget", "/test/raw"])
def test_a_request_that_should_only_read_writes_nothing(shop: Flask, path: str) -> None:
    product = make_product()
    keep()
    names = set(session.scalars(select(Brand.name)))
    session.remove()
    assert shop.test_client().get(path).text == "ok"
    assert set(session.scalars(select(Brand.name))) == names
    assert product.id


def test_a_server_that_came_back_is_met_by_a_new_connection(shop: Flask) -> None:
    product = make_product()
    keep()
    session.remove()
    visitor, engine = shop.test_client(), shop.extensions["engine"]
    path = f"/piece/x-{product.id}.html"
    assert visitor.get(path, follow_redirects=True).status_code == 200
    hang_up_on(engine)
    assert visitor.get(path, follow_redirects=True).status_code == 200


def hang_up_on(engine: Engine) -> None:
    """Have the server end every connection that waits in the pool."""
    from psycopg import connect

    with engine.connect() as first, engine.connect() as second:
        waiting = [one.scalar(select(func.pg_backend_pid())) for one in (first, second)]
    with connect(engine.url.set(drivername="postgresql").render_as_string(hide_password=False)) as other:
        for pid in waiting:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

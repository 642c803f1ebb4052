"""The page « Cache »: its figures, and clearing by hand."""

from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from integrations.cache import FakeCache, cache
from integrations.queue import FakeQueue, queue
from models.database import session
from models.staff import AuditEntry


@pytest.fixture(autouse=True)
def kept(db: None) -> Iterator[FakeCache]:
    with cache.replaced_by(FakeCache()) as fake, queue.replaced_by(FakeQueue()):
        fake.entries.update({"page:r:::/?": b"home", "page:r:::/piece/x-1.html?": b"product", "data:menu": b"[]"})  # type: ignore[attr-defined]
        yield fake  # type: ignore[misc]


def test_it_tells_how_well_the_cache_serves(staff: FlaskClient, kept: FakeCache) -> None:
    kept.count(hits=90, misses=10)
    page = staff.get("/backoffice/cache").text
    assert "90" in page
    assert "Réponses trouvées dans le cache" in page
    # Level 7 looks, and clears nothing.
    assert "Vider tout le cache" not in page


def test_without_figures_none_are_invented(staff: FlaskClient, kept: FakeCache) -> None:
    kept.away = True
    page = staff.get("/backoffice/cache").text
    assert "Le serveur de cache ne répond pas" in page
    assert "—" in page


def test_a_part_is_cleared_and_written_down(browser_of: Callable[[int], FlaskClient], kept: FakeCache) -> None:
    answer = browser_of(8).post("/backoffice/cache/clearing", data={"section": "products"})
    assert answer.status_code == 303
    assert set(kept.entries) == {"page:r:::/?", "data:menu"}
    assert session.scalar(select(AuditEntry.action).order_by(AuditEntry.id.desc())) == "cache.clear"


def test_a_level_that_may_not_clears_nothing(browser_of: Callable[[int], FlaskClient], kept: FakeCache) -> None:
    assert browser_of(7).post("/backoffice/cache/clearing", data={"section": "products"}).status_code == 403
    assert browser_of(8).post("/backoffice/cache/emptying", data={"confirm": "on"}).status_code == 403
    assert len(kept.entries) == 3
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == 0


def test_a_part_that_does_not_exist_is_refused(browser_of: Callable[[int], FlaskClient], kept: FakeCache) -> None:
    assert browser_of(8).post("/backoffice/cache/clearing", data={"section": "tout"}).status_code == 400
    assert len(kept.entries) == 3


def test_all_goes_only_once_it_is_meant(browser_of: Callable[[int], FlaskClient], kept: FakeCache) -> None:
    staff = browser_of(9)
    answer = staff.post("/backoffice/cache/emptying")
    assert answer.status_code == 422
    assert "Cochez la case" in answer.text
    assert len(kept.entries) == 3

    assert staff.post("/backoffice/cache/emptying", data={"confirm": "on"}).status_code == 303
    assert kept.entries == {}


def test_nothing_of_the_inside_is_kept_by_a_browser(staff: FlaskClient) -> None:
    assert staff.get("/backoffice/cache").headers["Cache-Control"] == "no-store"

"""Search as JSON: the shape the old front end knows, and who may look behind it."""

from collections.abc import Iterator

import pytest

from integrations.queue import FakeQueue, queue
from integrations.search import FakeSearchEngine, search_engine
from integrations.searches import FakeSearchNotes, search_notes
from models.database import session
from models.vehicles import RegistrationCode
from services.search import rebuild_index
from tests.factories import make_brand, make_product, make_staff_member, make_vehicle_type
from tests.factories.keeping import keep
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.usefixtures("bank")


@pytest.fixture(autouse=True)
def engine_of_words(db: None) -> Iterator[FakeSearchEngine]:
    with search_engine.replaced_by(FakeSearchEngine()) as engine, search_notes.replaced_by(FakeSearchNotes()):
        assert isinstance(engine, FakeSearchEngine)
        yield engine


@pytest.fixture
def pads(engine_of_words: FakeSearchEngine):
    for name, price in (("Bosch", 40_00), ("ATE", 60_00)):
        make_product(name="Plaquettes", brand_id=make_brand(name=name).id, price_cents=price, search_text="plaquettes")
    rebuild_index()
    keep()


def bearer(client, level: int) -> dict[str, str]:
    member = make_staff_member(level=level)
    keep()
    answer = client.post("/authenticate", json={"email": member.email, "password": PASSWORD})
    return {"Authorization": f"Bearer {answer.json['data']['token']}"}


SEARCHES = [
    "/api/search?query={}",
    "/api/search-existing/search?query={}",
    "/api/catalog/search?q={}",
    "/api/products/search?q={}",
]


@pytest.mark.parametrize("address", SEARCHES)
def test_it_answers_under_every_name(client, pads, address):
    data = client.get(address.format("plaquettes")).json["data"]
    assert {item["brand"] for item in data["items"]} == {"Bosch", "ATE"}
    assert (data["total"], data["page"], data["limit"], data["pages"], data["degraded"]) == (2, 1, 20, 1, False)
    assert [facet["field"] for facet in data["facets"]] == ["marque", "gamme", "price"]
    assert {value["label"]: value["count"] for value in data["facets"][2]["values"]} == {"<50": 1, "50-100": 1}


@pytest.mark.parametrize("address", SEARCHES)
@pytest.mark.parametrize("text", ["", "%20", "x" * 101])
def test_an_empty_or_endless_text_is_refused(client, address, text):
    assert client.get(address.format(text)).status_code == 400


def test_it_is_narrowed_and_paged(client, pads):
    brands = client.get("/api/search?query=plaquettes").json["data"]["facets"][0]["values"]
    number = next(value["value"] for value in brands if value["label"] == "ATE")
    data = client.get(f"/api/search?query=plaquettes&marqueIds={number}&limit=1").json["data"]
    assert [item["brand"] for item in data["items"]] == ["ATE"]
    second = client.get("/api/search?query=plaquettes&limit=1&page=2").json["data"]
    assert len(second["items"]) == 1
    assert client.get("/api/search?query=plaquettes&marqueIds=x").status_code == 400


def test_machines_are_told_that_the_engine_is_away(client, pads, engine_of_words):
    engine_of_words.away = True
    data = client.get("/api/search?query=plaquettes").json["data"]
    assert data["degraded"] is True
    assert data["total"] == 2
    assert client.get("/api/search/health").json["data"]["status"] == "degraded"


@pytest.mark.parametrize(
    "address",
    [
        "/api/search/suggestions",
        "/api/search-existing/suggestions",
        "/api/catalog/autocomplete",
        "/api/catalog/search/suggestions",
        "/api/products/autocomplete",
    ],
)
def test_suggestions_are_typed_and_lead_somewhere(client, pads, address):
    found = client.get(f"{address}?q=plaq&limit=2").json["data"]["suggestions"]
    assert [one["type"] for one in found] == ["product", "product"]
    assert found[0]["url"].startswith("/piece/")
    assert client.get(f"{address}?q=p").json["data"]["suggestions"] == []


def test_popular_searches_are_empty_until_there_are_some(client):
    for address in ("/api/search/popular", "/api/catalog/search/popular"):
        assert client.get(address).json["data"]["searches"] == []


def test_health_tells_the_index_and_its_lag(client, pads):
    data = client.get("/api/search/health").json["data"]
    assert (data["status"], data["documents"], data["lag_seconds"]) == ("ok", 2, 0)


def test_a_code_of_the_registration_document_names_its_types(client):
    found = make_vehicle_type()
    session.add(RegistrationCode(type_id=found.id, mine="MRE5360A4942", cnit="M10RENVP802A471"))
    keep()
    for address in ("mine/mre 5360 a4942", "cnit/M10RENVP802A471"):
        [one] = client.get(f"/api/vehicles/search/{address}").json["data"]
        assert one["id"] == found.id
    assert client.get("/api/vehicles/search/mine/XXXX").json["data"] == []


def test_only_staff_count_and_only_level_eight_rebuilds(client):
    with queue.replaced_by(FakeQueue()) as jobs:
        assert isinstance(jobs, FakeQueue)
        assert client.get("/api/search/metrics").status_code == 401
        assert client.post("/api/search/reindex").status_code == 401
        seven = bearer(client, 7)
        assert client.get("/api/search/metrics", headers=seven).json["data"]["searches"] == 0
        assert client.post("/api/search/reindex", headers=seven).status_code == 403
        assert jobs.jobs == []
        answer = client.post("/api/search/reindex", headers=bearer(client, 8))
        assert answer.status_code == 202
        assert [job[0] for job in jobs.jobs] == ["jobs.search.rebuild_search"]
        assert answer.json["data"]["job_id"] == jobs.jobs[0][2]

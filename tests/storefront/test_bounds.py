"""What a page may cost: so many questions to the database however much there is to show, and so much patience."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from models.catalog import Gamme, Product
from models.database import session
from models.vehicles import VehicleType
from services.gamme_facets import keep_gamme_facets
from services.vehicle_gammes import rebuild_vehicle_gammes
from services.vehicles import get_vehicle_type
from tests.factories import (
    give_criterion,
    give_reference,
    make_brand,
    make_criterion,
    make_fitment,
    make_gamme,
    make_product,
    make_vehicle_type,
)
from tests.factories.selling import NOW
from tests.queries import count_queries
from web import addresses

# One row per page; the menu and the shop's own name take two of these on a first visit.
MOST_QUERIES = {
    "home": 8,
    "families": 3,
    "family": 5,
    "gamme": 8,
    "gamme, counted": 8,
    "gamme, filtered": 8,
    "gamme, own vehicle": 8,
    "gamme×vehicle": 8,
    "product": 8,
    "product, own vehicle": 8,
    "fitted vehicles": 8,
    "makes": 4,
    "make": 5,
    "model": 5,
    "type": 6,
    "brands": 4,
    "brand": 6,
}


class Shelf:
    """A gamme of twelve products of as many brands, made for three vehicles."""

    def __init__(self) -> None:
        diameter = make_criterion(is_filter=True)
        vehicles = [make_vehicle_type(produced_from=date(2005, 6, 1), produced_to=None) for _n in range(3)]
        self.gamme: Gamme = make_gamme()
        for n in range(12):
            self.product: Product = make_product(
                gamme_id=self.gamme.id, brand_id=make_brand().id, side=("Essieu avant", "Essieu arrière")[n % 2]
            )
            give_criterion(self.product, diameter, str(260 + n % 3))
            give_reference(self.product, f"77 01 20{n:02}")
            for vehicle in vehicles:
                make_fitment(self.product, vehicle)
        rebuild_vehicle_gammes()
        self.vehicle: VehicleType = get_vehicle_type(vehicles[0].id)


ADDRESSES: dict[str, Callable[[Shelf], str]] = {
    "home": lambda shelf: "/",
    "families": lambda shelf: "/pieces",
    "family": lambda shelf: addresses.family_url(shelf.gamme.family),
    "gamme": lambda shelf: addresses.gamme_url(shelf.gamme),
    "gamme, counted": lambda shelf: addresses.gamme_url(shelf.gamme),
    "gamme, filtered": lambda shelf: addresses.gamme_url(
        shelf.gamme, marque=shelf.product.brand_id, stock=1, tri="nom"
    ),
    "gamme, own vehicle": lambda shelf: addresses.gamme_url(shelf.gamme),
    "gamme×vehicle": lambda shelf: addresses.gamme_for_vehicle_url(shelf.gamme, shelf.vehicle),
    "product": lambda shelf: addresses.product_url(shelf.product),
    "product, own vehicle": lambda shelf: addresses.product_url(shelf.product),
    "fitted vehicles": lambda shelf: addresses.fitted_vehicles_url(shelf.product),
    "makes": lambda shelf: "/constructeurs",
    "make": lambda shelf: addresses.make_url(shelf.vehicle.model.make),
    "model": lambda shelf: addresses.model_url(shelf.vehicle.model),
    "type": lambda shelf: addresses.type_url(shelf.vehicle),
    "brands": lambda shelf: "/equipementiers",
    "brand": lambda shelf: addresses.brand_url(shelf.product.brand),
}


@pytest.mark.parametrize("page", MOST_QUERIES)
def test_a_page_asks_no_more_than_it_may(app: Flask, client: FlaskClient, page: str) -> None:
    shelf = Shelf()
    if page == "gamme, counted":
        keep_gamme_facets(shelf.gamme.id, at=NOW)
    session.refresh(shelf.gamme, ["family"])
    session.refresh(shelf.product, ["brand"])
    with app.app_context():
        address = ADDRESSES[page](shelf)
    if page.endswith("own vehicle"):
        client.set_cookie("vehicle", str(shelf.vehicle.id))
    with count_queries() as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    assert len(queries) <= MOST_QUERIES[page], "\n\n".join(queries)


def test_the_database_is_given_the_time_that_the_settings_say(app: Flask) -> None:
    with app.extensions["engine"].connect() as connection:
        allowed = connection.scalar(text("SELECT setting FROM pg_settings WHERE name = 'statement_timeout'"))
    assert int(allowed) == app.config["SETTINGS"].statement_timeout_ms


def test_a_question_that_takes_too_long_is_given_up_and_the_page_says_so(app: Flask, client: FlaskClient) -> None:
    gamme = make_product().gamme_id
    # As if the planner had lost its way: each row of the list takes longer than the whole page may.
    session.execute(text("ALTER TABLE product RENAME TO slow_product"))
    session.execute(text("CREATE VIEW product AS SELECT p.* FROM slow_product p, pg_sleep(30)"))
    session.execute(text("SET LOCAL statement_timeout = '200ms'"))
    answer = client.get(f"/pieces/x-{gamme}.html", follow_redirects=True)
    assert answer.status_code == 503
    assert "momentanément indisponible" in answer.text
    assert answer.headers["Retry-After"] == "10"


def test_a_gamme_that_another_took_in_leads_there_for_good(client: FlaskClient) -> None:
    gamme = make_gamme(id=158, alias="corps-papillon")
    make_product(gamme_id=gamme.id)
    answer = client.get("/pieces/boitier-papillon-3940.html?tri=nom")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "/pieces/corps-papillon-158.html?tri=nom"

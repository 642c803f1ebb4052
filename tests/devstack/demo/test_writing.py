"""The rows fit the shop's tables, on a real database."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from devstack.demo import loader
from devstack.demo.catalog.products import Catalogue
from devstack.demo.catalog.sizes import SIZES
from devstack.demo.catalog.writing import finish_numbering, write_products, write_shelves
from devstack.demo.vehicles import garage
from devstack.demo.vehicles.writing import write_vehicles
from models.catalog import Brand, Family, Fitment, FitmentGroup, Gamme, Product, ProductReference
from models.database import session
from models.stock import StockItem, StockMovement
from models.vehicles import EngineCode, Make, RegistrationCode, VehicleType
from tests.factories.catalog import make_product

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("db")


def test_the_tables_take_a_whole_shop():
    write_vehicles()
    write_shelves()
    told: list[int] = []
    written = write_products(Catalogue(SIZES["tiny"], 1), NOW, told.append)
    finish_numbering()

    assert _count(VehicleType) == len(garage.types())
    assert _count(Family) == 19
    assert min(_count(RegistrationCode), _count(EngineCode)) >= len(garage.types())
    assert _count(Product) == _count(StockItem) == written.products == told[-1]
    assert _count(ProductReference) == written.references > written.products
    assert _count(FitmentGroup) == written.groups
    assert _count(Fitment) == written.fitments
    assert session.scalar(select(func.sum(StockItem.on_hand))) == session.scalar(
        select(func.sum(StockMovement.on_hand_after))
    )

    # What is added afterwards gets a number of its own.
    for thing in (
        Make(alias="nouvelle", name="Nouvelle"),
        Brand(alias="neuve", name="Neuve"),
        Gamme(family_id=1, alias="autre", name="Autre", plural_name="Autres"),
    ):
        session.add(thing)
    session.flush()
    make_product(gamme_id=402, brand_id=730)


def test_a_shop_with_products_is_left_as_it_is():
    product = make_product()
    told: list[str] = []
    loader.load("small", tell=told.append)
    assert told == ["The shop has products already: nothing was changed."]
    assert session.scalars(select(Product.id)).all() == [product.id]


def test_an_unknown_size_is_refused():
    with pytest.raises(LookupError, match="no demo shop of size 'huge'"):
        loader.load("huge")
    assert _count(Product) == 0


def _count(table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0

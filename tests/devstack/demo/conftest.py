"""The small demo shop, reckoned once for all tests that only look at it."""

import pytest

from devstack.demo.catalog.products import Catalogue
from devstack.demo.catalog.rows import Assortment, Product
from devstack.demo.catalog.sizes import SIZES

SEED = 2026


@pytest.fixture(scope="session")
def assortments() -> list[Assortment]:
    return list(Catalogue(SIZES["small"], SEED).assortments())


@pytest.fixture(scope="session")
def products(assortments: list[Assortment]) -> list[Product]:
    return [product for assortment in assortments for product in assortment.products]

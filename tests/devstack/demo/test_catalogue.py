"""Families, gammes, brands and products: how many, how true to one another, how stable."""

import json
from collections import Counter, defaultdict
from itertools import islice
from pathlib import Path

import pytest
from stdnum import ean
from stdnum.fr import siret, tva

from devstack.demo.catalog.brands import COUNTRIES, brands
from devstack.demo.catalog.criteria import CRITERIA
from devstack.demo.catalog.gammes import FAMILIES
from devstack.demo.catalog.products import Catalogue
from devstack.demo.catalog.rows import Assortment, Product
from devstack.demo.catalog.sizes import SIZES
from devstack.demo.identity import IDENTITY
from devstack.demo.vehicles import garage
from domain.references import reference_key
from tests.devstack.demo.conftest import SEED

GAMMES = [gamme for family in FAMILIES for gamme in family.gammes]
DRAWINGS = json.loads(Path("assets/drawings/keys.json").read_text())
CLIO = 100710


def test_the_menu_is_that_of_the_trade():
    assert [family.alias for family in FAMILIES] == (
        "filtres freinage courroie-galet-poulie prechauffage-allumage direction amortisseur-suspension support-moteur "
        "embrayage transmission electrique capteurs alimentation moteur refroidissement climatisation echappement "
        "eclairage accessoires turbo"
    ).split()
    assert len(GAMMES) >= 120
    assert sum(gamme.is_top for gamme in GAMMES) == 18
    assert [gamme.name for gamme in GAMMES if not gamme.is_displayed] == ["Antenne de toit"]


@pytest.mark.parametrize("gamme", GAMMES, ids=lambda gamme: gamme.alias)
def test_a_gamme_is_complete(gamme):
    assert gamme.drawing in DRAWINGS["parts"]
    assert set(gamme.brand_keys) <= set(brands())
    assert {trait.criterion for trait in gamme.traits} <= set(CRITERIA)
    assert len({trait.criterion for trait in gamme.traits}) == len(gamme.traits)
    assert gamme.euros[0] < gamme.euros[1]
    assert gamme.grams[0] < gamme.grams[1]
    assert 40 <= len(gamme.text) <= 400


def test_names_and_numbers_are_given_once():
    assert len({gamme.id for gamme in GAMMES}) == len(GAMMES)
    assert len({gamme.alias for gamme in GAMMES}) == len(GAMMES)
    assert len({family.id for family in FAMILIES}) == 19
    assert {family.drawing for family in FAMILIES} <= set(DRAWINGS["families"])
    assert len({criterion.id for criterion in CRITERIA.values()}) == len(CRITERIA)
    # Redirected from the old shop (spec/gamme-rest.md, rule 19).
    assert next(gamme.alias for gamme in GAMMES if gamme.id == 158) == "corps-papillon"
    assert 3940 not in {gamme.id for gamme in GAMMES}


def test_brands_are_many_and_each_is_sold():
    found = brands().values()
    assert len(found) >= 30
    assert len({brand.id for brand in found}) == len({brand.name for brand in found}) == len(found)
    assert {brand.key for brand in found} == {key for gamme in GAMMES for key in gamme.brand_keys}
    assert all(1 <= brand.stars <= 6 and brand.country in COUNTRIES for brand in found)
    assert {brand.is_oes for brand in found} == {True, False}


def test_the_small_shop_has_enough(assortments: list[Assortment], products: list[Product]):
    assert len(products) >= 8_000
    assert {product.gamme.id for product in products} == {gamme.id for gamme in GAMMES}
    assert len({product.id for product in products}) == len(products)
    references = {(product.brand_id, reference_key(product.reference)) for product in products}
    assert len(references) == len(products)


def test_the_same_seed_gives_the_same_shop(assortments: list[Assortment]):
    again = list(islice(Catalogue(SIZES["small"], SEED).assortments(), 400))
    assert again == assortments[:400]
    other = list(islice(Catalogue(SIZES["small"], SEED + 1).assortments(), 400))
    assert other != assortments[:400]


def test_bar_codes_are_valid_and_claim_no_maker(products: list[Product]):
    assert len({product.ean for product in products}) == len(products)
    assert all(ean.is_valid(product.ean) and product.ean.startswith("20") for product in products)


def test_prices_deposits_and_weights_are_within_reason(products: list[Product]):
    for product in products:
        low, high = product.gamme.euros
        if product.price_cents is not None:
            assert low * 50 <= product.price_cents <= high * 130 + 100
        if product.prior_price_cents is not None:
            assert product.price_cents is not None
            assert product.prior_price_cents > product.price_cents
        assert product.deposit_cents in {0, *(euros * 100 for euros in product.gamme.deposits)}
        assert 0 < product.grams < 40_000
        assert product.pack == product.gamme.pack


def test_a_few_are_unpriced_hidden_reduced_or_sold_out(products: list[Product]):
    share = Counter()
    for product in products:
        share["unpriced"] += product.price_cents is None
        share["hidden"] += not product.is_displayed
        share["reduced"] += product.prior_price_cents is not None
        share["empty"] += product.shelf.on_hand == 0
        share["last one"] += product.shelf.on_hand == 1
        share["expected"] += product.shelf.restocked_in_days is not None
        share["deposit"] += product.deposit_cents > 0
    per_cent = {name: 100 * count / len(products) for name, count in share.items()}
    assert 1 < per_cent["unpriced"] < 2
    assert 0.5 < per_cent["hidden"] < 1.5
    assert 3 < per_cent["reduced"] < 5
    assert 9 < per_cent["empty"] < 11
    assert 4 < per_cent["last one"] < 6
    assert 3 < per_cent["expected"] < 5
    assert per_cent["deposit"] > 2


def test_rivals_of_a_group_share_sizes_and_makers_numbers_and_name_one_another(assortments: list[Assortment]):
    shared = {gamme.id: {t.criterion for t in gamme.traits if t.spread != "product"} for gamme in GAMMES}
    for assortment in assortments:
        if assortment.group is None:
            continue
        first, *others = assortment.products
        for product in others:
            assert _part(first, shared) == _part(product, shared)
            assert _numbers(first, "oem") == _numbers(product, "oem")
            assert first.reference in _numbers(product, "cross")
        assert 1 <= len(_numbers(first, "oem")) <= 4
        assert _numbers(first, "ean") == [first.ean]


def _part(product: Product, shared: dict[int, set[str]]) -> dict[str, str]:
    return {name: value for name, value in product.criteria if name in shared[product.gamme.id]}


def _numbers(product: Product, kind: str) -> list[str]:
    return [reference.number for reference in product.references if reference.kind == kind]


def test_a_disc_is_thicker_new_than_worn_and_ventilated_when_thick(products: list[Product]):
    for product in products:
        if product.gamme.alias == "disque-de-frein":
            criteria = dict(product.criteria)
            assert int(criteria["epaisseur-mini"]) < int(criteria["epaisseur"])
            assert (criteria["type-disque"] == "Ventilé") == (int(criteria["epaisseur"]) >= 18)


def test_a_group_has_vehicles_each_once_and_months_in_order(assortments: list[Assortment]):
    known = {row.id for row in garage.types()}
    for assortment in assortments:
        if assortment.group is None:
            assert all(product.gamme.is_universal for product in assortment.products)
            continue
        numbers = [fitment.type_id for fitment in assortment.group.fitments]
        assert numbers
        assert len(set(numbers)) == len(numbers)
        assert known.issuperset(numbers)
        for fitment in assortment.group.fitments:
            assert not (fitment.fitted_from and fitment.fitted_to) or fitment.fitted_from <= fitment.fitted_to
            assert len(fitment.restriction) <= 200


def test_a_popular_car_finds_nearly_everything(assortments: list[Assortment]):
    found: Counter[int] = Counter()
    for assortment in assortments:
        if assortment.group and CLIO in {fitment.type_id for fitment in assortment.group.fitments}:
            found[assortment.group.gamme_id] += len(assortment.products)
    assert sum(count >= 4 for count in found.values()) >= 60


def test_an_electric_car_gets_neither_oil_filter_nor_clutch_but_a_cabin_filter(assortments: list[Assortment]):
    electric = {row.id for row in garage.types() if row.fuel == "Électrique"}
    gammes = defaultdict(set)
    for assortment in assortments:
        if assortment.group:
            for fitment in assortment.group.fitments:
                gammes[fitment.type_id].add(assortment.group.gamme_id)
    fitted = set().union(*(gammes[number] for number in electric))
    assert not fitted & {7, 8, 9, 307, 479, 4, 2, 2234, 429}
    assert {424, 402} <= fitted


def test_a_chain_engine_gets_no_timing_belt(assortments: list[Assortment]):
    chains = {row.id for row in garage.types() if row.engine.cam_drive == "chain"}
    for assortment in assortments:
        if assortment.group and assortment.group.gamme_id in (307, 308, 309):
            assert not chains & {fitment.type_id for fitment in assortment.group.fitments}


def test_some_parts_depend_on_dates_and_conditions(assortments: list[Assortment]):
    fitments = [row for assortment in assortments if assortment.group for row in assortment.group.fitments]
    conditions = {row.restriction for row in fitments}
    assert any(row.fitted_to for row in fitments)
    assert any(row.fitted_from for row in fitments)
    assert "Système de freinage ATE" in conditions
    assert any(condition.startswith("Pour disque Ø") for condition in conditions)
    assert any(condition.startswith("Moteur ") for condition in conditions)
    assert any(condition.startswith("Jusqu'au n° de châssis") for condition in conditions)


def test_the_seller_is_nobody():
    assert IDENTITY["is_demo"] is True
    assert siret.is_valid(IDENTITY["siret"])
    assert IDENTITY["siret"].startswith("000")
    assert tva.is_valid(IDENTITY["vat_number"])

"""Sizes of the demo shop: how many of everything, the same each time, and what smaller ones share with larger."""

import hashlib
from datetime import UTC, datetime
from itertools import islice

import pytest

from devstack.demo.catalog.lines import blocks_of
from devstack.demo.catalog.products import Catalogue
from devstack.demo.catalog.rows import Assortment
from devstack.demo.catalog.sizes import SIZES
from devstack.demo.catalog.writing import Written
from devstack.demo.vehicles import garage
from tests.devstack.demo.conftest import SEED

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def test_the_same_seed_writes_the_same_lines() -> None:
    assert _digest(SEED) == _digest(SEED)
    assert _digest(SEED) != _digest(SEED + 1)


def _digest(seed: int) -> str:
    assortments = list(islice(Catalogue(SIZES["tiny"], seed).assortments(), 200))
    lines = "".join(block.lines for block in blocks_of(assortments, NOW, pictures=3))
    return hashlib.sha256(lines.encode()).hexdigest()


def test_the_small_shop_is_the_one_that_addresses_and_journeys_know(assortments: list[Assortment]) -> None:
    written = Written.of(assortments)
    assert (written.products, written.groups, written.fitments, written.references) == (
        22_695,
        12_259,
        371_685,
        107_568,
    )
    assert SIZES["small"].products == written.products


@pytest.fixture(scope="module")
def medium() -> list[Assortment]:
    return list(Catalogue(SIZES["medium"], SEED).assortments())


def test_the_medium_shop_has_what_its_size_says(medium: list[Assortment]) -> None:
    written = Written.of(medium)
    assert 39_000 <= written.products <= 41_000
    assert written.references >= 3.5 * written.products
    assert written.pairs >= 1_000_000
    references = {(product.brand_id, product.reference) for one in medium for product in one.products}
    assert len(references) == written.products


def test_versions_stand_in_groups_beside_their_type_but_automatic_ones_get_no_clutch(medium: list[Assortment]) -> None:
    automatic = {row.id for row in garage.types(SIZES["medium"].version_kinds) if row.is_automatic}
    with_filter, with_clutch = (
        {
            fitment.type_id
            for one in medium
            if one.group and one.group.gamme_id == gamme_id
            for fitment in one.group.fitments
        }
        for gamme_id in (7, 479)
    )
    assert automatic & with_filter
    assert with_clutch
    assert not automatic & with_clutch


def test_nobody_names_more_rivals_than_its_size_says(medium: list[Assortment]) -> None:
    for one in medium:
        if one.group:
            for product in one.products:
                crosses = [reference for reference in product.references if reference.kind == "cross"]
                assert len(crosses) == min(SIZES["medium"].rivals_named, len(one.products) - 1)
                assert product.reference not in {reference.number for reference in crosses}


def test_a_line_of_quality_is_named_and_priced() -> None:
    cars = (one for one in Catalogue(SIZES["full"], SEED).assortments() if one.group)
    lined = next(one for one in cars if len({product.brand_id for product in one.products}) * 3 == len(one.products))
    plain, cheaper, dearer, *_others = lined.products
    assert plain.brand_id == cheaper.brand_id == dearer.brand_id
    assert cheaper.name == f"{plain.name}, série économique"
    assert dearer.name == f"{plain.name}, avec accessoires de montage"
    assert len({plain.reference, cheaper.reference, dearer.reference}) == 3


def test_no_word_needs_to_be_escaped_for_copy(assortments: list[Assortment]) -> None:
    for block in blocks_of(assortments[:6_000], NOW, pictures=3):
        lines = block.lines.split("\n")
        assert lines.pop() == ""
        for line in lines:
            fields = line.split("\t")
            assert len(fields) == len(block.columns)
            assert all(field == r"\N" or "\\" not in field for field in fields)

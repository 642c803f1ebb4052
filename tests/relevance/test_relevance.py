"""What shoppers type finds what they mean: the real engine on the small demo shop."""

import pytest

from models.database import utc_now
from services.search import SearchQuery, search_parts
from tests.relevance.judging import QUERIES, Numbers, Shown, faults

pytestmark = pytest.mark.usefixtures("demo_shop")


def shown_for(text: str) -> Shown:
    found = search_parts(SearchQuery(text=text), at=utc_now())
    assert not found.degraded
    places = found.places
    return Shown(
        products=[row.product for row in found.rows],
        gammes=[gamme.name for gamme in places.gammes],
        vehicles=[vehicle.label for vehicle in places.vehicles],
        together=[(fit.gamme.name, fit.vehicle.label) for fit in places.together],
    )


@pytest.fixture(scope="module")
def numbers(demo_shop: None) -> Numbers:
    return Numbers.of_the_shop()


def test_there_are_enough_of_them() -> None:
    assert len(QUERIES) >= 80


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: f"{query['text']} {query.get('number', '')}".strip())
def test_what_comes_first(query: dict[str, object], numbers: Numbers) -> None:
    assert faults(query, shown_for(numbers.fill(query)), numbers) == []


def test_a_set_that_expects_something_else_is_seen_to_fail(numbers: Numbers) -> None:
    assert faults({"gamme": "Batterie"}, shown_for("plaquettes"), numbers)
    assert faults({"vehicle": "Peugeot"}, shown_for("clio 3"), numbers)
    assert faults({"every": {"brand": "Brembo"}}, shown_for("plaquettes bosch"), numbers)


@pytest.mark.parametrize("text", ["frein", "filtre bosch", "plaquettes clio 3"])
def test_the_counts_of_every_facet_add_up(text: str) -> None:
    found = search_parts(SearchQuery(text=text), at=utc_now())
    sums = {
        sum(value.count for value in values)
        for values in (found.facets.brands, found.facets.gammes, found.facets.prices)
    }
    assert len(sums) == 1
    [total] = sums
    assert found.total == min(total, 1000)


@pytest.mark.parametrize("text", ["plaquettes renault", "plaquettes 1.5 dci", "plaquettes renault 2009"])
def test_a_make_or_an_engine_leaves_the_parts_of_every_car(text: str) -> None:
    found = search_parts(SearchQuery(text=text), at=utc_now())
    every = search_parts(SearchQuery(text="plaquettes"), at=utc_now())
    assert found.places.together
    assert found.made_for is None
    assert found.total == every.total


def test_a_car_alone_finds_no_part_that_shares_a_number_with_it() -> None:
    found = search_parts(SearchQuery(text="207 1.6 hdi"), at=utc_now())
    assert found.places.vehicles
    assert not found.places.gammes
    assert not found.rows


def test_a_narrowed_facet_counts_without_itself() -> None:
    everything = search_parts(SearchQuery(text="plaquettes de frein"), at=utc_now())
    brand, other = everything.facets.brands[:2]
    narrowed = search_parts(SearchQuery(text="plaquettes de frein", brand_ids=(brand.id,)), at=utc_now())
    assert narrowed.total == brand.count
    assert other.id in [value.id for value in narrowed.facets.brands]
    assert sum(value.count for value in narrowed.facets.prices) == brand.count


def test_a_page_is_the_same_each_time_and_follows_the_one_before() -> None:
    first, second = (search_parts(SearchQuery(text="disque", page=page), at=utc_now()) for page in (1, 2))
    again = search_parts(SearchQuery(text="disque", page=2), at=utc_now())
    assert [row.product.id for row in again.rows] == [row.product.id for row in second.rows]
    assert not {row.product.id for row in first.rows} & {row.product.id for row in second.rows}

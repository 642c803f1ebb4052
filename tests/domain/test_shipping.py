from datetime import date, datetime
from typing import Any

import pytest

from domain.shipping import (
    DeliveryOption,
    NotDelivered,
    Zone,
    add_working_days,
    delivery_options,
    dispatch_day,
    public_holidays,
    total_weight,
    tracking_url,
    zone_of,
)

TUESDAY_MORNING = datetime(2026, 3, 10, 10, 0)  # noqa: DTZ001 - local time, as the rule wants it


def options(**values: Any) -> list[DeliveryOption]:
    asked: dict[str, Any] = {
        "country": "FR",
        "postal_code": "69003",
        "weight_grams": 2_500,
        "goods_cents": 50_00,
        "now": TUESDAY_MORNING,
        "free_from_cents": 100_00,
        "free_zones": ["FR_METRO", "EU"],
        "cutoff_hour": 15,
        **values,
    }
    return delivery_options(**asked)


@pytest.mark.parametrize(
    ("country", "postal_code", "zone"),
    [("FR", "69003", Zone.FR_METRO), ("FR", "20000", Zone.FR_CORSICA), ("FR", "97400", Zone.FR_DOM),
     ("MC", "98000", Zone.FR_METRO), ("DE", "10115", Zone.EU), ("PL", "00-001", Zone.EU), ("CH", "1201", Zone.WORLD)],
)  # fmt: skip
def test_it_finds_the_zone(country: str, postal_code: str, zone: Zone) -> None:
    assert zone_of(country, postal_code) == zone


@pytest.mark.parametrize(
    ("asked", "cents"),
    [
        ({}, 6_90),
        ({"weight_grams": 1_000, "goods_cents": 150_00}, 0),
        ({"postal_code": "20000", "weight_grams": 1_500}, 9_90),
        ({"country": "DE", "postal_code": "10115", "weight_grams": 3_000, "goods_cents": 80_00}, 14_90),
        ({"goods_cents": 99_99}, 6_90),
        ({"goods_cents": 100_00}, 0),
        # Corsica is not in the list of free zones.
        ({"postal_code": "20000", "goods_cents": 150_00}, 9_90),
        ({"weight_grams": 999}, 4_90),
        ({"weight_grams": 45_000}, 19_90),
    ],
)
def test_it_prices_by_the_grid(asked: dict[str, Any], cents: int) -> None:
    assert options(**asked)[0].cents == cents


def test_express_is_never_free_and_half_as_dear_again() -> None:
    standard, express = options(goods_cents=150_00)
    assert (standard.cents, standard.is_free) == (0, True)
    assert (express.cents, express.is_free) == (10_35, False)


@pytest.mark.parametrize(
    ("country", "postal_code", "field"), [("FR", "97400", "postal_code"), ("US", "10001", "country")]
)
def test_it_refuses_where_it_does_not_deliver(country: str, postal_code: str, field: str) -> None:
    with pytest.raises(NotDelivered) as refusal:
        options(country=country, postal_code=postal_code)
    assert refusal.value.field == field


def test_it_promises_working_days() -> None:
    standard = options()[0]
    assert (standard.arrives_from, standard.arrives_to) == (date(2026, 3, 12), date(2026, 3, 13))


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        (datetime(2026, 3, 10, 14, 59), date(2026, 3, 10)),  # noqa: DTZ001
        (datetime(2026, 3, 10, 15, 0), date(2026, 3, 11)),  # noqa: DTZ001
        (datetime(2026, 3, 13, 16, 0), date(2026, 3, 16)),  # noqa: DTZ001
        (datetime(2026, 3, 14, 9, 0), date(2026, 3, 16)),  # noqa: DTZ001
        # 8 May 2026 is a holiday and a Friday.
        (datetime(2026, 5, 8, 9, 0), date(2026, 5, 11)),  # noqa: DTZ001
    ],
)
def test_a_parcel_leaves_today_only_before_the_cutoff_of_a_working_day(now: datetime, leaves: date) -> None:
    assert dispatch_day(now, 15) == leaves


def test_it_knows_the_moving_holidays() -> None:
    assert {date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25)} <= public_holidays(2026)
    assert {date(2025, 4, 21), date(2025, 5, 29), date(2025, 6, 9)} <= public_holidays(2025)
    assert len(public_holidays(2026)) == 11


def test_it_steps_over_week_ends_and_holidays() -> None:
    assert add_working_days(date(2026, 4, 3), 1) == date(2026, 4, 7)


def test_an_unknown_weight_counts_for_half_a_kilo() -> None:
    assert total_weight([(None, 2), (300, 3)]) == 1_900


def test_it_links_to_the_carrier_only_when_it_can() -> None:
    assert "6A123" in (tracking_url("Colissimo", "6A123") or "")
    assert tracking_url("Inconnu", "6A123") is None
    assert tracking_url("Colissimo", "") is None

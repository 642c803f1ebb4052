"""Delivery: zone, price by weight, and the days it is promised for (spec/shipping-management.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.errors import ShopError
from domain.money import share

# An article whose weight is unknown counts for this much (rule 4).
UNKNOWN_WEIGHT_GRAMS = 500

EU_COUNTRIES = frozenset("AT BE BG CY CZ DE DK EE ES FI GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())


class Zone(StrEnum):
    """Where a parcel goes, as the tariff sees it."""

    FR_METRO = "FR_METRO"
    FR_CORSICA = "FR_CORSICA"
    FR_DOM = "FR_DOM"
    EU = "EU"
    WORLD = "WORLD"


@dataclass(frozen=True)
class Tariff:
    """Prices of a zone by weight step (grams → cents, VAT included) and its days in transit."""

    steps: tuple[tuple[int, int], ...]
    days: tuple[int, int]

    def price(self, grams: int) -> int:
        """Return the price of the highest step not above `grams`."""
        return next(cents for threshold, cents in reversed(self.steps) if threshold <= grams)


def _tariff(cents: tuple[int, int, int, int, int], days: tuple[int, int]) -> Tariff:
    return Tariff(tuple(zip((0, 1_000, 5_000, 10_000, 30_000), cents, strict=True)), days)


GRID: dict[Zone, Tariff] = {
    Zone.FR_METRO: _tariff((4_90, 6_90, 9_90, 14_90, 19_90), (2, 3)),
    Zone.FR_CORSICA: _tariff((7_90, 9_90, 14_90, 19_90, 29_90), (4, 7)),
    Zone.FR_DOM: _tariff((14_90, 19_90, 29_90, 39_90, 59_90), (4, 7)),
    Zone.EU: _tariff((9_90, 14_90, 24_90, 34_90, 49_90), (5, 8)),
    Zone.WORLD: _tariff((19_90, 39_90, 59_90, 89_90, 119_90), (10, 21)),
}

# Where French VAT applies to a consumer today; elsewhere the tax rules must come first (docs/decisions/0006).
SERVED_ZONES = frozenset({Zone.FR_METRO, Zone.FR_CORSICA, Zone.EU})

# Public carrier of each method, and where its customers follow a parcel.
TRACKING_PAGES = {
    "Colissimo": "https://www.laposte.fr/outils/suivre-vos-envois?code={number}",
    "Chronopost": "https://www.chronopost.fr/tracking-no-cms/suivi-page?listeNumerosLT={number}",
    "DHL": "https://www.dhl.com/fr-fr/home/tracking.html?tracking-id={number}",
    "UPS": "https://www.ups.com/track?loc=fr_FR&tracknum={number}",
}


@dataclass(frozen=True)
class DeliveryOption:
    """One way to deliver a cart: its price and the days between which it arrives."""

    id: str
    name: str
    cents: int
    arrives_from: date
    arrives_to: date
    is_free: bool


class NotDelivered(ShopError):
    """The shop does not deliver there."""


def zone_of(country: str, postal_code: str) -> Zone:
    """Return the tariff zone of an address (rule 1); Monaco is delivered as France."""
    if country in ("FR", "MC", ""):
        if postal_code.startswith("20"):
            return Zone.FR_CORSICA
        if postal_code.startswith(("97", "98")) and country != "MC":
            return Zone.FR_DOM
        return Zone.FR_METRO
    return Zone.EU if country in EU_COUNTRIES else Zone.WORLD


def total_weight(items: Iterable[tuple[int | None, int]]) -> int:
    """Return the grams of (grams per pack or None, packs) pairs."""
    return sum((grams or UNKNOWN_WEIGHT_GRAMS) * quantity for grams, quantity in items)


def delivery_options(
    *,
    country: str,
    postal_code: str,
    weight_grams: int,
    goods_cents: int,
    now: datetime,
    free_from_cents: int,
    free_zones: Iterable[str],
    cutoff_hour: int,
) -> list[DeliveryOption]:
    """List the deliveries offered to an address, cheapest first; `now` is local time, `goods_cents` after discounts.

    Raises NotDelivered for an address outside the served zones.
    """
    zone = zone_of(country, postal_code)
    if zone not in SERVED_ZONES:
        raise NotDelivered(
            "Nous ne livrons pas encore à cette adresse : France métropolitaine, Corse, Monaco et Union européenne.",
            field="country" if country not in ("FR", "MC") else "postal_code",
        )
    tariff = GRID[zone]
    is_free = goods_cents >= free_from_cents and zone in set(free_zones)
    leaves = dispatch_day(now, cutoff_hour)
    base = tariff.price(weight_grams)
    first, last = tariff.days
    return [
        DeliveryOption(
            "standard",
            "Livraison standard à domicile",
            0 if is_free else base,
            add_working_days(leaves, first),
            add_working_days(leaves, last),
            is_free,
        ),
        DeliveryOption(
            "express",
            "Livraison express à domicile",
            share(base, 3, 2),
            add_working_days(leaves, 1),
            add_working_days(leaves, 3 if zone != Zone.FR_METRO else 1),
            False,
        ),
    ]


def dispatch_day(now: datetime, cutoff_hour: int) -> date:
    """Return the day a parcel ordered at local time `now` leaves: today before cut-off, else the next working day."""
    today = now.date()
    if is_working_day(today) and now.hour < cutoff_hour:
        return today
    return add_working_days(today, 1)


def add_working_days(day: date, count: int) -> date:
    """Return the working day that is `count` working days after `day`."""
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day):
            count -= 1
    return day


def is_working_day(day: date) -> bool:
    """Say whether parcels move on `day`: Monday to Friday, not a French public holiday."""
    return day.weekday() < 5 and day not in public_holidays(day.year)


def public_holidays(year: int) -> frozenset[date]:
    """Return the eleven French public holidays of a year (Code du travail, L3133-1)."""
    easter = _easter(year)
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    moving = (1, 39, 50)
    return frozenset(
        [date(year, month, day) for month, day in fixed] + [easter + timedelta(days=offset) for offset in moving]
    )


def _easter(year: int) -> date:
    """Return Easter Sunday by the Gregorian rule (Meeus, Astronomical Algorithms, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def tracking_url(carrier: str, number: str) -> str | None:
    """Return the carrier's public page for a parcel, None for a carrier without one."""
    pattern = TRACKING_PAGES.get(carrier)
    return pattern.format(number=number) if pattern and number else None

"""What every template can use: money, dates, assets, the visitor's own parts."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
from babel import Locale
from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import NumberPattern, format_decimal
from flask import Flask, request, url_for
from jinja2 import StrictUndefined

from domain.slugs import slugify
from web import language

PARIS = ZoneInfo("Europe/Paris")
BUILD = Path(__file__).parent.parent / "static" / "build"


def install(app: Flask) -> None:
    """Give `app` its language, its strictness and its filters."""
    app.config.update(BABEL_DEFAULT_LOCALE="fr", BABEL_DEFAULT_TIMEZONE="Europe/Paris")
    language.install(app)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(country_choices=country_choices)
    app.jinja_env.filters.update(country=country, phone=phone)
    app.jinja_env.globals.update(
        asset=asset, money=money, number=number, date=show_date, datetime_=show_moment, same_page=same_page
    )
    app.jinja_env.filters.update(
        money=money, date=show_date, datetime=show_moment, number=number, percent=percent, ago=ago
    )


def money(cents: int) -> str:
    """Return « 126,40 € »."""
    before, group, decimal, after = _price_pattern(language.locale())
    euros, rest = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else ""
    return f"{sign}{before}{f'{euros:,}'.replace(',', group)}{decimal}{rest:02d}{after}"


@cache
def _price_pattern(locale: str) -> tuple[str, str, str, str]:
    """Return what a language writes before a price in euros, between thousands, before its cents and after it.

    Babel formats a price in a tenth of a millisecond; a list shows forty.
    """
    language_of = Locale.parse(locale)
    pattern: NumberPattern = language_of.currency_formats["standard"]
    symbols = language_of.number_symbols["latn"]
    before, after = (affix.replace("¤", "€") for affix in (pattern.prefix[0], pattern.suffix[0]))
    return before, symbols["group"], symbols["decimal"], after


def number(value: int | Decimal) -> str:
    """Return a number with the locale's grouping."""
    return format_decimal(value, locale=language.locale())


def percent(basis_points: int) -> str:
    """Return a rate in basis points as « 20 % » or « 5,5 % »."""
    return f"{format_decimal(Decimal(basis_points) / 100, locale=language.locale())} %"


def show_date(day: date | datetime, style: str = "long") -> str:
    """Return « 12 décembre 2026 » (Paris time for a moment)."""
    if isinstance(day, datetime):
        day = day.astimezone(PARIS).date()
    return _date_words(day, style, language.locale())


@lru_cache(maxsize=2_000)
def _date_words(day: date, style: str, locale: str) -> str:
    return format_date(day, style, locale=locale)


def show_moment(moment: datetime, style: str = "short") -> str:
    """Return a moment in Paris time."""
    return format_datetime(moment.astimezone(PARIS), style, locale=language.locale())


def ago(moment: datetime) -> str:
    """Return « il y a 3 h »; the exact moment belongs beside it, on hover."""
    return format_timedelta(moment - datetime.now(UTC), add_direction=True, format="short", locale=language.locale())


def country(code: str) -> str:
    """Return the name of a country by its ISO 3166-1 alpha-2 code."""
    return str(Locale.parse(language.locale()).territories.get(code, code))


def country_choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Return (code, name) pairs for a select: the first code stays first, the others by name."""
    first, *others = [(code, country(code)) for code in codes]
    return [first, *sorted(others, key=lambda pair: slugify(pair[1]))]


def phone(number: str) -> str:
    """Return a telephone number as it is read out: « 06 12 34 56 78 », « +32 470 12 34 56 »."""
    try:
        parsed = phonenumbers.parse(number, "FR")
    except phonenumbers.NumberParseException:
        return number
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, style.NATIONAL if parsed.country_code == 33 else style.INTERNATIONAL)


def same_page(**changes: Any) -> str:
    """Return this page's address with query parameters changed; None removes one, a list repeats it."""
    query: dict[str, Any] = request.args.to_dict(flat=False)
    query.update(changes)
    kept = {name: value for name, value in query.items() if value not in (None, [], "")}
    return url_for(request.endpoint or "", **(request.view_args or {}), **kept)


def asset(name: str) -> str:
    """Return the address of a built file by its plain name: `asset("storefront.css")`."""
    return f"/static/build/{_manifest()[name]}"


@cache
def _manifest() -> dict[str, str]:
    built: dict[str, str] = json.loads((BUILD / "manifest.json").read_text())
    return built

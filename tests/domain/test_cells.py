"""Cells as people and spreadsheets write them."""

import pytest

from domain import cells
from domain.cells import CellError


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("12", 1200),
        ("12,5", 1250),
        ("12.50", 1250),
        (",5", 50),
        ("1 234,56", 123456),
        ("1\u202f234,56 €", 123456),
        ("1.234,56", 123456),
        ("1,234.56", 123456),
        ("1'234.56", 123456),
        ("1.234.567", None),
        ("12.34,56", None),
        ("1,2,3", None),
        ("123.456,7", 12345670),
        ("12,345", 1235),
        ("12,344", 1234),
        ("0,005", 1),
        ("49,90 EUR TTC", 4990),
        ("999999,99", 99999999),
        ("1000000", None),
        ("0", None),
        ("0,004", None),
        ("-1", None),
        ("1e3", None),
        ("NaN", None),
        ("Infinity", None),
        ("12,5,", None),
        ("٣", None),
        ("9" * 500, None),
    ],
)
def test_money(typed, cents):
    if cents is None:
        with pytest.raises(CellError):
            cells.cents()(typed)
    else:
        assert cells.cents()(typed) == str(cents)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-31", "2026-12-31"),
        ("31/12/2026", "2026-12-31"),
        ("1.2.2026", "2026-02-01"),
        ("20261231", "2026-12-31"),
        ("2026-12-31T10:00:00Z", "2026-12-31"),
        ("31/02/2026", None),
        ("31/12/26", None),
        ("12/31/2026", None),
        ("demain", None),
    ],
)
def test_days(typed, day):
    if day is None:
        with pytest.raises(CellError):
            cells.day(typed)
    else:
        assert cells.day(typed) == day


@pytest.mark.parametrize(
    ("typed", "month"),
    [("03/2009", "2009-03-01"), ("200903", "2009-03-01"), ("2009-03", "2009-03-01"), ("2009", "2009-01-01"),
     ("15/03/2009", "2009-03-01"), ("13/2009", None), ("200913", None), ("1066", None)],
)  # fmt: skip
def test_months(typed, month):
    if month is None:
        with pytest.raises(CellError):
            cells.month(typed)
    else:
        assert cells.month(typed) == month


def test_whole_numbers_in_groups():
    read = cells.whole(0, 10_000_000)
    assert [read(text) for text in ("1.234.567", "1,234,567", "1 234 567", "12,0")] == ["1234567"] * 3 + ["12"]


def test_yes_no_weights_rates_and_codes():
    assert [cells.yes_no(word) for word in ("Oui", "X", "1", "Masqué", "faux")] == ["t", "t", "t", "f", "f"]
    assert [cells.grams(1000)(text) for text in ("0,8", "800 g", "1.5 kg")] == ["800", "800", "1500"]
    assert [cells.vat(text) for text in ("20", "5,5 %", "0.2", "0")] == ["2000", "550", "2000", "0"]
    assert cells.codes(40)("K9K 766, K9K 768/K9K 766") == "K9K 766|K9K 768"
    assert cells.ean("3 165143-000001") == "3165143000001"
    with pytest.raises(CellError, match="tableur"):
        cells.ean("3.16514E+12")


def test_entities_are_decoded_once_and_formulas_made_harmless():
    assert cells.clean(" Joint &amp;amp; vis\u00a0") == "Joint &amp; vis"
    for formula in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1"):
        assert cells.safe_for_spreadsheets(formula) == f"'{formula}"
    with pytest.raises(CellError):
        cells.clean("a\x00b")

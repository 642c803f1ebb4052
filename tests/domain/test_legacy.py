"""How the old shop wrote values down, and what they mean."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.legacy import values
from domain.legacy.orders import note_of, read_amounts, read_line, read_states, state_of
from domain.legacy.parts import ean_of, full_name, pack_of, read_price
from domain.legacy.people import country_of, email_of, hash_format, phone_of
from domain.legacy.rows import Row
from domain.legacy.values import Unreadable
from domain.orders import OrderStatus


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        (None, ""),
        ("  deux \t mots\n", "deux mots"),
        ("&Eacute;clairage", "Éclairage"),
        ("R&amp;D", "R&D"),
        ("&amp;eacute;", "&eacute;"),
        ("AT&T", "AT&T"),
        ("Ã‰lectricitÃ©", "Électricité"),
        ("Ã\xa0 gauche", "à gauche"),
        ("Électricité", "Électricité"),
        ("50 € – « été »", "50 € – « été »"),
        ("Škoda", "Škoda"),
        ("à«« B", "à«« B"),
    ],
)
def test_texts_are_trimmed_and_repaired_once(raw: str | None, meant: str) -> None:
    assert values.text(raw) == meant


# « â€ » is how quotation marks look when misread; nobody writes it.
PROPER = st.text(alphabet="aàâçéèêëîïôùûüœ€ABC «»’123", max_size=30).filter(lambda text: "â€" not in text)


@given(PROPER)
def test_proper_french_is_never_repaired(proper: str) -> None:
    assert values.repair_encoding(proper) == proper


@given(PROPER)
def test_what_was_once_misread_comes_back(proper: str) -> None:
    misread = "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in proper.encode()
    )
    assert values.repair_encoding(misread) == proper


@pytest.mark.parametrize("raw", ["a\x00b", "bip\x07", "a\x9fb"])
def test_control_characters_are_refused(raw: str) -> None:
    with pytest.raises(Unreadable, match="caractère de contrôle"):
        values.text(raw)


@pytest.mark.parametrize(
    ("raw", "meant"), [("", None), (None, None), (" 12 ", 12), ("0012", 12), ("12.0", 12), ("-3", -3), ("0", 0)]
)
def test_whole_numbers(raw: str | None, meant: int | None) -> None:
    assert values.integer(raw) == meant


@pytest.mark.parametrize("raw", ["12a", "1 2", "12.5", "99999999999", "١٢x"])
def test_what_is_no_whole_number_is_refused(raw: str) -> None:
    with pytest.raises(Unreadable):
        values.integer(raw)


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("12,50", "12.50"),
        ("12.50", "12.50"),
        ("1 234,56", "1234.56"),
        ("1\u00a0234,56 €", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("-0,5", "-0.5"),
        (".5", "0.5"),
    ],
)
def test_decimals_with_point_or_comma(raw: str, meant: str) -> None:
    assert values.decimal(raw) == Decimal(meant)


@pytest.mark.parametrize("raw", ["sur devis", "1.2.3", "1e5", "NaN", "--1"])
def test_what_is_no_decimal_is_refused(raw: str) -> None:
    with pytest.raises(Unreadable):
        values.decimal(raw)


@pytest.mark.parametrize("raw", ["1", "t", "true", "TRUE", "Y", "oui"])
def test_yes(raw: str) -> None:
    assert values.flag(raw) is True


@pytest.mark.parametrize("raw", ["0", "f", "false", "N", "non"])
def test_no(raw: str) -> None:
    assert values.flag(raw, default=True) is False


def test_neither_yes_nor_no() -> None:
    assert values.flag("", default=True) is True
    assert values.flag(None) is False
    with pytest.raises(Unreadable):
        values.flag("2")


SUMMER = datetime(2021, 7, 4, 8, 20, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("2021-07-04 10:20:30", SUMMER),
        ("2021-07-04T10:20:30", SUMMER),
        ("2021-07-04T08:20:30Z", SUMMER),
        ("2021-07-04T08:20:30.000+00:00", SUMMER),
        ("04/07/2021 10:20:30", SUMMER),
        ("1625386830", SUMMER),
        ("1625386830000", SUMMER),
        ("2021-01-04", datetime(2021, 1, 3, 23, tzinfo=UTC)),
        ("0000-00-00 00:00:00", None),
        ("0000-00-00", None),
        ("", None),
        ("0", None),
        (None, None),
    ],
)
def test_dates_of_every_shape(raw: str | None, meant: datetime | None) -> None:
    assert values.moment(raw) == meant


@pytest.mark.parametrize("raw", ["hier", "31/02/2021", "2021-13-01", "2021"])
def test_what_is_no_date_is_refused(raw: str) -> None:
    with pytest.raises(Unreadable):
        values.moment(raw)


def test_months_of_production() -> None:
    assert values.month("2005", "9") == date(2005, 9, 1)
    assert values.month("2005", "") == values.month("2005", "13") == date(2005, 1, 1)
    assert values.month("0", "5") is None
    with pytest.raises(Unreadable):
        values.month("20005", "1")


def test_a_row_shows_no_secret() -> None:
    row = Row.of({"cst_id": "1", "cst_pswd": "x", "cst_keylog": "y", "ord_info": 'a "https://bank/ipn" b'})
    assert row.as_json() == (
        '{"cst_id": "1", "cst_pswd": "(non repris)", "cst_keylog": "(non repris)", "ord_info": "a \\"(adresse)\\" b"}'
    )


def price(**changes: str) -> Row:
    return Row.of({f"pri_{name}": value for name, value in ({"dispo": "1", "vente_ttc": "10"} | changes).items()})


def test_only_what_is_for_sale_has_a_price() -> None:
    assert read_price(price(dispo="0")) is None
    assert read_price(price(vente_ttc="0")) is None
    assert read_price(price(vente_ttc="")) is None
    found = read_price(price(consigne_ttc="5", tva="5,5"))
    assert found is not None
    assert (found.price_cents(2), found.deposit_cents(2), found.vat_basis_points) == (2000, 1000, 550)


def test_the_highest_type_wins_then_the_latest_then_the_cheapest() -> None:
    rows = [
        price(type="2", vente_ttc="1", date_from="2019-01-01"),
        price(type="10", vente_ttc="30", date_from="2020-01-01"),
        price(type="10", vente_ttc="20", date_from="2021-01-01"),
        price(type="10", vente_ttc="25", date_from="2021-01-01"),
    ]
    best = max(found for found in map(read_price, rows) if found)
    assert best.price_cents(1) == 2000


def test_eans_packs_and_names() -> None:
    assert [ean_of(text) for text in ("4 006633-000017", "12AB", "00000000", "1234567")] == [
        "4006633000017",
        "",
        "",
        "",
    ]
    assert [pack_of(number) for number in (None, 0, 2, 9999, -1)] == [1, 1, 2, None, None]
    assert full_name("Disque de frein", "Avant", "avant ventilé Disque") == "Disque de frein ventilé"


def test_countries_mails_phones() -> None:
    assert [country_of(text) for text in ("", "FRANCE", "Réunion", "be", "Royaume-Uni", "Syldavie")] == [
        *("FR", "FR", "RE", "BE", "GB"),
        None,
    ]
    assert email_of("A@B.FR") == "a@b.fr"
    with pytest.raises(Unreadable):
        email_of("a@b")
    assert phone_of("", "06.12.34.56.78") == "+33612345678"
    assert phone_of("poste 12", "") == "poste 12"


@pytest.mark.parametrize(
    ("stored", "kind"),
    [
        ("$2y$10$abc", "bcrypt"),
        ("a" * 32, "md5"),
        ("f" * 40, "sha1"),
        ("iml.MwGX5hanc", "des"),
        ("$1$x$y", "md5-crypt"),
        ("azerty", "plain"),
        ("", "none"),
        (None, "none"),
    ],
)
def test_ways_of_keeping_a_password(stored: str | None, kind: str) -> None:
    assert hash_format(stored) == kind


def amounts(**changes: str | None) -> Row:
    fields = {"amount_ttc": "50", "deposit_ttc": "10", "shipping_fee_ttc": "5", "total_ttc": "65", "total_ht": None}
    return Row.of({f"ord_{name}": value for name, value in (fields | changes).items()})


def test_amounts_add_up_whatever_was_written() -> None:
    for total in ("65", "70", "60", "15"):
        found = read_amounts(amounts(total_ttc=total), "ord_")
        assert found.total == found.goods - found.discount + found.deposit + found.shipping == int(total) * 100
    assert read_amounts(amounts(total_ttc=None), "ord_").total == 6500
    with pytest.raises(Unreadable):
        read_amounts(amounts(total_ttc="14"), "ord_")


def test_vat_is_what_was_written_or_else_estimated() -> None:
    told = read_amounts(amounts(total_ht="54,16"), "ord_")
    assert (told.vat, told.is_vat_estimated) == (1084, False)
    for nothing in (None, "0", "999"):
        guessed = read_amounts(amounts(total_ht=nothing), "ord_")
        assert (guessed.vat, guessed.is_vat_estimated) == (1083, True)


def test_a_line_is_its_total() -> None:
    def line(**fields: str) -> Row:
        return Row.of({f"orl_art_{name}": value for name, value in fields.items()})

    found = read_line(line(quantity="3", price_sell_unit_ttc="10", price_sell_ttc="29"), "orl_", "price_sell")
    assert found is not None
    assert (found.unit * found.quantity - found.discount, found.total) == (2900, 2900)
    dearer = read_line(line(quantity="3", price_sell_unit_ttc="1", price_sell_ttc="10"), "orl_", "price_sell")
    assert dearer is not None
    assert (dearer.unit * 3 - dearer.discount, dearer.total) == (1000, 1000)
    assert read_line(line(quantity="1"), "orl_", "deposit") is None


def test_states() -> None:
    states = read_states({"1": "pending", "5": "delivered"})

    def state(status: str, *, is_paid: bool, note: str = "") -> OrderStatus:
        return state_of(status, is_paid=is_paid, note=note, states=states)

    assert state("1", is_paid=True) == OrderStatus.PAID
    assert state("1", is_paid=False) == state("77", is_paid=False) == OrderStatus.PENDING
    assert state("5", is_paid=False) == OrderStatus.DELIVERED
    assert state("5", is_paid=True, note="Commande [ANNULÉE]") == OrderStatus.CANCELLED
    with pytest.raises(Unreadable):
        read_states({"1": "perdue"})


def test_notes_lose_their_addresses() -> None:
    assert note_of('{"gateway": "x", "notify_url": "abc", "meta": {"page": "https://a.b", "n": 1}}') == (
        "gateway : x\nmeta.n : 1"
    )
    assert note_of("Appeler avant [ANNULÉE]") == "Appeler avant"
    assert note_of('["a"]') == '["a"]'

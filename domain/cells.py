"""Cells of other people's files, read into what the shop stores: money, numbers, dates, yes and no, part numbers.

Every reader takes a trimmed, non-empty text and returns the canonical text of its value (cents, ISO dates, t/f), or
raises CellError with a French sentence that says how to mend the cell.
"""

import html
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from domain.money import to_cents
from domain.references import reference_key

Reader = Callable[[str], str]

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MONEY_SIGNS = re.compile(r"€|EUR(?:OS?)?|TTC|HT", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_GROUPS = re.compile(r"[+-]?[0-9]{1,3}(?:[.,][0-9]{3})+")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:(?:\.[0-9]{3}){2,}|(?:,[0-9]{3}){2,})")
MAX_CENTS = 999_999_99
_YES = frozenset("1 oui o vrai v true t yes y x on actif active disponible affiche".split())
_NO = frozenset("0 non n faux f false no off inactif inactive indisponible masque".split())


class CellError(ValueError):
    """A cell that cannot be read; its text is the sentence for whoever wrote the file."""


def clean(cell: str) -> str:
    """Return a cell trimmed, its HTML entities decoded once (spec/cross-cutting.md §8); raises CellError."""
    if "&" in cell:
        cell = html.unescape(cell)
    cell = cell.strip(" \t\r\n\u00a0\u202f\ufeff")
    if _CONTROL.search(cell):
        raise CellError("Retirez les caractères de contrôle de cette cellule.")
    return cell


def text(longest: int) -> Reader:
    """Return the reader of one line of text of at most `longest` characters."""

    def read(cell: str) -> str:
        line = " ".join(cell.split())
        if len(line) > longest:
            raise CellError(f"Au plus {longest} caractères ; il y en a {len(line)}.")
        return line

    return read


def prose(longest: int) -> Reader:
    """Return the reader of a text of several lines of at most `longest` characters."""

    def read(cell: str) -> str:
        if len(cell) > longest:
            raise CellError(f"Au plus {longest} caractères ; il y en a {len(cell)}.")
        return cell

    return read


def part_number(cell: str) -> str:
    """Return a part number as it is written; refuses what has no letter nor digit."""
    if not reference_key(cell):
        raise CellError("Une référence a au moins une lettre ou un chiffre.")
    return text(60)(cell)


def part_key(cell: str) -> str:
    """Return the comparable form of a part number; what is wrong with it is said where it is read itself."""
    return reference_key(cell)[:60]


def decimal(cell: str) -> Decimal:
    """Return a number written with a decimal comma or point, thousands apart or not; raises CellError."""
    plain = _SPACES.sub("", cell).replace("'", "").replace("’", "")
    comma, point = plain.rfind(","), plain.rfind(".")
    if _THOUSANDS.fullmatch(plain):
        plain = re.sub(r"[.,]", "", plain)
    elif comma >= 0 and point >= 0:
        whole, _mark, rest = plain.rpartition("," if comma > point else ".")
        if _GROUPS.fullmatch(whole):
            plain = f"{re.sub(r'[.,]', '', whole)}.{rest}"
    plain = plain.replace(",", ".")
    if plain.startswith("."):
        plain = f"0{plain}"
    try:
        if not _NUMBER.fullmatch(plain) or len(plain) > 20:
            raise InvalidOperation
        return Decimal(plain)
    except InvalidOperation:
        raise CellError("Ce n'est pas un nombre : écrivez par exemple 1234,56.") from None


def cents(*, may_be_zero: bool = False) -> Reader:
    """Return the reader of an amount in euros, given back in cents, rounded half-up once (domain/money.py)."""

    def read(cell: str) -> str:
        amount = decimal(_MONEY_SIGNS.sub("", cell))
        if amount < 0:
            raise CellError("Un montant ne peut pas être négatif.")
        whole = to_cents(amount)
        if whole == 0 and not may_be_zero:
            raise CellError("Un prix est supérieur à zéro ; laissez la cellule vide s'il n'y en a pas.")
        if whole > MAX_CENTS:
            raise CellError("Au plus 999 999,99 €.")
        return str(whole)

    return read


def exact_euros(cell: str) -> str:
    """Return a price before VAT as an exact decimal: cents come after the VAT, so nothing is rounded twice."""
    amount = decimal(_MONEY_SIGNS.sub("", cell))
    if amount <= 0:
        raise CellError("Un prix est supérieur à zéro ; laissez la cellule vide s'il n'y en a pas.")
    if amount > MAX_CENTS // 100:
        raise CellError("Au plus 999 999,99 €.")
    return str(amount)


def vat(cell: str) -> str:
    """Return a VAT rate in percent as basis points; a fraction such as 0,2 is read as 20 %."""
    rate = decimal(cell.replace("%", ""))
    if 0 < rate < 1:
        rate *= 100
    points = rate * 100
    if points < 0 or points > 10_000 or points != points.to_integral_value():
        raise CellError("Un taux de TVA va de 0 à 100 %, à deux décimales.")
    return str(int(points))


def whole(low: int, high: int) -> Reader:
    """Return the reader of a whole number between two bounds; « 12,0 » is one too."""

    def read(cell: str) -> str:
        number = decimal(cell)
        if number != number.to_integral_value():
            raise CellError("Écrivez un nombre entier.")
        if number < low:
            raise CellError("Ce nombre ne peut pas être négatif." if low == 0 else f"Au moins {low}.")
        if number > high:
            raise CellError(f"Au plus {high}.")
        return str(int(number))

    return read


identity = whole(1, 2**53)


def grams(per_unit: int) -> Reader:
    """Return the reader of a weight in grams (1) or kilograms (1000); a unit in the cell outranks the column's."""

    def read(cell: str) -> str:
        lower = cell.lower().rstrip(". ")
        factor = per_unit
        for suffix, grams_of_unit in (("kg", 1000), ("grammes", 1), ("gr", 1), ("g", 1)):
            if lower.endswith(suffix):
                lower, factor = lower.removesuffix(suffix), grams_of_unit
                break
        weight = int((decimal(lower) * factor).to_integral_value())
        if not 0 < weight <= 2_000_000:
            raise CellError("Un poids va de 1 g à 2 000 kg ; laissez la cellule vide s'il est inconnu.")
        return str(weight)

    return read


def ean(cell: str) -> str:
    """Return an EAN of 8 to 14 digits; spreadsheets that wrote 3.16592E+12 have lost its digits."""
    digits = re.sub(r"[\s.-]", "", cell)
    if "E+" in cell.upper():
        raise CellError("Le tableur a abrégé ce code : mettez la colonne au format texte et exportez à nouveau.")
    if not digits.isascii() or not digits.isdigit() or not 8 <= len(digits) <= 14:
        raise CellError("Un code EAN a de 8 à 14 chiffres.")
    return digits


def yes_no(cell: str) -> str:
    """Return t or f for the many ways of saying yes and no."""
    word = cell.lower().replace("é", "e")
    if word in _YES:
        return "t"
    if word in _NO:
        return "f"
    raise CellError("Écrivez oui ou non (ou 1, 0).")


_DAY_SHAPES = (
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:[T ]\d{2}:\d{2}.*)?"),
    re.compile(r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})(?: \d{2}:\d{2}.*)?"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
)
_MONTH_SHAPES = (
    re.compile(r"(?P<m>\d{1,2})[-/.](?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})[-/.]?(?P<m>\d{2})"),
    re.compile(r"(?P<y>\d{4})"),
)


def day(cell: str) -> str:
    """Return a day: 2026-12-31, 31/12/2026, 31.12.2026 or 20261231."""
    return _date(cell, _DAY_SHAPES, "Écrivez une date comme 31/12/2026.").isoformat()


def month(cell: str) -> str:
    """Return the first day of a month: 03/2009, 2009-03, 200903 (TecDoc), a year alone or a whole date."""
    found = _date(cell, (*_DAY_SHAPES, *_MONTH_SHAPES), "Écrivez un mois comme 03/2009.")
    return found.replace(day=1).isoformat()


def year(cell: str) -> str:
    """Return the year of a year, a month or a date."""
    return str(_date(cell, (*_DAY_SHAPES, *_MONTH_SHAPES), "Écrivez une année comme 2009.").year)


def _date(cell: str, shapes: tuple[re.Pattern[str], ...], sentence: str) -> date:
    for shape in shapes:
        if match := shape.fullmatch(cell):
            parts = match.groupdict()
            try:
                found = date(int(parts["y"]), int(parts.get("m") or 1), int(parts.get("d") or 1))
            except ValueError:
                break
            if 1900 <= found.year <= 2100:
                return found
            break
    raise CellError(sentence)


def number_kind(cell: str) -> str:
    """Return oem, cross or ean for what a file calls the kind of another number."""
    word = re.sub(r"[^a-z]", "", cell.lower().replace("é", "e"))
    for kind, words in _NUMBER_KINDS.items():
        if word in words:
            return kind
    raise CellError("Écrivez oem (origine), cross (concurrent) ou ean.")


_NUMBER_KINDS = {
    "oem": frozenset("oem oe origine constructeur oenumber oen".split()),
    "cross": frozenset("cross concurrent correspondance equivalence iam aftermarket tradenumber".split()),
    "ean": frozenset("ean gtin codebarres barcode".split()),
}


def codes(longest: int) -> Reader:
    """Return the reader of several codes in one cell, given back apart by « | », each at most `longest` long."""

    def read(cell: str) -> str:
        found = dict.fromkeys(part for raw in re.split(r"[,;|/\n]", cell) if (part := " ".join(raw.split())))
        for code in found:
            if len(code) > longest:
                raise CellError(f"Au plus {longest} caractères par code.")
        return "|".join(found)

    return read


def safe_for_spreadsheets(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: a quote goes before = + - @ and tabs."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell

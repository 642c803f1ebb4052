"""Values of the old database, where everything is text: each reader returns the value, None when there is none.

They raise Unreadable, with a reason to keep beside the row, when a text is there but says nothing known.
"""

import html
import re
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
# What a whole number may be: PostgreSQL's integer, so that no identifier overflows a column.
LARGEST = 2_147_483_647

_TRUE = frozenset("1 t true y yes o oui vrai".split())
_FALSE = frozenset("0 f false n no non faux".split())
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
# U+0080 to U+009F are control characters too, but stand for bytes of mojibake until that is repaired.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_WHOLE = re.compile(r"[+-]?\d{1,18}(?:\.0*)?")
_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_ZERO_DATE = re.compile(r"0000-00-00(?:[T ]00:00:00(?:\.0+)?)?|00/00/0000")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_FRENCH = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})(?:[ T](\d\d?):(\d\d)(?::(\d\d))?)?")
_UNIX = re.compile(r"\d{9,10}|\d{13}")


class Unreadable(ValueError):
    """A text of the old database that means nothing; its words are the reason that the report gives."""


def text(raw: str | None) -> str:
    """Return a text on one line, trimmed, entities decoded once, mojibake repaired once, "" for none.

    Raises Unreadable for control characters.
    """
    return " ".join(long_text(raw).split())


def long_text(raw: str | None) -> str:
    """Return a text as `text` does, with its line breaks kept."""
    if raw is None:
        return ""
    decoded = repair_encoding(raw)
    if _ENTITY.search(decoded):
        decoded = html.unescape(decoded)
    if _CONTROL.search(decoded):
        raise Unreadable(f"caractère de contrôle dans « {_CONTROL.sub('?', decoded)[:60]} »")
    return decoded.strip()


def html_text(raw: str | None) -> str:
    """Return a text with markup: its entities are part of it, unless the markup itself was written in entities."""
    decoded = repair_encoding(raw or "")
    if "<" not in decoded:
        return long_text(decoded)
    if _CONTROL.search(decoded):
        raise Unreadable("caractère de contrôle")
    return decoded.strip()


def repair_encoding(raw: str) -> str:
    """Return UTF-8 that was once read as cp1252 as it was meant; anything that is not certainly that stays as it is."""
    if raw.isascii():
        return raw
    encoded = bytearray()
    for character in raw:
        try:
            encoded += character.encode("cp1252")
        except UnicodeEncodeError:
            if ord(character) > 0xFF:
                return raw
            # cp1252 has five holes, which old converters filled with the byte itself.
            encoded.append(ord(character))
    try:
        # Strict: one proper « é » among the text makes it invalid UTF-8, so the text was right already. And what comes
        # out must be letters of the old shop's own: « à«« » would be a Gujarati digit.
        repaired = encoded.decode("utf-8")
        repaired.encode("cp1252")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return raw
    return repaired


def integer(raw: str | None) -> int | None:
    """Return a whole number, None for '' and null; « 12.0 » is 12."""
    stripped = (raw or "").strip()
    if not stripped:
        return None
    if not _WHOLE.fullmatch(stripped):
        raise Unreadable(f"« {_shown(stripped)} » n'est pas un nombre entier")
    number = int(stripped.partition(".")[0])
    if abs(number) > LARGEST:
        raise Unreadable(f"« {_shown(stripped)} » est trop grand")
    return number


def identifier(raw: str | None) -> int | None:
    """Return the id of another row, None for '', null and 0."""
    number = integer(raw)
    if number is not None and number < 0:
        raise Unreadable(f"« {number} » n'est pas un identifiant")
    return number or None


def decimal(raw: str | None) -> Decimal | None:
    """Return a decimal number written with a point or a comma, spaces between thousands, None for '' and null."""
    stripped = re.sub(r"[\s\u00a0\u202f€]", "", raw or "")
    if not stripped:
        return None
    if "," in stripped:
        # « 1.234,56 »: the point parts thousands; « 1,234.56 »: the comma does.
        is_french = stripped.rfind(",") > stripped.rfind(".")
        stripped = stripped.replace(".", "").replace(",", ".") if is_french else stripped.replace(",", "")
    if not _DECIMAL.fullmatch(stripped):
        raise Unreadable(f"« {_shown(raw or '')} » n'est pas un nombre")
    try:
        return Decimal(stripped)
    except InvalidOperation as error:
        raise Unreadable(f"« {_shown(raw or '')} » n'est pas un nombre") from error


def flag(raw: str | None, *, default: bool = False) -> bool:
    """Return a yes or no written '1', 't', 'true', 'Y'…; `default` for '' and null."""
    stripped = (raw or "").strip().lower()
    if not stripped:
        return default
    if stripped in _TRUE:
        return True
    if stripped in _FALSE:
        return False
    raise Unreadable(f"« {_shown(stripped)} » n'est ni oui ni non")


def moment(raw: str | None) -> datetime | None:
    """Return a point in time in UTC; without an offset it was Paris time. None for '', null and the zero date."""
    stripped = (raw or "").strip()
    if not stripped or _ZERO_DATE.fullmatch(stripped) or stripped == "0":
        return None
    try:
        found = _read_moment(stripped)
    except (ValueError, OverflowError, OSError) as error:
        raise Unreadable(f"« {_shown(stripped)} » n'est pas une date") from error
    return found.astimezone(UTC)


def _read_moment(stripped: str) -> datetime:
    if _UNIX.fullmatch(stripped):
        return datetime.fromtimestamp(int(stripped[:10]), UTC)
    if match := _FRENCH.fullmatch(stripped):
        day, month, year, hour, minute, second = (int(part or 0) for part in match.groups())
        return datetime(year, month, day, hour, minute, second, tzinfo=PARIS)
    if not _ISO.match(stripped):
        raise ValueError(stripped)
    found = datetime.fromisoformat(stripped)
    return found if found.tzinfo else found.replace(tzinfo=PARIS)


def month(year: str | None, number: str | None) -> date | None:
    """Return the first day of a month of production: January when the month is missing, None without a year."""
    in_year = integer(year)
    if not in_year:
        return None
    if not 1900 <= in_year <= 2100:
        raise Unreadable(f"« {in_year} » n'est pas une année")
    in_month = integer(number) or 1
    return date(in_year, in_month if 1 <= in_month <= 12 else 1, 1)


def _shown(raw: str) -> str:
    return _CONTROL.sub("?", raw)[:60]

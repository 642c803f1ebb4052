"""People and addresses as the old shop kept them (spec/auth.md, rule 3; spec/legacy-schema.md)."""

import re
import unicodedata

import phonenumbers

from domain.legacy.rows import Row
from domain.legacy.values import Unreadable

HOME = "FR"
_COUNTRIES = {
    "FR": "france fr fra f 250 metropole francemetropolitaine corse", "MC": "monaco mc", "BE": "belgique belgium be",
    "CH": "suisse switzerland ch", "LU": "luxembourg lu", "DE": "allemagne germany deutschland de",
    "ES": "espagne spain espana es", "IT": "italie italy italia it", "PT": "portugal pt",
    "NL": "paysbas netherlands hollande nl", "GB": "royaumeuni angleterre grandebretagne uk gb", "AD": "andorre ad",
    "GP": "guadeloupe gp", "MQ": "martinique mq", "GF": "guyane guyanefrancaise gf", "RE": "reunion lareunion re",
    "YT": "mayotte yt", "NC": "nouvellecaledonie nc", "PF": "polynesiefrancaise tahiti pf", "PL": "pologne poland pl",
    "AT": "autriche austria at", "IE": "irlande ireland ie", "DZ": "algerie dz", "MA": "maroc ma", "TN": "tunisie tn",
}  # fmt: skip
_ISO2 = {spelled: code for code, names in _COUNTRIES.items() for spelled in names.split()}
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")
_HEX = re.compile(r"[0-9a-fA-F]+")


def country_of(text: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country's name or code, France for none, None for an unknown one."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    spelled = re.sub(r"[^a-z0-9]", "", plain)
    return _ISO2.get(spelled) if spelled else HOME


def email_of(text: str) -> str:
    """Return an address of e-mail in lower case; raises Unreadable when it is none."""
    lowered = text.lower()
    if len(lowered) > 254 or not _EMAIL.fullmatch(lowered):
        raise Unreadable(f"« {text[:60]} » n'est pas une adresse électronique")
    return lowered


def phone_of(*texts: str) -> str:
    """Return the first telephone number, international where it is one, else as it was written, cut at 20."""
    written = [text for text in texts if text]
    for text in written:
        try:
            number = phonenumbers.parse(text, HOME)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written[0][:20] if written else ""


def civility_of(text: str) -> str:
    """Return « M », « Mme » or nothing."""
    plain = text.lower().rstrip(".")
    if plain in ("m", "mr", "monsieur", "1"):
        return "M"
    return "Mme" if plain in ("mme", "mlle", "madame", "mademoiselle", "2", "3") else ""


def siret_of(text: str) -> str | None:
    """Return the 14 digits of a SIRET, None for anything else."""
    digits = re.sub(r"[\s.]", "", text)
    return digits if re.fullmatch(r"[0-9]{14}", digits) else None


def hash_format(stored: str | None) -> str:
    """Return how a password is kept: bcrypt, md5, sha1, des, md5-crypt, plain or none (spec/auth.md, rule 3)."""
    if not stored:
        return "none"
    if stored.startswith("$2"):
        return "bcrypt"
    if stored.startswith("$1$"):
        return "md5-crypt"
    if _HEX.fullmatch(stored) and len(stored) in (32, 40):
        return "md5" if len(stored) == 32 else "sha1"
    return "des" if len(stored) == 13 else "plain"


def address_of(row: Row, prefix: str, *, company: str = "") -> dict[str, str] | None:
    """Return the postal address in the columns that begin with `prefix`, None when nothing can be sent there."""
    line, postal_code = row.text(f"{prefix}address"), row.text(f"{prefix}zip_code").upper()
    city = row.text(f"{prefix}city", most=100)
    if not line or not postal_code or not city or len(postal_code) > 12:
        return None
    first, second = _two_lines(line)
    return {
        "first_name": row.text(f"{prefix}fname", most=100),
        "last_name": row.text(f"{prefix}name", most=100),
        "company": company,
        "line1": first,
        "line2": second,
        "postal_code": postal_code,
        "city": city,
        "country": country_of(row.text(f"{prefix}country")) or HOME,
        "phone": phone_of(row.text(f"{prefix}gsm"), row.text(f"{prefix}tel")),
    }


def _two_lines(line: str) -> tuple[str, str]:
    """Break a long address at a space: no line may be longer than a carrier's label."""
    if len(line) <= 100:
        return line, ""
    at = line.rfind(" ", 0, 100)
    at = at if at > 0 else 100
    rest = line[at:].strip()
    if len(rest) > 120:
        raise Unreadable("adresse de plus de 220 caractères")
    return line[:at], rest

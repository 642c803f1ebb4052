"""What the bank receives: fields in the order sent, their seal, and the rules of the hosted page."""

import hashlib
import hmac
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl
from xml.etree import ElementTree

Fields = Sequence[tuple[str, str]]

MOST_FIELDS = 100
HASHES = ("SHA512", "SHA384", "SHA256", "SHA224")
CURRENCIES = {"978": "EUR", "840": "USD", "826": "GBP"}
# Ours, for tests and tools: they say which story to play and are no part of what the shop sealed.
STANDIN = "STANDIN_"


@dataclass(frozen=True)
class Contract:
    """What identifies the shop at the bank, and the key they share (hexadecimal)."""

    site: str
    rang: str
    identifiant: str
    hmac_key: str


def read_form(body: bytes) -> list[tuple[str, str]]:
    """Return the fields of a form body in the order sent; ValueError when it is not one."""
    return parse_qsl(
        body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS, strict_parsing=True
    )


def seal(fields: Fields, key: str, algorithm: str = "SHA512") -> str:
    """Return the HMAC of these fields in this order, values raw, as upper-case hexadecimal."""
    text = "&".join(f"{name}={value}" for name, value in fields)
    return hmac.new(bytes.fromhex(key), text.encode(), getattr(hashlib, algorithm.lower())).hexdigest().upper()


def is_sealed(fields: Fields, contract: Contract, *, seal_field: str, hash_field: str) -> bool:
    """Say whether the seal that came with these fields is the contract's."""
    values = dict(fields)
    algorithm = values.get(hash_field, "SHA512").upper()
    if algorithm not in HASHES:
        return False
    sealed = [(name, value) for name, value in fields if name != seal_field and not name.startswith(STANDIN)]
    expected = seal(sealed, contract.hmac_key, algorithm)
    return hmac.compare_digest(expected, values.get(seal_field, "").upper().encode("ascii", "replace").decode())


def is_known(values: dict[str, str], contract: Contract, *, prefix: str) -> bool:
    """Say whether site, rang and identifiant are the contract's."""
    given = tuple(values.get(f"{prefix}{name}") for name in ("SITE", "RANG", "IDENTIFIANT"))
    return given == (contract.site, contract.rang, contract.identifiant)


def mistakes(fields: Fields) -> list[str]:
    """Return what the hosted page refuses in a well-sealed request, in French, empty when nothing."""
    values = dict(fields)
    names = [name for name, _ in fields]
    found = [f"{name} : envoyé deux fois" for name in sorted({n for n in names if names.count(n) > 1})]
    for name, (is_right, rule) in RULES.items():
        if name not in values and name not in OPTIONAL:
            found.append(f"{name} : absent")
        elif name in values and not is_right(values[name]):
            found.append(f"{name} : {rule}")
    if ("PBX_TYPEPAIEMENT" in values) != ("PBX_TYPECARTE" in values):
        found.append("PBX_TYPEPAIEMENT et PBX_TYPECARTE : les deux ou aucun")
    return found


def matches(pattern: str) -> Callable[[str], bool]:
    """Return a check that the whole value matches `pattern`."""
    return lambda value: re.fullmatch(pattern, value) is not None


def is_shopping_cart(value: str) -> bool:
    root = xml_of(value, "shoppingcart")
    quantity = "" if root is None else (root.findtext("total/totalQuantity") or "")
    return re.fullmatch(r"[1-9]\d?", quantity) is not None


def is_billing(value: str) -> bool:
    root = xml_of(value, "Billing")
    address = None if root is None else root.find("Address")
    if address is None or not value.isascii() or "\n" in value or "\r" in value:
        return False
    lengths = {"FirstName": 22, "LastName": 22, "Address1": 50, "ZipCode": 10, "City": 50}
    texts = {name: address.findtext(name) or "" for name in lengths}
    country = address.findtext("CountryCode") or ""
    return (
        all(0 < len(texts[name]) <= longest for name, longest in lengths.items())
        and len(address.findtext("Address2") or "") <= 50
        and re.fullmatch(r"\d{3}", country) is not None
    )


def xml_of(value: str, root: str) -> ElementTree.Element | None:
    """Return the parsed document if it is XML with that root and no document type (entities)."""
    if "<!" in value:
        return None
    try:
        document = ElementTree.fromstring(value.encode())
    except ElementTree.ParseError:
        return None
    return document if document.tag == root else None


def is_answer_list(value: str) -> bool:
    """Say whether a PBX_RETOUR names each answer once, as `name:letter`."""
    pairs = [item.split(":") for item in value.split(";") if item]
    letters_known = all(len(pair) == 2 and pair[0] and re.fullmatch("[A-Z]", pair[1]) for pair in pairs)
    return bool(pairs) and letters_known and len({pair[0] for pair in pairs}) == len(pairs)


ADDRESS = r"https?://[^\s\"<>]{1,250}"
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)"
RULES: dict[str, tuple[Callable[[str], bool], str]] = {
    "PBX_SITE": (matches(r"\d{7}"), "7 chiffres"),
    "PBX_RANG": (matches(r"\d{2,3}"), "2 ou 3 chiffres"),
    "PBX_IDENTIFIANT": (matches(r"\d{1,9}"), "1 à 9 chiffres"),
    "PBX_TOTAL": (matches(r"\d{3,10}"), "montant en centimes, au moins 3 chiffres"),
    "PBX_DEVISE": (lambda value: value in CURRENCIES, "devise inconnue (978, 840, 826)"),
    "PBX_CMD": (matches(r".{1,250}"), "1 à 250 caractères"),
    "PBX_PORTEUR": (matches(r"(?=.{6,120}$)[^@\s]+@[^@\s]+"), "adresse e-mail de 6 à 120 caractères"),
    "PBX_RETOUR": (is_answer_list, "liste de « nom:lettre » séparés par des points-virgules"),
    "PBX_HASH": (lambda value: value.upper() in HASHES, "algorithme inconnu"),
    "PBX_TIME": (matches(MOMENT), "date ISO 8601 avec décalage"),
    "PBX_SHOPPINGCART": (is_shopping_cart, "XML attendu, quantité totale de 1 à 99"),
    "PBX_BILLING": (is_billing, "XML attendu : sans accent ni saut de ligne, champs obligatoires et longueurs"),
    "PBX_RUF1": (matches("POST|GET"), "POST ou GET"),
    "PBX_EFFECTUE": (matches(ADDRESS), "adresse http(s)"),
    "PBX_REFUSE": (matches(ADDRESS), "adresse http(s)"),
    "PBX_ANNULE": (matches(ADDRESS), "adresse http(s)"),
    "PBX_REPONDRE_A": (matches(ADDRESS), "adresse http(s)"),
    "PBX_SOUHAITAUTHENT": (matches("0[12]"), "01 ou 02"),
}
OPTIONAL = ("PBX_RUF1", "PBX_EFFECTUE", "PBX_REFUSE", "PBX_ANNULE", "PBX_REPONDRE_A", "PBX_SOUHAITAUTHENT")

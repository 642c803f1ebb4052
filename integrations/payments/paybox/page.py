"""The fields of the hosted page, in the order in which they are signed and sent."""

import re
import unicodedata
from xml.sax.saxutils import escape

import phonenumbers

from integrations.payments.interface import Buyer, PaymentRequest

CURRENCIES = {"EUR": "978", "USD": "840", "GBP": "826"}
# K last: what follows it would be unsigned. T and S are indispensable for refunds.
RETURNED = (
    "Mt:M;Ref:R;Auto:A;Appel:T;Trans:S;Erreur:E;Carte:C;Bin:N;Fin:J;Pays:Y;IP:I;"
    "3ds:F;Gar:G;Enr:O;Date:W;Heure:Q;Pay:P;Sign:K"
)
XML = '<?xml version="1.0" encoding="utf-8"?>'
_E164 = re.compile(r"\+\d{7,15}")


def page_fields(request: PaymentRequest, *, site: str, rang: str, identifiant: str) -> list[tuple[str, str]]:
    """Return the unsigned fields of one attempt."""
    returns = request.returns
    return [
        ("PBX_SITE", site),
        ("PBX_RANG", rang),
        ("PBX_IDENTIFIANT", identifiant),
        ("PBX_TOTAL", f"{request.amount_cents:03d}"),
        ("PBX_DEVISE", CURRENCIES[request.currency]),
        ("PBX_CMD", request.reference),
        ("PBX_PORTEUR", request.buyer.email),
        ("PBX_RETOUR", RETURNED),
        ("PBX_EFFECTUE", returns.accepted),
        ("PBX_REFUSE", returns.refused),
        ("PBX_ANNULE", returns.cancelled),
        ("PBX_ATTENTE", returns.waiting),
        ("PBX_REPONDRE_A", returns.notification),
        ("PBX_RUF1", "POST"),
        ("PBX_HASH", "SHA512"),
        ("PBX_TIME", request.at.isoformat(timespec="seconds")),
        ("PBX_SIGN_KEYSIZE", "2048"),
        ("PBX_LANGUE", "FRA"),
        ("PBX_SOURCE", "RWD"),
        ("PBX_SOUHAITAUTHENT", "01"),
        ("PBX_SHOPPINGCART", shopping_cart(request.packs)),
        ("PBX_BILLING", billing(request.buyer)),
    ]


def shopping_cart(packs: int) -> str:
    """Return PBX_SHOPPINGCART; the bank takes 1 to 99."""
    quantity = min(max(packs, 1), 99)
    return f"{XML}<shoppingcart><total><totalQuantity>{quantity}</totalQuantity></total></shoppingcart>"


def billing(buyer: Buyer) -> str:
    """Return PBX_BILLING: no accents, no line breaks, escaped, within the bank's lengths."""
    parts = [
        ("FirstName", plain(buyer.first_name, 22)),
        ("LastName", plain(buyer.last_name, 22)),
        ("Address1", plain(buyer.line1, 50)),
        ("Address2", plain(buyer.line2, 50)),
        ("ZipCode", plain(buyer.postal_code, 16)),
        ("City", plain(buyer.city, 50)),
        ("CountryCode", f"{buyer.country_number:03d}"),
    ]
    if _E164.fullmatch(buyer.phone):
        country, mobile = _split_phone(buyer.phone)
        parts += [("CountryCodeMobilePhone", country), ("MobilePhone", mobile)]
    body = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in parts if value)
    return f"{XML}<Billing><Address>{body}</Address></Billing>"


def plain(text: str, length: int) -> str:
    """Return `text` without accents or control characters, cut to `length`."""
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE").replace("’", "'"))
    ascii_only = decomposed.encode("ascii", "ignore").decode()
    return " ".join(ascii_only.split())[:length].strip()


def _split_phone(e164: str) -> tuple[str, str]:
    """Split +33612345678 into « +33 » and « 612345678 »."""
    number = phonenumbers.parse(e164)
    return f"+{number.country_code}", str(number.national_number)

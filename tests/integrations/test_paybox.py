"""The published test vectors, and signatures over raw bytes."""

import base64
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from config import Settings
from integrations.payments import BadSignature, Buyer, PayboxGateway, PaymentRequest, ReturnAddresses
from integrations.payments.interface import Settlement
from integrations.payments.paybox.page import billing, plain, shopping_cart
from integrations.payments.paybox.server import read_answer
from integrations.payments.paybox.signature import sign_fields

PUBLISHED_KEY = "0123456789ABCDEF" * 8
VECTOR = (
    "PBX_SITE=1999888&PBX_RANG=32&PBX_IDENTIFIANT=107904482&PBX_TOTAL=1234&PBX_DEVISE=978&PBX_CMD=CMD-2026-000001-1"
    "&PBX_PORTEUR=test@example.com&PBX_RETOUR=Mt:M;Ref:R;Auto:A;Appel:T;Trans:S;Erreur:E;Sign:K&PBX_HASH=SHA512"
    "&PBX_TIME=2026-11-22T12:00:00+01:00"
    '&PBX_SHOPPINGCART=<?xml version="1.0" encoding="utf-8"?><shoppingcart><total><totalQuantity>2</totalQuantity>'
    "</total></shoppingcart>"
    '&PBX_BILLING=<?xml version="1.0" encoding="utf-8"?><Billing><Address><FirstName>Jean</FirstName>'
    "<LastName>Dupont</LastName><Address1>1 rue de Paris</Address1><ZipCode>75001</ZipCode><City>Paris</City>"
    "<CountryCode>250</CountryCode></Address></Billing>"
)
BUYER = Buyer(
    "a@example.org", "Élodie", "d'Œuvre & Fils", "1 rue de l'Été\n", "", "75001", "Paris", 250, "+33612345678"
)


def request(**values: object) -> PaymentRequest:
    returns = ReturnAddresses("https://s/ok", "https://s/no", "https://s/x", "https://s/w", "https://s/ipn")
    return PaymentRequest("ORD-2026-000001-1", 99, "EUR", 3, BUYER, returns, datetime(2026, 3, 1, tzinfo=UTC))


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> tuple[rsa.RSAPrivateKey, PayboxGateway]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    other = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    folder = tmp_path_factory.mktemp("keys")
    for name, each in (("other.pem", other), ("bank.pem", key)):
        spki = each.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        (folder / name).write_bytes(spki)
    config = Settings(
        paybox_hmac_key=PUBLISHED_KEY, paybox_public_keys=[Path(folder / "other.pem"), Path(folder / "bank.pem")]
    )
    return key, PayboxGateway(config)


def signed(key: rsa.RSAPrivateKey, text: bytes) -> bytes:
    signature = key.sign(text, padding.PKCS1v15(), hashes.SHA1())
    return text + b"&Sign=" + quote(base64.b64encode(signature), safe="").encode()


def test_it_signs_as_the_published_vector() -> None:
    fields = [tuple(part.split("=", 1)) for part in re.split(r"&(?=PBX_)", VECTOR)]
    assert sign_fields(fields, PUBLISHED_KEY) == (  # type: ignore[arg-type]
        "B4B2CD9A2257CEBBECDC79C216C897BD719BB499B40B4AD4AA94BE5BC76652F2AF792159542A577D0B601509730B27CE656C0916850982B8"
        "C2EEBF721E939641"
    )


def test_it_signs_as_the_vector_of_the_specification() -> None:
    key = "00112233445566778899aabbccddeeff" * 4
    fields = [("Mt", "1000"), ("Ref", "PAY-2026-000001"), ("Auto", "XXXXXX"), ("Erreur", "00000")]
    assert sign_fields(fields, key).startswith("7E4AA301D0AB7FF3DD0F0D297E129DD0")


def test_the_form_ends_with_its_hmac_and_has_a_three_digit_total(bank: tuple[rsa.RSAPrivateKey, PayboxGateway]) -> None:
    form = bank[1].payment_form(request())
    assert form.fields[-1] == ("PBX_HMAC", sign_fields(form.fields[:-1], PUBLISHED_KEY))
    said = dict(form.fields)
    assert said["PBX_TOTAL"] == "099"
    assert said["PBX_RETOUR"].endswith(";Sign:K")
    assert {"Trans:S", "Appel:T"} <= set(said["PBX_RETOUR"].split(";"))


def test_billing_is_plain_ascii_without_line_breaks() -> None:
    xml = billing(BUYER)
    assert xml.isascii()
    assert "\n" not in xml
    assert "<FirstName>Elodie</FirstName><LastName>d'OEuvre &amp; Fils</LastName>" in xml
    assert "<CountryCodeMobilePhone>+33</CountryCodeMobilePhone><MobilePhone>612345678</MobilePhone>" in xml
    assert plain("Hélène-Françoise-Angélique", 22) == "Helene-Francoise-Angel"


def test_the_bank_counts_no_more_than_99_packs() -> None:
    assert "<totalQuantity>99</totalQuantity>" in shopping_cart(250)


def test_it_believes_the_second_key_and_says_which(bank: tuple[rsa.RSAPrivateKey, PayboxGateway]) -> None:
    key, gateway = bank
    raw = signed(key, b"Mt=1234&Ref=ORD-2026-000001-1&Auto=123456&Appel=1&Trans=2&Erreur=00000&Pays=FRA")
    said = gateway.read_notification(raw)
    assert (said.reference, said.amount_cents, said.is_accepted) == ("ORD-2026-000001-1", 1234, True)
    assert said.verified_by == "rsa-2048:bank.pem"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw.replace(b"Mt=1234", b"Mt=1"),
        lambda raw: raw.rpartition(b"&Sign=")[0],
        lambda raw: raw + b"&Mt=1",
        lambda raw: raw.rpartition(b"&Sign=")[0] + b"&Sign=",
        lambda raw: raw[:-8],
        lambda raw: raw.replace(b"Erreur=00001", b"Erreur=00000"),
        lambda raw: b"",
        lambda raw: b"&&&",
    ],
)
def test_it_believes_nothing_that_was_touched(bank: tuple[rsa.RSAPrivateKey, PayboxGateway], spoil) -> None:  # type: ignore[no-untyped-def]
    raw = signed(bank[0], b"Mt=1234&Ref=A-1&Auto=123456&Erreur=00001")
    with pytest.raises(BadSignature):
        bank[1].read_notification(spoil(raw))


def test_without_keys_nothing_is_believed() -> None:
    raw = signed(rsa.generate_private_key(public_exponent=65537, key_size=1024), b"Mt=1&Ref=A&Auto=1&Erreur=00000")
    with pytest.raises(BadSignature):
        PayboxGateway(Settings(paybox_hmac_key=PUBLISHED_KEY, paybox_public_keys=[])).read_notification(raw)


@pytest.mark.parametrize(
    ("answer", "settlement"),
    [
        (b"NUMQUESTION=0000000007&SITE=1999888&RANG=32&CODEREPONSE=00000&COMMENTAIRE=ok", Settlement.DONE),
        (b"NUMQUESTION=0000000007&SITE=1999888&RANG=32&CODEREPONSE=00015&COMMENTAIRE=d\xe9j\xe0", Settlement.REFUSED),
        (b"NUMQUESTION=0000000007&SITE=1999888&RANG=32&CODEREPONSE=00097", Settlement.UNKNOWN),
        # Somebody else's answer.
        (b"NUMQUESTION=0000000008&SITE=1999888&RANG=32&CODEREPONSE=00000", Settlement.UNKNOWN),
        (b"", Settlement.UNKNOWN),
    ],
)
def test_it_reads_the_banks_answers(answer: bytes, settlement: Settlement) -> None:
    asked = {"SITE": "1999888", "RANG": "32", "NUMQUESTION": "0000000007"}
    assert read_answer(answer, asked).settlement == settlement

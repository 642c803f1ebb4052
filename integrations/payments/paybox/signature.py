"""Signing what we send, verifying what we receive; always over the bytes as they travel."""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote_to_bytes

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from integrations.payments.interface import BadSignature

# The variable that carries the signature, last of all (PBX_RETOUR ends with `Sign:K`).
SIGNATURE_FIELDS = (b"Sign", b"Signature", b"K")


def sign_fields(fields: Iterable[tuple[str, str]], key: str) -> str:
    """Return PBX_HMAC: upper-case hex HMAC-SHA512 over `NAME=value` joined by `&`, raw values, hex-decoded key."""
    text = "&".join(f"{name}={value}" for name, value in fields)
    return hmac.new(bytes.fromhex(key), text.encode(), hashlib.sha512).hexdigest().upper()


class Verifier(Protocol):
    """One way to recognise the bank's signature."""

    @property
    def name(self) -> str:
        """What the log calls it."""

    def accepts(self, signed: bytes, signature: bytes) -> bool:
        """Say whether `signature` (URL-decoded) is the bank's over the raw bytes `signed`."""


@dataclass(frozen=True)
class RsaVerifier:
    """RSA PKCS#1 v1.5 over SHA-1, base64: what Paybox sends."""

    name: str
    key: rsa.RSAPublicKey

    def accepts(self, signed: bytes, signature: bytes) -> bool:
        """Verify with the public key; anything malformed is not accepted."""
        try:
            decoded = base64.b64decode(signature, validate=True)
            # SHA-1 is Paybox's choice, not ours.
            self.key.verify(decoded, signed, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303
        except (ValueError, InvalidSignature):
            return False
        return True


@dataclass(frozen=True)
class HmacVerifier:
    """HMAC-SHA512 in upper-case hex: gateways set up as the contract scheme of spec/payments.md, rule 8."""

    name: str
    key: str

    def accepts(self, signed: bytes, signature: bytes) -> bool:
        """Compare in constant time."""
        expected = hmac.new(bytes.fromhex(self.key), signed, hashlib.sha512).hexdigest().upper().encode()
        return hmac.compare_digest(expected, signature.upper())


def load_public_key(path: Path) -> RsaVerifier:
    """Read one PEM file of the bank; raises ValueError when it is not an RSA public key."""
    key = serialization.load_pem_public_key(path.read_bytes())
    if not isinstance(key, rsa.RSAPublicKey):
        raise ValueError(f"{path} is not an RSA public key")
    return RsaVerifier(f"rsa-{key.key_size}:{path.name}", key)


def key_fingerprint(path: Path) -> str:
    """Return the SHA-256 of a key's SubjectPublicKeyInfo, to compare with the one published."""
    key = serialization.load_pem_public_key(path.read_bytes())
    spki = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(spki).hexdigest()


def split_signature(raw: bytes) -> tuple[bytes, bytes]:
    """Cut raw `a=1&b=2&Sign=…` into the signed bytes and the URL-decoded signature; raises BadSignature."""
    signed, _amp, last = raw.rpartition(b"&")
    name, _equals, value = last.partition(b"=")
    if not signed or name not in SIGNATURE_FIELDS or not value:
        raise BadSignature("the last field is not a signature")
    # Base64's « + » must stay one: unquote, never unquote_plus.
    return signed, unquote_to_bytes(value)


def verify(raw: bytes, verifiers: Sequence[Verifier]) -> str:
    """Return the name of the first verifier that accepts `raw`; raises BadSignature when none does."""
    signed, signature = split_signature(raw)
    for verifier in verifiers:
        if verifier.accepts(signed, signature):
            return verifier.name
    raise BadSignature("no verifier accepts the signature")

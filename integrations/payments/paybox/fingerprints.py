"""Telling Paybox's public keys from somebody else's: the operator installs the files, this says what they are."""

from dataclasses import dataclass
from pathlib import Path

from integrations.payments.paybox.signature import key_fingerprint, load_public_key

# SHA-256 of the SubjectPublicKeyInfo of the keys that Paybox publishes (docs/payments.md).
PUBLISHED = {
    "f4926805a6b5294a3b4523f260c51c412617d774e2a4ef27c4ec0eb85ecb93d6": "Paybox, 2048 bits",
    "e3e24366a97653cb40f9ed2ee2b91fe6d8c28ee81d062ca1508c9e32abe141bb": "Paybox, 1024 bits",
}


@dataclass(frozen=True)
class Fingerprint:
    """A public key's size in bits and the hexadecimal SHA-256 of its SPKI; `owner` is empty for an unknown key."""

    bits: int
    sha256: str
    owner: str


def identify_key(path: Path) -> Fingerprint:
    """Return what the key in a PEM file is; raises OSError or ValueError when it holds no RSA public key."""
    key = load_public_key(path).key
    digest = key_fingerprint(path)
    return Fingerprint(key.key_size, digest, PUBLISHED.get(digest, ""))

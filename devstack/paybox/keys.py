"""The bank's key pair, made once per DATA_DIR, and its signature: RSA PKCS#1 v1.5 over SHA-1, as Paybox signs."""

import base64
import os
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

KEY_BITS = 2048


def public_key(directory: Path) -> Path:
    """Return the path of the public key's PEM file, making the pair at the first call."""
    private = directory / "private.pem"
    public = directory / "public.pem"
    if not (private.exists() and public.exists()):
        directory.mkdir(parents=True, exist_ok=True)
        key = new_key()
        write_private(private, key)
        public.write_bytes(
            key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        )
    return public


def private_key(directory: Path) -> rsa.RSAPrivateKey:
    """Return the bank's private key."""
    key = serialization.load_pem_private_key((directory / "private.pem").read_bytes(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError(f"{directory / 'private.pem'} is not an RSA key")
    return key


def sign(text: bytes, key: rsa.RSAPrivateKey) -> str:
    """Return the base64 signature of `text`."""
    return base64.b64encode(key.sign(text, padding.PKCS1v15(), hashes.SHA1())).decode()


@cache
def forgers_key() -> rsa.RSAPrivateKey:
    """Return a key that is not the bank's."""
    return new_key()


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65_537, key_size=KEY_BITS)


def write_private(path: Path, key: rsa.RSAPrivateKey) -> None:
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(pem)

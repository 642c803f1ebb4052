"""Passwords: what a new one must be, how one is kept, and the legacy formats (spec/auth.md, rules 3, 4 and 8)."""

import hashlib
import hmac
import re
from typing import Annotated

import bcrypt
from passlib.hash import des_crypt, md5_crypt
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

ROUNDS = 12
SHORTEST, LONGEST = 8, 128

# bcrypt reads no further; the legacy shop's library cut longer passwords silently, so ours must cut alike.
_BCRYPT_BYTES = 72
_HEX = re.compile(r"[0-9a-fA-F]+")
# What nobody's password matches, of today's cost: checked when there is no account, so that both take as long.
_NOBODY = "$2b$12$C8SlcRQZ.5FchV1S.LEN.urczecTa/LI6S/7zHYUOgUB/UzZrsCBS"


def _strong(password: str) -> str:
    kinds = (str.islower, str.isupper, str.isdigit)
    if len(password) < SHORTEST or not all(any(map(is_kind, password)) for is_kind in kinds):
        raise PydanticCustomError(
            "password", "Choisissez au moins 8 caractères, dont une minuscule, une majuscule et un chiffre."
        )
    if len(password) > LONGEST:
        raise PydanticCustomError("password", "Choisissez au plus 128 caractères.")
    return password


# Spaces are part of a password: nothing is stripped.
NewPassword = Annotated[str, AfterValidator(_strong)]


def hash_password(password: str) -> str:
    """Return the bcrypt hash, 60 characters, under which a password is kept."""
    return bcrypt.hashpw(_cut(password), bcrypt.gensalt(ROUNDS)).decode()


def is_password(stored: str | None, password: str) -> bool:
    """Say whether `password` is the one kept as `stored`; a wrong one takes as long as with no account at all."""
    is_right = bool(stored) and _matches(stored or "", password)
    if not is_right and not _is_current(stored):
        bcrypt.checkpw(_cut(password), _NOBODY.encode())
    return is_right


def is_outdated(stored: str) -> bool:
    """Say whether a hash should be replaced at the next sign-in: a legacy format, or bcrypt cheaper than today's."""
    return not _is_current(stored)


def _is_current(stored: str | None) -> bool:
    match = re.match(r"\$2[aby]\$(\d\d)\$", stored or "")
    return match is not None and int(match[1]) >= ROUNDS


def _matches(stored: str, password: str) -> bool:
    """Compare by the format of `stored`, told by its look."""
    raw = password.encode()
    if stored.startswith("$2"):
        return _matches_bcrypt(stored, password)
    if stored.startswith("$1$"):
        return _matches_crypt(md5_crypt, stored, password)
    if len(stored) == 32 and _HEX.fullmatch(stored):
        return _equal(hashlib.md5(raw, usedforsecurity=False).hexdigest(), stored.lower())
    if len(stored) == 40 and _HEX.fullmatch(stored):
        return _equal(hashlib.sha1(raw, usedforsecurity=False).hexdigest(), stored.lower())
    if len(stored) == 13:
        # The legacy shop ran DES crypt over the MD5 of the password; only its first 8 digits count.
        return _matches_crypt(des_crypt, stored, hashlib.md5(raw, usedforsecurity=False).hexdigest())
    return _equal(password, stored)


def _matches_bcrypt(stored: str, password: str) -> bool:
    try:
        return bcrypt.checkpw(_cut(password), stored.encode())
    except ValueError:
        return False


def _matches_crypt(scheme: type[des_crypt] | type[md5_crypt], stored: str, secret: str) -> bool:
    try:
        return bool(scheme.verify(secret, stored))
    except ValueError:
        return False


def _equal(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _cut(password: str) -> bytes:
    return password.encode()[:_BCRYPT_BYTES]

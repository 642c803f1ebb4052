"""A cached answer as bytes: a fixed head, its headers, the places of the visitor's own parts, the body."""

import gzip
import hashlib
import struct
from dataclasses import dataclass
from functools import lru_cache

# version, fresh until (Unix seconds), status, is compressed, etag, lengths of headers, of holes and of the body
_HEAD = struct.Struct("!BdH?20sHII")
VERSION = 1
COMPRESSED_FROM = 1024


@dataclass(frozen=True, slots=True)
class Hole:
    """Where a visitor's own part stands in the body of an anonymous visitor, in bytes."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer as an anonymous visitor gets it; `body` is as it is stored, compressed or not."""

    fresh_until: float
    status: int
    is_compressed: bool
    etag: str
    headers: bytes
    holes: bytes
    body: bytes

    @property
    def header_list(self) -> tuple[tuple[str, str], ...]:
        """The headers as pairs."""
        return _pairs(self.headers)

    @property
    def plain_body(self) -> bytes:
        """The body as it was rendered."""
        return gzip.decompress(self.body) if self.is_compressed else self.body

    def filled(self, parts: dict[str, str]) -> bytes:
        """Return the body with a visitor's own parts by kind in place of the blank ones."""
        body, filled, end = self.plain_body, [], 0
        for hole in read_holes(self.holes):
            filled += [body[end : hole.start], parts[hole.kind].encode()]
            end = hole.end
        return b"".join((*filled, body[end:]))

    def kinds(self) -> set[str]:
        """Return the kinds of parts that are the visitor's own."""
        return {hole.kind for hole in read_holes(self.holes)}


def make_entry(
    body: bytes,
    holes: list[Hole],
    *,
    status: int,
    headers: list[tuple[str, str]],
    fresh_until: float,
    etag: str | None = None,
) -> Entry:
    """Return an answer to be stored, compressed once for all who will get it; `etag` is weak."""
    is_compressed = len(body) >= COMPRESSED_FROM
    return Entry(
        fresh_until=fresh_until,
        status=status,
        is_compressed=is_compressed,
        etag=(etag or hashlib.sha256(body).hexdigest())[:20],
        headers="\n".join(f"{name}: {value}" for name, value in headers).encode("latin-1"),
        holes=",".join(f"{hole.kind}:{hole.start}:{hole.end}" for hole in holes).encode(),
        # Level 6 halves the time of 9 for a few bytes; no time stamp, so that equal pages are equal.
        body=gzip.compress(body, 6, mtime=0) if is_compressed else body,
    )


def write_entry(entry: Entry) -> bytes:
    """Return an entry as it is stored."""
    head = _HEAD.pack(
        VERSION,
        entry.fresh_until,
        entry.status,
        entry.is_compressed,
        entry.etag.encode(),
        len(entry.headers),
        len(entry.holes),
        len(entry.body),
    )
    return b"".join((head, entry.headers, entry.holes, entry.body))


def read_entry(stored: bytes) -> Entry | None:
    """Return the entry that was stored, None when another release wrote it otherwise or it is cut short."""
    if len(stored) < _HEAD.size or stored[0] != VERSION:
        return None
    _version, fresh_until, status, is_compressed, etag, headers, holes, body = _HEAD.unpack_from(stored)
    start = _HEAD.size
    if len(stored) != start + headers + holes + body:
        return None
    after_headers = start + headers
    after_holes = after_headers + holes
    return Entry(
        fresh_until,
        status,
        is_compressed,
        etag.rstrip(b"\0").decode(),
        stored[start:after_headers],
        stored[after_headers:after_holes],
        stored[after_holes:],
    )


def read_holes(text: bytes) -> list[Hole]:
    """Return where the visitor's own parts stand, from first to last."""
    if not text:
        return []
    named = (part.split(":") for part in text.decode().split(","))
    return [Hole(kind, int(start), int(end)) for kind, start, end in named]


# A handful of different ones for all pages of the shop.
@lru_cache(maxsize=256)
def _pairs(headers: bytes) -> tuple[tuple[str, str], ...]:
    lines = headers.decode("latin-1").split("\n")
    return tuple((name, value) for name, _colon, value in (line.partition(": ") for line in lines) if name)

"""A file as it lies on disk: its encoding, its separator, its header and its rows, one at a time."""

import codecs
import csv
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from domain.errors import ShopError

SEPARATORS = (";", ",", "\t", "|")
MAX_COLUMNS = 200
# A cell longer than this is a quote that nobody closed; characters.
MAX_CELL = 100_000
SAMPLE_ROWS = 5
_CHUNK = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# A page saved for a file, and documents that begin with words.
_DOCUMENTS = (b"%pdf", b"{\\rtf", b"<!doctype", b"<html", b"<?xml")
# Bytes that no text has: pictures and archives consist of them, a careless export has one here and there.
_NOT_TEXT = bytes({*range(32)} - set(b"\t\n\r\x0b\x0c\x1a\x1b"))
_NOT_TEXT_SHARE = 0.01
# Bytes that cp1252 leaves without a character: a file with one of them is latin-1.
_NOT_CP1252 = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))


class UnreadableFile(ShopError):
    """A file that is no table of text."""

    code = "UNREADABLE_FILE"


@dataclass(frozen=True)
class FileHead:
    """What is known of a file before its rows are read: how, its header, its first rows, how many lines it has."""

    sha256: str
    size_bytes: int
    encoding: str
    separator: str
    headers: list[str]
    sample: list[list[str]]
    line_count: int


@dataclass(frozen=True)
class FileRow:
    """One row by the number of its first line (the header: 1); `cells` is None where it could not be taken apart."""

    line: int
    cells: list[str] | None


def read_head(path: Path) -> FileHead:
    """Detect how a file is written and return its head; raises UnreadableFile with what to do about it."""
    digest, size, lines, encoding = _scan(path)
    with path.open(encoding=encoding, newline="", errors="strict") as file:
        start = "".join(islice(file, 40))[: 4 * MAX_CELL]
    separator = _separator_of(start)
    rows = rows_of(path, encoding, separator, from_line=0)
    header = next(rows, None)
    if header is None or header.cells is None or not any(cell.strip() for cell in header.cells):
        raise UnreadableFile("La première ligne doit nommer les colonnes.", field="file")
    if len(header.cells) > MAX_COLUMNS:
        raise UnreadableFile(f"Au plus {MAX_COLUMNS} colonnes ; ce fichier en a {len(header.cells)}.", field="file")
    sample = [row.cells for row in islice(rows, SAMPLE_ROWS) if row.cells]
    if not sample:
        raise UnreadableFile("Ce fichier ne contient que ses en-têtes : il n'y a rien à importer.", field="file")
    headers = [" ".join(cell.replace("\x00", "").split())[:100] for cell in header.cells]
    return FileHead(digest, size, encoding, separator, headers, [_shown(row) for row in sample], lines)


def read_sample(path: Path, encoding: str, separator: str) -> list[list[str]]:
    """Return the first rows after the header, cells shortened for show."""
    rows = rows_of(path, encoding, separator, from_line=1)
    return [_shown(row.cells) for row in islice(rows, SAMPLE_ROWS) if row.cells]


def rows_of(path: Path, encoding: str, separator: str, *, from_line: int) -> Iterator[FileRow]:
    """Give the rows that begin after `from_line`, empty lines left out; never more than one row in memory."""
    csv.field_size_limit(MAX_CELL)
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        for _skipped in islice(file, from_line):
            pass
        reader = csv.reader(file, delimiter=separator)
        while True:
            line = from_line + reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield FileRow(line, None)
                continue
            if any(cells):
                yield FileRow(line, cells)


def _scan(path: Path) -> tuple[str, int, int, str]:
    """Read the whole file once and return its digest, bytes, lines and encoding."""
    digest, size, lines, last = hashlib.sha256(), 0, 0, b"\n"
    with path.open("rb") as file:
        start = file.read(_CHUNK)
        encoding = next((name for bom, name in _BOMS if start.startswith(bom)), "")
        _refuse_documents(start, is_wide=encoding == "utf-16")
        file.seek(0)
        utf8, is_utf8, is_latin = codecs.getincrementaldecoder("utf-8")(), True, False
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size, lines, last = size + len(chunk), lines + chunk.count(b"\n"), chunk[-1:]
            is_latin = is_latin or any(byte in chunk for byte in _NOT_CP1252)
            is_utf8 = is_utf8 and _decodes(utf8, chunk)
    if not size:
        raise UnreadableFile("Ce fichier est vide.", field="file")
    is_utf8 = is_utf8 and _decodes(utf8, b"", final=True)
    return digest.hexdigest(), size, lines + (last != b"\n"), encoding or _encoding(is_utf8, is_latin)


def _refuse_documents(start: bytes, *, is_wide: bool) -> None:
    """Raise UnreadableFile when a file begins as no table of text does; `is_wide`: every other byte may be zero."""
    if start.startswith(_WORKBOOKS):
        raise UnreadableFile("C'est un classeur : enregistrez la feuille au format CSV.", field="file")
    strange = 0 if is_wide else len(start) - len(start.translate(None, _NOT_TEXT))
    if start.lstrip()[:9].lower().startswith(_DOCUMENTS) or strange > _NOT_TEXT_SHARE * len(start):
        raise UnreadableFile(
            "Ce n'est pas un fichier CSV : depuis un tableur, enregistrez la feuille au format CSV.", field="file"
        )


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _encoding(is_utf8: bool, is_latin: bool) -> str:
    if is_utf8:
        return "utf-8"
    return "latin-1" if is_latin else "cp1252"


def _separator_of(start: str) -> str:
    """Return the separator that cuts the first lines into the same number of columns most often, and into most."""
    best, best_score = ";", (0.0, 0)
    for separator in SEPARATORS:
        try:
            widths = Counter(
                len(row) for row in csv.reader(start.splitlines(keepends=True), delimiter=separator) if row
            )
        except csv.Error:
            continue
        width, times = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(1, 0))
        score = (times / max(1, widths.total()) if width > 1 else 0.0, width)
        if score > best_score:
            best, best_score = separator, score
    return best


def _shown(cells: list[str]) -> list[str]:
    return [cell.replace("\x00", "").strip()[:80] for cell in cells]

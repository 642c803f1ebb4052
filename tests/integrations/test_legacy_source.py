"""Reading the old shop's dumps: from any row on, whatever their shape. (Its database: tests/legacy.)"""

import gzip
from itertools import islice
from pathlib import Path

import pytest

from integrations.legacy_source import FakeSource, FolderSource, LegacySource, SourceUnreadable, open_source

ROWS = [("1", "Filtre; à huile"), ("2", 'deux\nlignes "et" un, mot'), ("3", ""), ("4", "fin")]


def dump(folder: Path) -> None:
    quoted = [f'{number},"{text.replace(chr(34), chr(34) * 2)}"' for number, text in ROWS]
    (folder / "plain.csv").write_bytes(("\ufeffid,name\r\n" + "\r\n".join(quoted) + "\r\n").encode())
    with gzip.open(folder / "packed.csv.gz", "wb") as file:
        file.write(("id,name\n" + "\n".join(quoted) + "\n").encode())
    (folder / "notes.txt").write_text("no table")


def sources(folder: Path) -> list[tuple[LegacySource, str]]:
    dump(folder)
    fake = FakeSource({"rows": [{"id": number, "name": text} for number, text in ROWS]})
    return [(FolderSource(folder), "plain"), (FolderSource(folder), "packed"), (fake, "rows")]


def test_every_row_can_be_gone_on_from(tmp_path: Path) -> None:
    for source, table in sources(tmp_path):
        rows = list(source.read(table))
        assert [(row.raw("id"), row.raw("name")) for row in rows] == ROWS
        assert source.count(table) == 4
        for number, row in enumerate(rows, 1):
            following = [later.raw("id") for later in source.read(table, after=row.position)]
            assert following == [number for number, _ in ROWS[number:]]
        assert 0 < source.share_read(table, rows[1].position) <= 1


def test_only_what_is_asked_for_is_read(tmp_path: Path) -> None:
    for source, table in sources(tmp_path):
        (row,) = islice(source.read(table, ("name", "nowhere")), 1)
        assert (row.raw("name"), row.raw("id"), row.raw("nowhere")) == ("Filtre; à huile", None, None)
        assert list(source.read("nothing")) == []
        assert source.count("nothing") == 0


def test_the_tables_are_its_files(tmp_path: Path) -> None:
    dump(tmp_path)
    assert FolderSource(tmp_path).tables() == {"plain", "packed"}


def test_semicolons_nulls_and_old_encodings_are_understood(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes("id;name\n1;été\n2;\\N\n3;NULL\n".encode("cp1252"))
    assert [row.raw("name") for row in FolderSource(tmp_path).read("t")] == ["été", None, None]


def test_a_line_with_other_fields_is_broken_and_the_next_is_not(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,name\n1,a,b\n2\n3,c\n")
    rows = list(FolderSource(tmp_path).read("t"))
    assert [row.broken for row in rows] == ["3 champs au lieu de 2", "1 champs au lieu de 2", ""]


def test_a_packed_file_that_ends_too_soon_is_said(tmp_path: Path) -> None:
    dump(tmp_path)
    path = tmp_path / "packed.csv.gz"
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(SourceUnreadable, match="packed"):
        list(FolderSource(tmp_path).read("packed"))


def test_a_source_is_a_folder_or_a_database(tmp_path: Path) -> None:
    assert open_source(str(tmp_path)).name == str(tmp_path)
    database = open_source("postgresql://old:secret@10.0.0.1:5432/shop")
    assert database.name == "postgresql://10.0.0.1:5432/shop"
    with pytest.raises(SourceUnreadable):
        open_source(str(tmp_path / "nowhere"))
    with pytest.raises(SourceUnreadable):
        open_source("postgresql://[broken")

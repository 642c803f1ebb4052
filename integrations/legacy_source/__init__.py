"""Where the old shop is read: interface, folder of dumps, database, fake."""

import tomllib
from pathlib import Path

from integrations.legacy_source.database import DatabaseSource
from integrations.legacy_source.fake import FakeSource
from integrations.legacy_source.folder import FolderSource
from integrations.legacy_source.interface import LegacySource, SourceUnreadable


def open_source(named: str) -> LegacySource:
    """Return the source that a folder's path or a PostgreSQL DSN names; raises SourceUnreadable when it is neither."""
    if Path(named).is_dir():
        return FolderSource(Path(named))
    if "=" in named or named.startswith(("postgresql://", "postgres://")):
        return DatabaseSource(named)
    raise SourceUnreadable(f"{named}: neither a folder nor the address of a PostgreSQL database")


def read_status_map(named: Path | None = None) -> dict[str, object]:
    """Return the table of order states of a TOML file, the shop's own without one; raises SourceUnreadable."""
    path = named or Path(__file__).with_name("statuses.toml")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("orders")
    except (OSError, ValueError) as error:
        raise SourceUnreadable(f"{path}: {error}") from error
    if not isinstance(table, dict):
        raise SourceUnreadable(f"{path}: has no table [orders]")
    return table


__all__ = [
    "DatabaseSource",
    "FakeSource",
    "FolderSource",
    "LegacySource",
    "SourceUnreadable",
    "open_source",
    "read_status_map",
]

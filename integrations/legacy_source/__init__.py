"""Where the old shop is read: interface, folder of dumps, database, fake."""

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


__all__ = ["DatabaseSource", "FakeSource", "FolderSource", "LegacySource", "SourceUnreadable", "open_source"]

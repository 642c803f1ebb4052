"""What keeps the stack from running, said so that a person can mend it."""

DISK_FULL = "the disk is full: free some space, or set DATA_DIR to a directory on another disk."
# How PostgreSQL, Redis, Meilisearch, SQLite and Python each put it.
SAY_DISK_FULL = ("No space left on device", "There is insufficient space", "database or disk is full", "Disk quota")


class StackError(Exception):
    """One clear sentence with its remedy; shown without a traceback."""


def known_remedy(lines: str) -> str | None:
    """Return the remedy for what these last lines of a log complain of, if we know one."""
    return DISK_FULL if any(words in lines for words in SAY_DISK_FULL) else None

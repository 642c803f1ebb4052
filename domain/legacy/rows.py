"""One row of an old table, read column by column."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from domain.legacy import values
from domain.legacy.values import Unreadable

T = TypeVar("T")
_SECRET = ("_pswd", "_keylog")
_URL = re.compile(r"https?:[^\s\"']+")


class Row:
    """A row as it came: texts by column name, and where it stood in its source."""

    __slots__ = ("_at", "_values", "broken", "position")

    def __init__(self, position: str, columns: Mapping[str, int], raw: Sequence[str | None]) -> None:
        self.position = position
        self._at = columns
        self._values = raw
        # Why the row cannot be read at all; empty when it can.
        self.broken = ""

    @classmethod
    def of(cls, raw: Mapping[str, str | None], position: str = "") -> "Row":
        """Return the row that a mapping of column names to texts describes."""
        return cls(position, {name: number for number, name in enumerate(raw)}, list(raw.values()))

    def raw(self, column: str) -> str | None:
        """The text as it came; None when the table has no such column, as old dumps differ."""
        number = self._at.get(column)
        return None if number is None else self._values[number]

    def text(self, column: str, *, most: int | None = None) -> str:
        """The text on one line; longer than `most` characters is Unreadable, never cut in silence."""
        found = self._reading(column, values.text)
        if most is not None and len(found) > most:
            raise Unreadable(f"{column} : plus de {most} caractères")
        return found

    def long_text(self, column: str) -> str:
        """The text with its line breaks."""
        return self._reading(column, values.long_text)

    def html(self, column: str) -> str:
        """The text with its markup."""
        return self._reading(column, values.html_text)

    def needed_text(self, column: str, *, most: int | None = None) -> str:
        """The text, which must be there."""
        found = self.text(column, most=most)
        if not found:
            raise Unreadable(f"{column} : vide")
        return found

    def integer(self, column: str) -> int | None:
        """The whole number."""
        return self._reading(column, values.integer)

    def position_number(self, column: str) -> int:
        """The place in a list: 0 when the old shop gave none or nonsense."""
        try:
            return values.integer(self.raw(column)) or 0
        except Unreadable:
            return 0

    def id(self, column: str) -> int | None:
        """The id of another row, None when there is none."""
        return self._reading(column, values.identifier)

    def needed_id(self, column: str) -> int:
        """The id, which must be there."""
        found = self.id(column)
        if found is None:
            raise Unreadable(f"{column} : identifiant vide")
        return found

    def decimal(self, column: str) -> Decimal | None:
        """The decimal number."""
        return self._reading(column, values.decimal)

    def flag(self, column: str, *, default: bool = False) -> bool:
        """Yes or no."""
        return self._reading(column, lambda raw: values.flag(raw, default=default))

    def moment(self, column: str) -> datetime | None:
        """The point in time, UTC."""
        return self._reading(column, values.moment)

    def as_json(self) -> str:
        """The row as JSON without secrets; NUL characters made visible, since PostgreSQL keeps none."""
        whole = {name: _shown(name, self._values[number]) for name, number in self._at.items()}
        return json.dumps(whole, ensure_ascii=False).replace("\\u0000", "␀")

    def _reading(self, column: str, read: Callable[[str | None], T]) -> T:
        try:
            return read(self.raw(column))
        except Unreadable as error:
            raise Unreadable(f"{column} : {error}") from error


def _shown(name: str, raw: str | None) -> str | None:
    """Leave out what must not be kept anywhere else: passwords, keys, and addresses that the bank calls."""
    if raw and name.endswith(_SECRET):
        return "(non repris)"
    return _URL.sub("(adresse)", raw) if raw and name.endswith("_info") else raw

"""What became of the rows of a batch: taken, refused, taken with a remark, left out on purpose."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy.exc import DataError, IntegrityError

from domain.legacy.rows import Row
from models.database import session

T = TypeVar("T")


class Ledger:
    """Counts of one batch and the rows behind them."""

    def __init__(self) -> None:
        self.rejected: list[tuple[Row, str]] = []
        self.remarks: list[tuple[Row, str]] = []
        self.tallies: Counter[str] = Counter()

    def reject(self, row: Row, reason: object) -> None:
        """Refuse a row: nothing of it was written."""
        self.rejected.append((row, str(reason)))

    def remark(self, row: Row, reason: str) -> None:
        """Say what was guessed or lost of a row that was taken."""
        self.remarks.append((row, reason))

    def add(self, other: "Ledger") -> None:
        """Take over what another part of the batch says."""
        self.rejected += other.rejected
        self.remarks += other.remarks
        self.tallies += other.tallies


# Converts and writes rows; what it cannot read it refuses in the ledger, what the database refuses it raises.
Handler = Callable[[Sequence[Row], Ledger], None]


def convert_each(rows: Iterable[Row], ledger: Ledger, convert: Callable[[Row], T | None]) -> Iterator[tuple[Row, T]]:
    """Yield each row with what `convert` makes of it, None left out; what it raises as unreadable is refused."""
    for row in rows:
        try:
            made = convert(row)
        except (ValueError, ArithmeticError) as error:
            ledger.reject(row, error)
            continue
        if made is not None:
            yield row, made


def take_rows(rows: Sequence[Row], handle: Handler) -> Ledger:
    """Write rows, all of them or, where the database refuses, all but the one that it refuses, found by halving."""
    ledger = Ledger()
    sound = []
    for row in rows:
        if row.broken:
            ledger.reject(row, row.broken)
        else:
            sound.append(row)
    if sound:
        ledger.add(_take(sound, handle))
    return ledger


def _take(rows: Sequence[Row], handle: Handler) -> Ledger:
    ledger = Ledger()
    try:
        with session.begin_nested():
            handle(rows, ledger)
        return ledger
    except (IntegrityError, DataError) as error:
        refusal = str(error.orig).strip().partition("\n")[0]
    ledger = Ledger()
    if len(rows) == 1:
        ledger.reject(rows[0], f"base de données : {refusal}")
        return ledger
    middle = len(rows) // 2
    ledger.add(_take(rows[:middle], handle))
    ledger.add(_take(rows[middle:], handle))
    return ledger

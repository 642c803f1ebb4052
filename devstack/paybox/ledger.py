"""What the bank remembers: visits of its page, transactions, refunds, questions asked. One SQLite file."""

import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from devstack.paybox.forms import Fields

SCHEMA = """
CREATE TABLE IF NOT EXISTS visit (
    token TEXT PRIMARY KEY, created TEXT NOT NULL, fields TEXT NOT NULL, story TEXT, closed INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS operation (
    id INTEGER PRIMARY KEY AUTOINCREMENT, created TEXT NOT NULL, site TEXT NOT NULL, reference TEXT NOT NULL,
    amount INTEGER NOT NULL, currency TEXT NOT NULL, code TEXT NOT NULL, authorisation TEXT NOT NULL,
    status TEXT NOT NULL, refunded INTEGER NOT NULL DEFAULT 0,
    CHECK (refunded BETWEEN 0 AND amount)
);
CREATE INDEX IF NOT EXISTS operation_reference ON operation (reference);
CREATE UNIQUE INDEX IF NOT EXISTS paid_once ON operation (site, reference)
    WHERE code = '00000' AND status <> 'Remboursement';
CREATE TABLE IF NOT EXISTS question (site TEXT, day TEXT, number TEXT, PRIMARY KEY (site, day, number));
"""
APPROVED = "00000"
ALREADY_PAID = "00015"

# The words with which an inquiry answers.
AUTHORISED = "Autorisé"
CAPTURED = "Capturé"
CANCELLED = "Annulé"
REFUSED = "Refusé"
REFUNDED = "Remboursé"
# A refund's own line in the books.
REFUND = "Remboursement"


@dataclass(frozen=True)
class Visit:
    """A shopper sent to the page, with the fields the shop sealed and the story chosen there."""

    token: str
    fields: dict[str, str]
    story: dict[str, str]
    closed: bool

    @property
    def reference(self) -> str:
        return self.fields["PBX_CMD"]

    @property
    def amount(self) -> int:
        return int(self.fields["PBX_TOTAL"])


@dataclass(frozen=True)
class Operation:
    """A payment attempt or a refund; amounts in cents."""

    id: int
    created: datetime
    site: str
    reference: str
    amount: int
    currency: str
    code: str
    authorisation: str
    status: str
    refunded: int

    @property
    def transaction_number(self) -> str:
        return f"{560_000_000 + self.id:010d}"

    @property
    def call_number(self) -> str:
        return f"{780_000_000 + self.id:010d}"


class Ledger:
    """The bank's books, shared by the threads that serve its pages."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._books() as books:
            books.executescript(SCHEMA)

    def open_visit(self, fields: Fields) -> Visit:
        """Remember a shopper who has just been sent to the page."""
        token = secrets.token_urlsafe(18)
        with self._books() as books:
            books.execute(
                "INSERT INTO visit (token, created, fields) VALUES (?, ?, ?)", (token, now(), json.dumps(dict(fields)))
            )
        return Visit(token, dict(fields), {}, closed=False)

    def find_visit(self, token: str) -> Visit | None:
        """Return the visit, or None."""
        with self._books() as books:
            row = books.execute("SELECT * FROM visit WHERE token = ?", (token,)).fetchone()
        return row and Visit(token, json.loads(row["fields"]), json.loads(row["story"] or "{}"), bool(row["closed"]))

    def choose_story(self, token: str, story: dict[str, str]) -> None:
        """Remember what the shopper chose on the card page."""
        with self._books() as books:
            books.execute("UPDATE visit SET story = ? WHERE token = ?", (json.dumps(story), token))

    def close_visit(self, token: str) -> bool:
        """End a visit; False when it had ended already, so that a second click does nothing."""
        with self._books() as books:
            return books.execute("UPDATE visit SET closed = 1 WHERE token = ? AND NOT closed", (token,)).rowcount == 1

    def record_payment(self, visit: Visit, *, code: str, amount: int, authorisation: str) -> Operation:
        """Book an attempt; a reference that is paid already is booked as refused with 00015."""
        status = REFUSED
        if code == APPROVED:
            status = AUTHORISED if visit.fields.get("PBX_AUTOSEULE") == "O" else CAPTURED
        facts = (now(), visit.fields["PBX_SITE"], visit.reference, amount, visit.fields["PBX_DEVISE"])
        try:
            return self._book(*facts, code, authorisation, status)
        except sqlite3.IntegrityError:
            return self._book(*facts, ALREADY_PAID, "", REFUSED)

    def is_paid(self, site: str, reference: str) -> bool:
        """Say whether this reference has been paid."""
        with self._books() as books:
            question = "SELECT 1 FROM operation WHERE site = ? AND reference = ? AND code = '00000'"
            return books.execute(question, (site, reference)).fetchone() is not None

    def find_payment(self, *, site: str, transaction: str = "", reference: str = "") -> Operation | None:
        """Return a payment by its transaction number, else the one that counts for a reference, or None."""
        with self._books() as books:
            if transaction.strip("0"):
                row = books.execute(
                    "SELECT * FROM operation WHERE site = ? AND id = ? AND status <> ?",
                    (site, int(transaction) - 560_000_000, REFUND),
                ).fetchone()
            else:
                row = books.execute(
                    "SELECT * FROM operation WHERE site = ? AND reference = ? AND status <> ? "
                    "ORDER BY code <> '00000', id DESC LIMIT 1",
                    (site, reference, REFUND),
                ).fetchone()
        return row and operation(row)

    def refund(self, payment: Operation, amount: int) -> Operation | None:
        """Give `amount` cents back; None when that is more than is left of the payment."""
        with self._books() as books:
            changed = books.execute(
                "UPDATE operation SET refunded = refunded + ?, status = ? "
                "WHERE id = ? AND status IN (?, ?) AND refunded + ? <= amount",
                (amount, REFUNDED, payment.id, CAPTURED, REFUNDED, amount),
            )
            if changed.rowcount != 1:
                return None
        return self._book(
            now(), payment.site, payment.reference, amount, payment.currency, APPROVED, payment.authorisation, REFUND
        )

    def move(self, payment: Operation, *, to: str, allowed: tuple[str, ...]) -> bool:
        """Change a payment's status; False when its present one does not allow it."""
        marks = ", ".join("?" for _ in allowed)
        with self._books() as books:
            statement = f"UPDATE operation SET status = ? WHERE id = ? AND status IN ({marks})"
            return books.execute(statement, (to, payment.id, *allowed)).rowcount == 1

    def ask(self, site: str, day: str, number: str) -> bool:
        """Take note of a question's number; False when this site has used it today."""
        try:
            with self._books() as books:
                books.execute("INSERT INTO question VALUES (?, ?, ?)", (site, day, number))
        except sqlite3.IntegrityError:
            return False
        return True

    def list_operations(self, limit: int = 50) -> list[Operation]:
        """Return the latest operations, newest first."""
        with self._books() as books:
            rows = books.execute("SELECT * FROM operation ORDER BY id DESC LIMIT ?", (limit,)).fetchall()
        return [operation(row) for row in rows]

    def _book(self, *facts: str | int) -> Operation:
        with self._books() as books:
            columns = "created, site, reference, amount, currency, code, authorisation, status"
            number = books.execute(
                f"INSERT INTO operation ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                facts,
            ).lastrowid
            return operation(books.execute("SELECT * FROM operation WHERE id = ?", (number,)).fetchone())

    @contextmanager
    def _books(self) -> Iterator[sqlite3.Connection]:
        books = sqlite3.connect(self.path, timeout=10)
        books.row_factory = sqlite3.Row
        try:
            with books:
                yield books
        finally:
            books.close()


def operation(row: sqlite3.Row) -> Operation:
    """Return a row of the table `operation` as what it is."""
    return Operation(**{**dict(row), "created": datetime.fromisoformat(row["created"])})


def now() -> str:
    return datetime.now(UTC).isoformat()

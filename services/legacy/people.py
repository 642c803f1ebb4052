"""Staff, customers and their addresses; passwords stay as they were kept until their next sign-in."""

from collections.abc import Sequence

from sqlalchemy import func, select, text

from domain.legacy.people import address_of, civility_of, country_of, email_of, phone_of, siret_of
from domain.legacy.rows import Row
from domain.legacy.values import Unreadable
from models.customers import Customer, CustomerAddress
from models.database import session
from models.staff import StaffMember
from services.legacy.holding import holding
from services.legacy.ledger import Ledger, convert_each
from services.legacy.writing import Record, upsert

# A member of staff without a level had all but the owner's (spec/auth.md, rule 1).
DEFAULT_STAFF_LEVEL = 9
# Who has signed in here keeps his account himself from then on.
_SIGNED_IN = "was.last_login_at IS NOT NULL"
DUPLICATE = "doublon : cette adresse électronique est celle d'un autre compte"

_hold_customers = holding("___xtr_customer", "cst_id")
_HOLD_ADDRESSES = {
    "cba_": holding("___xtr_customer_billing_address", "cba_id"),
    "cda_": holding("___xtr_customer_delivery_address", "cda_id"),
}


def take_staff(rows: Sequence[Row], ledger: Ledger) -> None:
    """Write members of staff (___config_admin); cnfa_keylog is never read."""

    def convert(row: Row) -> Record:
        return {
            "legacy_id": row.needed_text("cnfa_id", most=60),
            "email": email_of(row.text("cnfa_mail") or row.text("cnfa_login")),
            "password_hash": _password(row, "cnfa_pswd"),
            "first_name": row.text("cnfa_fname", most=100),
            "last_name": row.text("cnfa_name", most=100),
            "job": row.text("cnfa_job", most=100),
            "level": min(max(row.integer("cnfa_level") or DEFAULT_STAFF_LEVEL, 1), 10),
            "is_active": row.flag("cnfa_activ"),
        }

    taken = list(convert_each(rows, ledger, convert))
    kept = _one_each(StaffMember, taken, ledger)
    upsert(StaffMember, kept, "legacy_id", only_new=("password_hash",), unless=_SIGNED_IN)


def take_customers(rows: Sequence[Row], ledger: Ledger) -> None:
    """Write customers (___xtr_customer), one per e-mail; their profile's address becomes one of theirs."""
    _hold_customers(rows, Ledger())
    taken = list(convert_each(rows, ledger, _customer))
    kept = _one_each(Customer, taken, ledger)
    upsert(Customer, kept, "legacy_id", only_new=("password_hash", "password_changed_at"), unless=_SIGNED_IN)
    sound = {record["legacy_id"] for record in kept}
    profiles = [row for row, record in taken if record["legacy_id"] in sound]
    _write_addresses(profiles, ledger, "cst_", "billing")


def _customer(row: Row) -> Record:
    level = row.integer("cst_level") or 1
    return {
        "legacy_id": row.needed_text("cst_id", most=60),
        "email": email_of(row.text("cst_mail")),
        "password_hash": _password(row, "cst_pswd"),
        "password_changed_at": row.moment("cst_password_changed_at"),
        "civility": civility_of(row.text("cst_civility")),
        "first_name": row.text("cst_fname", most=100),
        "last_name": row.text("cst_name", most=100),
        "phone": phone_of(row.text("cst_gsm"), row.text("cst_tel")),
        "is_pro": row.flag("cst_is_pro") or row.flag("cst_is_cpy"),
        "company": row.text("cst_rs", most=120),
        "siret": siret_of(row.text("cst_siret")),
        "level": min(max(level, 1), 6),
        "is_active": row.flag("cst_activ"),
    }


def take_billing_addresses(rows: Sequence[Row], ledger: Ledger) -> None:
    """Write billing addresses (___xtr_customer_billing_address)."""
    _HOLD_ADDRESSES["cba_"](rows, Ledger())
    _write_addresses(rows, ledger, "cba_", "billing")


def take_delivery_addresses(rows: Sequence[Row], ledger: Ledger) -> None:
    """Write delivery addresses (___xtr_customer_delivery_address)."""
    _HOLD_ADDRESSES["cda_"](rows, Ledger())
    _write_addresses(rows, ledger, "cda_", "shipping")


def choose_defaults(position: str) -> tuple[str, int] | None:
    """Make the first address of each kind the default of the customers who have none; date accounts by their orders."""
    if position:
        return None
    chosen = session.execute(
        text(
            "UPDATE customer_address SET is_default = true WHERE id IN ("
            " SELECT DISTINCT ON (customer_id, kind) id FROM customer_address own"
            " WHERE NOT EXISTS (SELECT FROM customer_address other WHERE other.customer_id = own.customer_id"
            "                   AND other.kind = own.kind AND other.is_default)"
            # The profile's address comes after those that were given as addresses.
            " ORDER BY customer_id, kind, legacy_id LIKE 'cst:%', id)"
        )
    )
    # The old shop kept no date of accounts: the first order's is the first that is known.
    session.execute(
        text(
            "UPDATE customer SET created_at = first.at FROM ("
            " SELECT customer_id, min(placed_at) AS at FROM shop_order"
            " WHERE customer_id IS NOT NULL AND legacy_id IS NOT NULL GROUP BY customer_id) first"
            " WHERE customer.id = first.customer_id AND customer.legacy_id IS NOT NULL AND created_at > first.at"
        )
    )
    return "done", chosen.rowcount  # type: ignore[attr-defined]


def _write_addresses(rows: Sequence[Row], ledger: Ledger, prefix: str, kind: str) -> None:
    owners = customer_ids([(row.raw(f"{prefix}id" if prefix == "cst_" else f"{prefix}cst_id") or "") for row in rows])

    def convert(row: Row) -> Record | None:
        owner = (row.raw(f"{prefix}id" if prefix == "cst_" else f"{prefix}cst_id") or "").strip()
        if owner not in owners:
            raise Unreadable(f"orphelin : client {owner} inconnu")
        address = address_of(row, prefix, company=row.text("cst_rs", most=120))
        if address is None:
            if prefix == "cst_":
                ledger.tallies["profil sans adresse complète"] += 1
                return None
            raise Unreadable("adresse sans rue, code postal ou ville")
        if country_of(row.text(f"{prefix}country")) is None:
            ledger.remark(row, "pays inconnu : France")
        number = row.needed_text(f"{prefix}id", most=50)
        return {"legacy_id": f"{prefix[:3]}:{number}", "customer_id": owners[owner], "kind": kind, **address}

    upsert(CustomerAddress, [made for _, made in convert_each(rows, ledger, convert)], "legacy_id")


def customer_ids(legacy_ids: Sequence[str]) -> dict[str, int]:
    """Return our customers by the old shop's ids."""
    wanted = {legacy_id.strip() for legacy_id in legacy_ids}
    query = select(Customer.legacy_id, Customer.id).where(Customer.legacy_id.in_(wanted))
    return {str(row[0]): row[1] for row in session.execute(query)}


def _one_each(model: type[Customer | StaffMember], taken: Sequence[tuple[Row, Record]], ledger: Ledger) -> list[Record]:
    """Keep one account per e-mail: the one that has it already, else the first that comes."""
    emails = {record["email"] for _, record in taken}
    query = select(func.lower(model.email), model.legacy_id).where(func.lower(model.email).in_(emails))
    holders = {row[0]: row[1] or "" for row in session.execute(query)}
    kept = []
    for row, record in taken:
        if holders.setdefault(record["email"], record["legacy_id"]) == record["legacy_id"]:
            kept.append(record)
        else:
            ledger.reject(row, f"{DUPLICATE} (« {holders[record['email']]} »)")
    return kept


def _password(row: Row, column: str) -> str | None:
    """The stored password exactly as it is: spaces may be part of a plain one."""
    stored = row.raw(column)
    if stored and len(stored) > 200:
        raise Unreadable(f"{column} : plus de 200 caractères")
    return stored or None

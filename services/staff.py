"""Members of staff and the record of what they change."""

from typing import Any

from domain.orders import Actor
from models.database import session
from models.staff import AuditEntry, StaffMember


def find_active_staff_member(staff_id: int) -> StaffMember | None:
    """Return the member of staff, None when there is none or the account is closed."""
    member = session.get(StaffMember, staff_id)
    return member if member is not None and member.is_active else None


def record_change(
    *, by: Actor, action: str, subject_kind: str, subject_id: int, before: dict[str, Any], after: dict[str, Any]
) -> None:
    """Write what `by` changed to the audit log, in the same transaction as the change."""
    session.add(
        AuditEntry(
            by=str(by), action=action, subject_kind=subject_kind, subject_id=subject_id, before=before, after=after
        )
    )

"""Members of staff and the record of what they change."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, EmailStr, Field
from sqlalchemy import func, select

from domain.addresses import PersonName
from domain.errors import Conflict
from domain.orders import Actor
from models.customers import Customer
from models.database import session
from models.staff import AuditEntry, StaffMember
from services.passwords import NewPassword, hash_password


class StaffEmailTaken(Conflict):
    """A customer or a member of staff has this e-mail."""


class NewStaffMember(BaseModel):
    """What a member of staff's account is opened with; levels as in spec/auth.md."""

    email: EmailStr = Field(max_length=120)
    level: int = Field(default=7, ge=7, le=10)
    first_name: PersonName
    last_name: PersonName
    password: NewPassword


def create_staff_member(new: NewStaffMember, *, at: datetime) -> StaffMember:
    """Open an account for a member of staff and return it; raises StaffEmailTaken."""
    email = new.email.lower()
    if any(session.scalar(select(kind.id).where(func.lower(kind.email) == email)) for kind in (StaffMember, Customer)):
        raise StaffEmailTaken("Un compte existe déjà avec cette adresse.", field="email")
    member = StaffMember(
        email=email,
        level=new.level,
        first_name=new.first_name,
        last_name=new.last_name,
        password_hash=hash_password(new.password),
        created_at=at,
    )
    session.add(member)
    session.flush()
    return member


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

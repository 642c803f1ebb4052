"""People who work in the shop, what they changed, and who tried to sign in."""

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, SmallInteger, String, text
from sqlalchemy.dialects.postgresql import INET, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, CreatedAt, Id, Moment


class StaffMember(Base):
    """A member of staff; levels 7 to 10 as in spec/auth.md."""

    __tablename__ = "staff_member"
    __table_args__ = (
        Index("uq_staff_member_email", text("lower(email)"), unique=True),
        CheckConstraint("level BETWEEN 1 AND 10", name="level_range"),
    )

    id: Mapped[Id]
    legacy_id: Mapped[str | None] = mapped_column(String(60), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    first_name: Mapped[str] = mapped_column(String(100))
    last_name: Mapped[str] = mapped_column(String(100))
    job: Mapped[str] = mapped_column(String(100), default="", server_default="")
    level: Mapped[int] = mapped_column(SmallInteger, default=7, server_default=text("7"))
    is_active: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    created_at: Mapped[CreatedAt]
    last_login_at: Mapped[Moment | None]

    @property
    def full_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


class AuditEntry(Base):
    """One change a member of staff made, with the values before and after."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_subject", "subject_kind", "subject_id", "id"),
        Index("ix_audit_entry_by", "by", "id"),
    )

    id: Mapped[Id]
    by: Mapped[str] = mapped_column(String(60))
    action: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(BigInteger)
    before: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=text("'{}'"))
    after: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=text("'{}'"))
    at: Mapped[CreatedAt]


class SignIn(Base):
    """One attempt to sign in, kept 90 days."""

    __tablename__ = "sign_in"
    __table_args__ = (
        Index("ix_sign_in_email", text("lower(email)"), "at"),
        Index("ix_sign_in_ip", "ip", "at", postgresql_where=text("NOT succeeded")),
        Index("ix_sign_in_at", "at"),
    )

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(254))
    who: Mapped[str] = mapped_column(String(60), default="", server_default="")
    succeeded: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(40), default="", server_default="")
    ip: Mapped[str | None] = mapped_column(INET)
    user_agent: Mapped[str] = mapped_column(String(300), default="", server_default="")
    at: Mapped[Moment] = mapped_column(server_default=text("now()"))

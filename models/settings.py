"""What staff can set without a deploy: the shop's identity, texts and switches."""

from typing import Any

from sqlalchemy import CheckConstraint, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, CreatedAt


class ShopSetting(Base):
    """One named value; services/settings.py says which keys exist and what they may hold."""

    __tablename__ = "shop_setting"
    __table_args__ = (CheckConstraint("key ~ '^[a-z][a-z0-9_.]{1,99}$'", name="key_shape"),)

    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    value: Mapped[Any] = mapped_column(JSONB)
    updated_at: Mapped[CreatedAt]
    updated_by: Mapped[str] = mapped_column(String(60), default="", server_default="")

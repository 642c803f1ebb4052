"""What helps the search: words that mean the same, products whose index is behind, what was searched for."""

from sqlalchemy import BigInteger, CheckConstraint, Index, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, CreatedAt, Id, Moment


class Synonym(Base):
    """A word or phrase that also finds others; both ways when each of them finds all the rest."""

    __tablename__ = "synonym"
    __table_args__ = (
        CheckConstraint("word <> ''", name="has_a_word"),
        CheckConstraint("cardinality(others) BETWEEN 1 AND 20", name="has_others"),
    )

    id: Mapped[Id]
    # Plain words (domain/search.py): lower case, no accents, one space between.
    word: Mapped[str] = mapped_column(String(60), unique=True)
    others: Mapped[list[str]] = mapped_column(ARRAY(String(60)))
    both_ways: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[CreatedAt]


class ProductToIndex(Base):
    """A product that changed and that the search engine does not know about yet; gone once it does."""

    __tablename__ = "product_to_index"
    __table_args__ = (Index("ix_product_to_index_since", "since"),)

    # No foreign key: the search must hear of a product that was deleted, too.
    product_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # Of its first change that was not indexed.
    since: Mapped[CreatedAt]
    # How often it changed meanwhile: whoever indexed an older state must not take the mark of a newer one away.
    changes: Mapped[int] = mapped_column(default=1, server_default=text("1"))


class SearchRecord(Base):
    """One search of a shopper: the words, what came of it; nothing that says who he is."""

    __tablename__ = "search_record"
    __table_args__ = (
        Index("ix_search_record_at", "at", "words"),
        Index("ix_search_record_nothing", "at", "words", postgresql_where=text("results = 0")),
        CheckConstraint("results >= 0 AND milliseconds >= 0", name="not_negative"),
        CheckConstraint("kind IN ('reference', 'words')", name="kind_known"),
    )

    id: Mapped[Id]
    at: Mapped[Moment]
    words: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(10))
    results: Mapped[int]
    milliseconds: Mapped[int]
    degraded: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    # A keyed hash that changes with the day: counts visitors of a day, follows nobody.
    visitor: Mapped[str] = mapped_column(String(16))

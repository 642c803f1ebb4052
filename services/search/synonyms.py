"""Words that also find others: kept by staff, applied to the search engine after each change."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints
from sqlalchemy import or_, select

from domain.errors import NotFound, ShopError
from domain.orders import Actor
from domain.search import plain_words
from models.database import session
from models.outbox import Event, record
from models.search import Synonym
from services.search.vocabulary import forget_vocabulary
from services.staff import record_change

MAX_LISTED = 1_000


@dataclass(frozen=True)
class SynonymsChanged(Event):
    """A synonym was made, changed or removed."""

    synonym_id: int


class SynonymTaken(ShopError):
    """Another synonym has this word already."""

    code = "SYNONYM_TAKEN"
    status = 422


class SynonymNeedsOthers(ShopError):
    """A synonym that finds nothing but itself."""

    code = "SYNONYM_NEEDS_OTHERS"
    status = 422


def _plain(text: Any) -> Any:
    return plain_words(text) if isinstance(text, str) else text


def _listed(text: Any) -> Any:
    """Read words between commas or on lines of their own."""
    if isinstance(text, str):
        text = text.replace("\n", ",").split(",")
    return [plain for one in text if (plain := _plain(one))] if isinstance(text, list) else text


_Words = Annotated[str, StringConstraints(min_length=1, max_length=60)]


class SynonymInput(BaseModel):
    """A word or phrase and what else it finds, at most twenty; compared without case, accents and punctuation."""

    word: Annotated[_Words, BeforeValidator(_plain)]
    others: Annotated[list[_Words], BeforeValidator(_listed), Field(min_length=1, max_length=20)]
    both_ways: bool = False

    def different(self) -> list[str]:
        """Return what else it finds, once each, without itself; raises SynonymNeedsOthers."""
        others = [other for other in dict.fromkeys(self.others) if other != self.word]
        if not others:
            raise SynonymNeedsOthers("Donnez au moins un autre mot que celui-ci.", field="others")
        return others


def list_synonyms(text: str = "") -> list[Synonym]:
    """List the synonyms by word, those that hold `text` on either side when it is given; at most 1 000."""
    query = select(Synonym).order_by(Synonym.word).limit(MAX_LISTED)
    if wanted := plain_words(text):
        query = query.where(or_(Synonym.word.contains(wanted, autoescape=True), Synonym.others.contains([wanted])))
    return list(session.scalars(query))


def get_synonym(synonym_id: int) -> Synonym:
    """Return a synonym; raises NotFound."""
    synonym = session.get(Synonym, synonym_id)
    if synonym is None:
        raise NotFound("Ce synonyme n'existe pas ou plus.")
    return synonym


def add_synonym(new: SynonymInput, *, by: Actor, at: datetime) -> Synonym:
    """Add a synonym; raises SynonymTaken or SynonymNeedsOthers."""
    _refuse_twin(new.word)
    synonym = Synonym(word=new.word, others=new.different(), both_ways=new.both_ways, created_at=at, updated_at=at)
    session.add(synonym)
    session.flush()
    _tell(synonym, "synonym.added", before={}, by=by)
    return synonym


def change_synonym(synonym_id: int, change: SynonymInput, *, by: Actor, at: datetime) -> Synonym:
    """Change a synonym; raises NotFound, SynonymTaken or SynonymNeedsOthers."""
    synonym = get_synonym(synonym_id)
    if change.word != synonym.word:
        _refuse_twin(change.word)
    others, before = change.different(), _values(synonym)
    synonym.word, synonym.others, synonym.both_ways, synonym.updated_at = change.word, others, change.both_ways, at
    session.flush()
    _tell(synonym, "synonym.changed", before=before, by=by)
    return synonym


def remove_synonym(synonym_id: int, *, by: Actor) -> None:
    """Remove a synonym; raises NotFound."""
    synonym = get_synonym(synonym_id)
    before = _values(synonym)
    session.delete(synonym)
    session.flush()
    _tell(synonym, "synonym.removed", before=before, by=by, after={})


def _refuse_twin(word: str) -> None:
    twin = session.scalar(select(Synonym).where(Synonym.word == word))
    if twin is not None:
        raise SynonymTaken(
            f"« {word} » a déjà ses synonymes : {', '.join(twin.others)}. Modifiez-les plutôt.", field="word"
        )


def _values(synonym: Synonym) -> dict[str, Any]:
    return {"word": synonym.word, "others": list(synonym.others), "both_ways": synonym.both_ways}


def _tell(
    synonym: Synonym, action: str, *, before: dict[str, Any], by: Actor, after: dict[str, Any] | None = None
) -> None:
    record_change(
        by=by,
        action=action,
        subject_kind="synonym",
        subject_id=synonym.id,
        before=before,
        after=_values(synonym) if after is None else after,
    )
    record(SynonymsChanged(synonym.id))
    forget_vocabulary()

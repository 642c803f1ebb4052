"""The shop's own words, kept in memory for a few minutes: what tells a part from a vehicle in a search."""

from dataclasses import dataclass
from threading import Lock
from time import monotonic

from sqlalchemy import select

from domain.search import CATEGORY_WORDS
from domain.understanding import Lexicon, Named, split_words, stems
from domain.vehicle_names import spoken_model_name
from models.catalog import Brand, Gamme
from models.database import session
from models.search import Synonym
from models.vehicles import Make, VehicleModel

KEPT_SECONDS = 300.0
# A shop has a few hundred gammes and brands, a few thousand models.
MAX_NAMES = 20_000
SIDES = frozenset("avant arriere gauche droit droite superieur superieure inferieur inferieure essieu cote".split())


@dataclass(frozen=True)
class Vocabulary:
    """The words of gammes, of makes and models, and those that go with a part."""

    parts: Lexicon
    vehicles: Lexicon
    others: Lexicon
    read_at: float


_lock = Lock()
_present: Vocabulary | None = None


def understand(text: str) -> Named:
    """Tell the words of `text` for a part from those for a vehicle; both are empty unless both are named."""
    if len(text.split()) < 2:
        return Named()
    known = _vocabulary()
    return split_words(text, parts=known.parts, vehicles=known.vehicles, others=known.others)


def forget_vocabulary() -> None:
    """Read the words anew at the next search."""
    global _present
    _present = None


def _vocabulary() -> Vocabulary:
    global _present
    known = _present
    if known is None or monotonic() - known.read_at > KEPT_SECONDS:
        # One request reads, the others go on with what was known.
        if known is not None and not _lock.acquire(blocking=False):
            return known
        if known is None:
            _lock.acquire()
        try:
            _present = known = _read()
        finally:
            _lock.release()
    return known


def _read() -> Vocabulary:
    gammes = session.execute(select(Gamme.name, Gamme.plural_name).where(Gamme.is_displayed).limit(MAX_NAMES))
    parts = {stem for row in gammes for name in row for stem in stems(name)} | CATEGORY_WORDS
    for word, others in session.execute(select(Synonym.word, Synonym.others).limit(MAX_NAMES)):
        parts.update(stem for text in (word, *others) for stem in stems(text))
    models = session.execute(
        select(Make.name, VehicleModel.name)
        .join(VehicleModel.make)
        .where(VehicleModel.is_displayed, Make.is_displayed)
        .limit(MAX_NAMES)
    )
    names = {name for make, model in models for name in (make, spoken_model_name(model))}
    vehicles = {stem for name in names for stem in stems(name) if len(stem) > 1}
    brands = session.scalars(select(Brand.name).where(Brand.is_displayed).limit(MAX_NAMES))
    return Vocabulary(
        parts=Lexicon.of(parts - SIDES),
        vehicles=Lexicon.of(vehicles - SIDES - parts),
        others=Lexicon.of(SIDES.union(*map(stems, brands))),
        read_at=monotonic(),
    )

"""The shop's own words, kept in memory for a few minutes: what tells a part from a vehicle in a search."""

from dataclasses import dataclass
from threading import Lock
from time import monotonic

from sqlalchemy import func, select

from domain.search import CATEGORY_WORDS
from domain.understanding import Lexicon, Named, Words, split_words, stems
from domain.vehicle_names import spoken_model_name
from models.catalog import Brand, Gamme
from models.database import session
from models.search import Synonym
from models.vehicles import EngineCode, Make, VehicleModel

KEPT_SECONDS = 300.0
# A shop has a few hundred gammes and brands, a few thousand models.
MAX_NAMES = 20_000
SIDES = frozenset("avant arriere gauche droit droite superieur superieure inferieur inferieure essieu cote".split())
# What is printed on batteries, and is no car.
TRAITS = frozenset("start stop agm efb".split())


@dataclass(frozen=True)
class Vocabulary:
    """The shop's own words, and when they were read."""

    words: Words
    read_at: float


_lock = Lock()
_present: Vocabulary | None = None


def understand(text: str) -> Named:
    """Tell the words of `text` for a part from those for a vehicle."""
    return split_words(text, _vocabulary().words)


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
    pairs = list(models)
    makes = {stem for make, _model in pairs for stem in stems(make)}
    vehicles = {stem for _make, model in pairs for stem in stems(spoken_model_name(model)) if len(stem) > 1} | makes
    # The maker's code of a model says which it is too: « E46 ».
    vehicles |= {stem for _make, model in pairs for stem in stems(model) if _is_code(stem)}
    brands = session.scalars(select(Brand.name).where(Brand.is_displayed).limit(MAX_NAMES))
    engines = session.scalars(select(func.split_part(EngineCode.code, " ", 1)).distinct().limit(MAX_NAMES))
    parts = {stem for stem in parts - SIDES if len(stem) > 1 and not stem.isdigit()}
    words = Words(
        parts=Lexicon.of(parts),
        vehicles=Lexicon.of(vehicles - SIDES - parts),
        makes=frozenset(makes),
        engines=frozenset(stem for code in engines for stem in stems(code) if len(stem) > 2 and not stem.isdigit()),
        beside=(SIDES | TRAITS).union(*map(stems, brands)),
    )
    return Vocabulary(words, monotonic())


def _is_code(stem: str) -> bool:
    return len(stem) > 2 and not (stem.isdigit() or stem.isalpha())

"""Names of brands and gammes in a file, looked up in the shop: by name, alias or number, accents and case aside."""

from sqlalchemy import select

from domain.cells import CellError
from domain.search import plain_words
from models.catalog import Brand, Gamme
from models.database import session

# There are hundreds of these in a shop, some thousands at most: they fit in memory where rows do not.
MOST_NAMES = 50_000


class Names:
    """The brands and gammes of the shop by what a file may call them; read once per run."""

    def __init__(self) -> None:
        self._ids = {"brand": self._brands(), "gamme": self._gammes()}

    def look_up(self, kind: str, cell: str) -> str:
        """Return the id behind a name as text; raises CellError when there is none, or more than one."""
        known = self._ids[kind]
        words = plain_words(cell)
        found = known.get(words)
        if found is None and cell.isascii() and cell.isdigit():
            found = known.get(f"#{int(cell)}")
        word = "marque" if kind == "brand" else "gamme"
        if found is None:
            raise CellError(f"Cette {word} n'existe pas dans la boutique : créez-la ou corrigez son nom.")
        if found == 0:
            raise CellError(f"Plusieurs {word}s portent ce nom : écrivez le numéro de la bonne.")
        return str(found)

    def _brands(self) -> dict[str, int]:
        ids: dict[str, int] = {}
        for row in session.execute(select(Brand.id, Brand.name, Brand.alias).limit(MOST_NAMES)):
            _name(ids, row.id, row.name, row.alias)
        return ids

    def _gammes(self) -> dict[str, int]:
        ids: dict[str, int] = {}
        columns = (Gamme.id, Gamme.name, Gamme.plural_name, Gamme.alias)
        for row in session.execute(select(*columns).limit(MOST_NAMES)):
            _name(ids, row.id, row.name, row.plural_name, row.alias)
        return ids


def _name(ids: dict[str, int], number: int, *names: str) -> None:
    """Remember what `number` is called; a name of two things stands for neither (0)."""
    for words in {plain_words(name) for name in names}:
        ids[words] = number if ids.get(words, number) == number else 0
    ids[f"#{number}"] = number


def find_brand(name: str) -> int:
    """Return the id of the brand that somebody calls so, or its number; raises CellError."""
    return int(Names().look_up("brand", name))

"""How large a demo shop is: which cells of vehicles are served, by how many brands, and in how many lines of each."""

from dataclasses import dataclass

from devstack.demo.catalog.cells import Cell
from devstack.demo.catalog.kind import Gamme

# Nobody names more rivals than this.
EVERY_RIVAL = 1_000


@dataclass(frozen=True)
class Size:
    """Chances, out of a hundred, that a cell is served: (core gammes, others, those behind a link) by demand."""

    name: str
    # About so many.
    products: int
    coverage: dict[int, tuple[float, float, float]]
    # Brands per cell, over all sides: (core gammes, others) by demand.
    rivals: dict[int, tuple[int, int]]
    # Lines of quality that a brand sells for the same vehicles, by demand, the lowest first.
    lines: tuple[int, int, int] = (1, 1, 1)
    # Kinds of versions of each vehicle type (vehicles/versions.py) that are known beside the type itself.
    version_kinds: int = 0
    # Universal articles of each brand in each gamme.
    universal_range: int = 8
    # Rivals' numbers under which a product is found.
    rivals_named: int = EVERY_RIVAL
    # Pictures that suppliers announce of each product.
    pictures: int = 0
    # Throws for a free part number before its shape grows by a digit.
    number_patience: int = 40

    def coverage_of(self, gamme: Gamme, cell: Cell) -> float:
        """Return how likely it is that this gamme has parts for these vehicles, out of a hundred."""
        core, shown, hidden = self.coverage[cell.demand]
        if gamme.is_core:
            return core
        return shown if gamme.level == 1 else hidden

    def rivals_of(self, gamme: Gamme, cell: Cell) -> int:
        """Return how many brands sell this gamme for these vehicles, on each side."""
        core, others = self.rivals[cell.demand]
        per_side = -(-(core if gamme.is_core else others) // len(gamme.sides))
        return min(len(gamme.brand_keys), per_side)

    def lines_of(self, cell: Cell) -> int:
        """Return how many lines each of these brands has for these vehicles."""
        return self.lines[cell.demand]


SIZES = {
    # For tests: the usual vehicles only, and few parts.
    "tiny": Size("tiny", 983, {2: (40, 4, 2), 1: (0, 0, 0), 0: (0, 0, 0)}, {2: (2, 2), 1: (1, 1), 0: (1, 1)}),
    "small": Size(
        "small", 22_695, {2: (100, 90, 25), 1: (80, 10, 2), 0: (60, 1, 0.3)}, {2: (6, 4), 1: (2, 2), 0: (2, 1)}
    ),
    # For curves of growth: about 40,000 products and half of the vehicles of the full one.
    "medium": Size(
        "medium",
        40_000,
        {2: (100, 95, 40), 1: (94, 29, 10), 0: (74, 5, 1)},
        {2: (8, 5), 1: (3, 2), 0: (2, 1)},
        version_kinds=4,
        rivals_named=2,
        pictures=3,
        number_patience=4,
    ),
    # What a shop of this trade lives on: 400,000 products, 30,000 vehicles.
    "full": Size(
        "full",
        400_000,
        {2: (100, 100, 100), 1: (100, 97, 90), 0: (98, 94, 84)},
        {2: (10, 8), 1: (6, 5), 0: (4, 3)},
        lines=(1, 2, 3),
        version_kinds=10,
        universal_range=24,
        rivals_named=1,
        pictures=3,
        number_patience=4,
    ),
}

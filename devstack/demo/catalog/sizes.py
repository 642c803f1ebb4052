"""How large a demo shop is: which cells of vehicles are served, and by how many brands."""

from dataclasses import dataclass

from devstack.demo.catalog.cells import Cell
from devstack.demo.catalog.kind import Gamme


@dataclass(frozen=True)
class Size:
    """Chances, out of a hundred, that a cell is served: (core gammes, others, those behind a link) by demand."""

    name: str
    coverage: dict[int, tuple[float, float, float]]
    # Brands per cell, over all sides: (core gammes, others) by demand.
    rivals: dict[int, tuple[int, int]]

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


SIZES = {
    # For tests: the usual vehicles only, and few parts.
    "tiny": Size("tiny", {2: (40, 4, 2), 1: (0, 0, 0), 0: (0, 0, 0)}, {2: (2, 2), 1: (1, 1), 0: (1, 1)}),
    "small": Size("small", {2: (100, 90, 25), 1: (80, 10, 2), 0: (60, 1, 0.3)}, {2: (6, 4), 1: (2, 2), 0: (2, 1)}),
}

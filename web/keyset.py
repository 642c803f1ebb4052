"""Pages of a list that goes on before or after a row: no page costs more than the first."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

Row = TypeVar("Row")


class Cut(NamedTuple):
    """Whether there are rows above and below a page."""

    above: bool
    below: bool


def cut_page(found: Sequence[Row], size: int, *, before: int | None, after: int | None) -> tuple[list[Row], Cut]:
    """Return one page of up to `size` + 1 rows found around it, and whether the list goes on above and below."""
    is_longer = len(found) > size
    if after is not None:
        return list(found[-size:]), Cut(is_longer, True)
    return list(found[:size]), Cut(before is not None, is_longer)

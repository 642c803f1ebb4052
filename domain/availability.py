"""What the shelf lets the shop promise: in stock, nearly gone or out, and when a parcel would leave."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.shipping import dispatch_day


class StockState(StrEnum):
    """What a shopper needs to know of the shelf."""

    IN_STOCK = "in_stock"
    LOW = "low"
    OUT = "out"


@dataclass(frozen=True)
class Availability:
    """Packs that can be promised now and the day a parcel ordered now leaves; None where it is not known."""

    state: StockState
    packs: int
    leaves_on: date | None = None
    leaves_today: bool = False
    cutoff_hour: int = 0
    restock_on: date | None = None

    @property
    def is_available(self) -> bool:
        """Whether at least one pack can be promised."""
        return self.state != StockState.OUT


def availability_of(
    packs: int, *, low_threshold: int, restock_on: date | None, now: datetime, cutoff_hour: int
) -> Availability:
    """Return what can be promised of `packs` on the shelf; `now` is local time, a past restock date is unknown."""
    if packs <= 0:
        known = restock_on if restock_on and restock_on > now.date() else None
        return Availability(StockState.OUT, 0, restock_on=known)
    leaves_on = dispatch_day(now, cutoff_hour)
    return Availability(
        StockState.LOW if packs <= low_threshold else StockState.IN_STOCK,
        packs,
        leaves_on=leaves_on,
        leaves_today=leaves_on == now.date(),
        cutoff_hour=cutoff_hour,
    )

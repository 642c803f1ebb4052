"""The ranges of price that narrow a search (spec/search.md, rule 9): up to 50 €, 100 €, 200 €, 500 €, and above."""

# A range ends below its bound; the last one has none.
BOUNDS_CENTS = (50_00, 100_00, 200_00, 500_00)
PRICE_RANGES = range(len(BOUNDS_CENTS) + 1)


def price_range_of(price_cents: int) -> int:
    """Return the number of the range a price in cents lies in, 0 for the lowest."""
    return sum(price_cents >= bound for bound in BOUNDS_CENTS)


def bounds_of(price_range: int) -> tuple[int | None, int | None]:
    """Return the lowest price of a range and the first one above it, in cents; None where it is open."""
    low = BOUNDS_CENTS[price_range - 1] if price_range else None
    return low, BOUNDS_CENTS[price_range] if price_range < len(BOUNDS_CENTS) else None

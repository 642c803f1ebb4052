"""Cents in, cents out: one rounding rule, half-up per line, remainders on the largest line (decision 13)."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def to_euros(cents: int) -> Decimal:
    """Return an amount in cents as decimal euros with two places."""
    return (Decimal(cents) / 100).quantize(CENT)


def to_cents(euros: Decimal | str) -> int:
    """Return decimal euros as cents, rounded half-up; floats are not accepted on purpose."""
    return int((Decimal(euros) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def share(amount: int, numerator: int, denominator: int) -> int:
    """Return amount × numerator ÷ denominator in whole cents, halves rounded away from zero."""
    exact = Decimal(amount) * numerator / denominator
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def contained_vat(total_cents: int, basis_points: int) -> int:
    """Return the VAT contained in an amount that includes it; 2000 basis points are 20 %."""
    return share(total_cents, basis_points, 10_000 + basis_points)


def allocate(amount: int, weights: Sequence[int]) -> list[int]:
    """Split `amount` in proportion to `weights` so that the parts add up; the largest weight takes the remainder."""
    whole = sum(weights)
    if whole == 0:
        if amount:
            raise ValueError("an amount cannot be split over weights that are all zero")
        return [0] * len(weights)
    # Rounding down first keeps every part within its own weight when the amount is within the whole.
    parts = [amount * weight // whole for weight in weights]
    largest = max(range(len(weights)), key=lambda index: weights[index])
    parts[largest] += amount - sum(parts)
    return parts

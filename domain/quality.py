"""How good a part is, as the old front end counts it (spec/search.md, rule 6)."""

# 2 stands for « A » brands, which this shop does not tell from the others.
ORIGINAL, EXCHANGE, OTHER = 1, 3, 4


def quality_of(is_oes: bool, *, deposit_cents: int) -> int:
    """Return 3 for an exchange part, which has a deposit, 1 for a supplier of vehicle makers, 4 for any other."""
    if deposit_cents:
        return EXCHANGE
    return ORIGINAL if is_oes else OTHER

"""How the texts of a gamme are described."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Writing:
    """What is said of a gamme: only what such a part does, how it wears and how it is fitted, never of one product.

    `signs` and `fitting` are whole sentences; `hints` follow « pensez à », so they begin with an infinitive.
    """

    gamme_id: int
    signs: tuple[str, ...]
    fitting: tuple[str, ...]
    hints: tuple[str, ...]
    informations: tuple[str, ...]
    advice: tuple[tuple[str, str], ...]

"""Part numbers: of part makers, of vehicle makers, and bar codes. Invented, in the shapes the trade knows."""

from devstack.demo.dice import Dice
from domain.references import reference_key

MOST_DIGITS_ADDED = 1
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"

# Shapes of the numbers of vehicle makers' parts (# a digit, % not zero, @ a letter).
MAKER_PATTERNS = {
    "renault": ("77 01 %## ###", "82 00 %## ###", "%####%###R", "%########R"),
    "nissan": ("%####-%@#A#", "%####-@@%##", "%####-%###@"),
    "psa": ("%###.@%", "16 %## ### 80", "98 %## ### 80", "%###%#"),
    "volkswagen": ("1K0 %## ### @", "%@0 %## ### @@", "03L %## ### @", "06@ %## ### @", "5Q0 %## ### @"),
    "bmw": ("11 %# 7 %## ###", "34 %# 6 %## ###", "64 %# 9 %## ###"),
    "mercedes": ("A %## %## ## ##", "A %## ### %# ## ##"),
    "porsche": ("9%7.%##.###.0#", "958.%##.%##.00"),
    "opel": ("13 %## ###", "93 %## ###", "95 %## ###", "8 %# ###"),
    "daewoo": ("96%#####", "25%#####"),
    "saab": ("93%#####", "55%#####"),
    "ford": ("1 %## ###", "1 #%# ###", "BM51-%@###-@@", "2S61-%@###-@@"),
    "mazda": ("@%@#-%#-%##", "@@%#-%#-%##A"),
    "volvo": ("3%######", "30%#####", "8%#####"),
    "land-rover": ("LR0%#####", "C2C%####", "@@@%#####"),
    "fiat": ("5%######", "46%#####", "71%#####", "77%#####"),
    "alfa-romeo": ("60%#####", "505%####", "46%#####"),
    "iveco": ("50%#######", "299%####"),
    "chrysler": ("0%######A@", "68%######A@", "52%#####A@"),
    "toyota": ("%####-%####", "#%###-0%###", "90%##-%####"),
    "honda": ("%####-@@@-0##", "%####-@#@-@0#"),
    "mitsubishi": ("MR%#####", "MN%#####", "%###A%##"),
    "suzuki": ("%####-%#@##", "%####-%#J##"),
    "subaru": ("%####FG%##", "%####@@%#0"),
    "hyundai": ("%####-%@###", "%####-2B%##", "S%####-%@###"),
    "daihatsu": ("%####-B%###", "%####-97%##"),
    "ssangyong": ("%##%######", "665%######"),
    "mg": ("10%#####", "50%#####"),
    "lada": ("21%##-%######", "11180-%######"),
    "isuzu": ("8-98%###-%##-0", "8-97%###-###-0"),
    "tesla": ("10%#####-00-@", "6%#####-00-@"),
}


class Numbers:
    """Gives out numbers from shapes; no brand gets the same number twice."""

    def __init__(self, patience: int = 40) -> None:
        self._patience = patience
        self._used: set[tuple[int, str]] = set()

    def of_brand(self, brand_id: int, pattern: str, dice: Dice) -> str:
        """Return a number of a part maker that it has not used yet; a crowded shape grows, one digit after another."""
        for attempt in range(MOST_DIGITS_ADDED * self._patience + 20):
            number = fill(pattern + "#" * (attempt // self._patience), dice)
            key = (brand_id, reference_key(number))
            if key not in self._used:
                self._used.add(key)
                return number
        raise ValueError(f"the shape {pattern!r} has no numbers left")


def fill(pattern: str, dice: Dice) -> str:
    """Return `pattern` with a digit for each #, 1 to 9 for each %, a letter for each @."""
    return "".join(_filled(character, dice) for character in pattern)


def _filled(character: str, dice: Dice) -> str:
    if character == "#":
        return str(dice.below(10))
    if character == "%":
        return str(dice.between(1, 9))
    return dice.pick(_LETTERS) if character == "@" else character


def of_maker(maker: str, dice: Dice) -> str:
    """Return a number in the shape of a vehicle maker's."""
    return fill(dice.pick(MAKER_PATTERNS[maker]), dice)


def ean13(product_id: int) -> str:
    """Return an EAN-13 of the range 20 that GS1 keeps for use inside shops: no maker's prefix is claimed."""
    digits = f"20{product_id:010d}"
    weighted = sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(digits))
    return f"{digits}{-weighted % 10}"

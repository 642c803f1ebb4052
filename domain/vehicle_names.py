"""Names of vehicles as makers print them and as people say them."""

import re

# By their digits, in lower case. « X » alone is a letter in « Model X »; nobody counts models beyond twelve.
NUMERALS = {str(number): numeral for number, numeral in enumerate("i ii iii iv v vi vii viii ix".split(), start=1)}
NUMERALS |= {"11": "xi", "12": "xii"}
_DIGITS = {numeral.upper(): digits for digits, numeral in NUMERALS.items()}
_CODES = re.compile(r"\s*\([^)]*\)")


def short_model_name(name: str) -> str:
    """Return the name of a model without the maker's codes: « Clio III (BR0/1, CR0/1) » is « Clio III »."""
    return _CODES.sub("", name).strip()


def spoken_model_name(name: str) -> str:
    """Return the name of a model as people type it, its numeral in digits: « Clio III (BR0/1) » is « Clio 3 »."""
    return " ".join(_DIGITS.get(word, word) for word in short_model_name(name).split())

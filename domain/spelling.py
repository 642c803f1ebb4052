"""What people shorten when they type for a part: « plaq av clio3 » is « plaquette avant clio 3 »."""

import re

_ELISION = re.compile(r"^[dl]['’]", re.IGNORECASE)
# A model and its number written together; two letters or two digits are names of their own: « DS3 », « XC90 ».
_TOGETHER = re.compile(r"^([^\W\d_]{3,})(\d)$")

SHORT = {
    "av": "avant",
    "avg": "avant gauche",
    "avd": "avant droit",
    "ar": "arriere",
    "arr": "arriere",
    "arg": "arriere gauche",
    "ard": "arriere droit",
    "plaq": "plaquette",
    "plaqs": "plaquettes",
    "plak": "plaquette",
    "vw": "volkswagen",
    "wolkswagen": "volkswagen",
    "wolksvagen": "volkswagen",
    "3eme": "troisieme",
}
_SIDES = {"g": "gauche", "d": "droit"}
_ENDS = ("avant", "arriere")


def spelled_out(text: str) -> list[str]:
    """Return the tokens of a text written in full, without what a search engine takes for an order (quotes, minus)."""
    tokens: list[str] = []
    for typed in text.replace('"', " ").split():
        token = _ELISION.sub("", typed.strip("-+,;:!?.()«»“”"))
        plain = token.lower()
        if plain in _SIDES and tokens and tokens[-1] in _ENDS:
            tokens.append(_SIDES[plain])
        else:
            tokens += SHORT[plain].split() if plain in SHORT else [token] if token else []
    return tokens


def apart(token: str) -> tuple[str, str]:
    """Return a word and the digit written behind it, an empty digit for any other token."""
    found = _TOGETHER.match(token)
    return (found[1], found[2]) if found else (token, "")

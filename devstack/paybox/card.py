"""The card form: what was typed and what is wrong with it."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from devstack.paybox.stories import Choice

# The card that Paybox publishes for tests; any other is turned down on the page.
TEST_CARD = "1111222233334444"


class Card:
    """A submitted (or empty) card form; `mistakes` maps a field to what a person should do about it."""

    def __init__(self, form: Mapping[str, str]) -> None:
        self.form = form
        self.mistakes = dict(self._find_mistakes()) if form else {}

    def value(self, name: str, default: str = "") -> str:
        """Return what was typed, or `default` on the empty form."""
        return self.form.get(name, default)

    def _find_mistakes(self) -> list[tuple[str, str]]:
        found = []
        if re.sub(r"[\s-]", "", self.value("number")) != TEST_CARD:
            found.append(("number", "Numéro de carte refusé : cette banque d'essai n'accepte que 1111 2222 3333 4444."))
        expiry = re.fullmatch(r"\s*(0[1-9]|1[0-2])\s*/?\s*(\d\d)\s*", self.value("expiry"))
        today = datetime.now(UTC)
        if not expiry:
            found.append(("expiry", "Indiquez le mois et l'année, par exemple 12/30."))
        elif (2000 + int(expiry[2]), int(expiry[1])) < (today.year, today.month):
            found.append(("expiry", "Cette carte a expiré : indiquez une date à venir."))
        if not re.fullmatch(r"\d{3}", self.value("cvv").strip()):
            found.append(("cvv", "Indiquez les trois chiffres au dos de la carte."))
        try:
            Choice.read(dict(self.form))
        except ValueError as error:
            found.append(("STANDIN_OUTCOME", str(error)))
        return found

"""The turns of phrase that templates may use, as staff keep them."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from domain.page_subjects import CHEAP_PHRASES, OFFER_PHRASES, Phrases

PHRASES_KEY = "texts.phrases"
_Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class PhraseLists(BaseModel):
    """Both lists, in the order of their turns; it may not be empty, and what was never set is the spec's."""

    model_config = ConfigDict(frozen=True)

    cheap: tuple[_Phrase, ...] = Field(default=CHEAP_PHRASES, min_length=1, max_length=50)
    offers: tuple[_Phrase, ...] = Field(default=OFFER_PHRASES, min_length=1, max_length=50)

    def phrases(self) -> Phrases:
        """Return them as the text engine takes them."""
        return Phrases(self.cheap, self.offers)

"""What stands on every page, the families of the menu and who sells: remembered, so that no page asks a table."""

from pydantic import BaseModel, ConfigDict, TypeAdapter

from services import catalog, settings
from services.cache import remember
from services.settings import ShopIdentity

SECONDS = 3600


class MenuFamily(BaseModel):
    """A family as the menu and the home page name it."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    id: int
    alias: str
    name: str
    drawing: str


class Frame(BaseModel):
    """What stands around every page: who sells, and the displayed families in the order of the menu."""

    model_config = ConfigDict(frozen=True)

    shop: ShopIdentity
    families: tuple[MenuFamily, ...]


_FRAME = TypeAdapter(Frame)


def get_frame() -> Frame:
    """Return the frame as of the last commit that changed any of it, in one look at the cache.

    Documents read who sells from the setting itself.
    """
    return remember("frame", _read, _FRAME, tags=("menu", "catalog", "settings"), seconds=SECONDS)


def _read() -> Frame:
    families = tuple(MenuFamily.model_validate(family) for family in catalog.list_families())
    return Frame(shop=settings.get_shop_identity(), families=families)

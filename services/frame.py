"""What stands on every page, the families of the menu and who sells: remembered, so that no page asks a table."""

from collections.abc import Sequence

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


_FAMILIES = TypeAdapter(list[MenuFamily])
_IDENTITY = TypeAdapter(ShopIdentity)


def list_menu_families() -> Sequence[MenuFamily]:
    """List the displayed families in the order of the menu, as of the last commit that changed one."""
    return remember(
        "menu-families",
        lambda: [MenuFamily.model_validate(family) for family in catalog.list_families()],
        _FAMILIES,
        tags=("menu", "catalog"),
        seconds=SECONDS,
    )


def get_shop_identity() -> ShopIdentity:
    """Return who sells, as of the last commit that changed it; documents read the setting itself."""
    return remember("shop-identity", settings.get_shop_identity, _IDENTITY, tags=("settings",), seconds=SECONDS)

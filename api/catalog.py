"""The tree of families and gammes as JSON."""

from flask import Blueprint
from pydantic import BaseModel, Field

from api.contract import Answer, operation
from models.catalog import Family, Gamme
from services.catalog import count_products, list_menu
from web.addresses import family_url, gamme_url
from web.caching import cached
from web.shared_pages import tag

bp = Blueprint("catalog", __name__, url_prefix="/api/catalog")


class GammeNode(BaseModel):
    """A kind of part; `img` is the key of its line drawing."""

    pg_id: int
    alias: str
    name: str
    img: str
    url: str

    @classmethod
    def of(cls, gamme: Gamme) -> "GammeNode":
        """Show a gamme."""
        return cls(pg_id=gamme.id, alias=gamme.alias, name=gamme.name, img=gamme.drawing, url=gamme_url(gamme))


class FamilyLeaf(BaseModel):
    """A family by itself; `pic` is the key of its line drawing."""

    id: int
    alias: str
    name: str
    pic: str
    url: str

    @classmethod
    def of(cls, family: Family) -> "FamilyLeaf":
        """Show a family."""
        return cls(id=family.id, alias=family.alias, name=family.name, pic=family.drawing, url=family_url(family))


class FamilyNode(FamilyLeaf):
    """A family with its gammes."""

    gammes: list[GammeNode]

    @classmethod
    def of(cls, family: Family) -> "FamilyNode":
        """Show a family with its gammes loaded."""
        return cls(**FamilyLeaf.of(family).model_dump(), gammes=[GammeNode.of(gamme) for gamme in family.gammes])


class HierarchyStats(BaseModel):
    """How much there is."""

    total_families: int
    total_gammes: int
    total_pieces: int = Field(description="Produits affichés.")


class Hierarchy(BaseModel):
    """The menu, in its order."""

    familles: list[FamilyNode]
    stats: HierarchyStats


@bp.get("/hierarchy")
@cached(300, kind="api")
@operation(Answer[Hierarchy], tag="Catalogue")
def hierarchy() -> Answer[Hierarchy]:
    """Lire les familles et leurs gammes, dans l'ordre du menu."""
    tag("menu", "ranges")
    families = [FamilyNode.of(family) for family in list_menu()]
    stats = HierarchyStats(
        total_families=len(families),
        total_gammes=sum(len(family.gammes) for family in families),
        total_pieces=count_products(),
    )
    return Answer(data=Hierarchy(familles=families, stats=stats))

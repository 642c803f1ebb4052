"""Families, gammes and equipment brands, as the shop shows them."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from domain.errors import NotFound
from domain.slugs import slugify
from models.catalog import Brand, Family, Gamme, Product
from models.database import session
from models.offers import BrandGamme, GammeSummary, VehicleGamme

# No list of the storefront is longer, whatever the catalogue holds.
MAX_LISTED = 500
# Addresses of the left lead to the right for good (spec/gamme-rest.md, rule 19).
MERGED_GAMMES = {3940: 158}

# What lists count: a displayed product of a displayed brand, with a price. The query joins `Product.brand`.
SELLABLE = (Product.is_displayed, Product.price_cents.is_not(None), Brand.is_displayed)


@dataclass(frozen=True)
class GammeOffer:
    """A gamme with what it offers in some context: how many references, the lowest price in cents (None = unknown)."""

    gamme: Gamme
    references: int
    from_cents: int | None


def list_families() -> list[Family]:
    """List the displayed families, in the order of the menu."""
    return list(
        session.scalars(
            select(Family).where(Family.is_displayed).order_by(Family.position, Family.id).limit(MAX_LISTED)
        )
    )


def list_menu() -> list[Family]:
    """List the displayed families with their displayed level-1 gammes, in the order of the menu."""
    return list(
        session.scalars(
            select(Family)
            .join(Family.gammes)
            .where(Family.is_displayed, Gamme.is_displayed, Gamme.level == 1)
            .order_by(Family.position, Family.id, Gamme.position, Gamme.name)
            .options(contains_eager(Family.gammes))
        ).unique()
    )


def count_products() -> int:
    """Return how many products are displayed."""
    return session.scalar(select(func.count()).select_from(Product).where(Product.is_displayed)) or 0


def get_family(family_id: int) -> Family:
    """Return a displayed family; raises NotFound."""
    family = session.scalar(select(Family).where(Family.id == family_id, Family.is_displayed))
    if family is None:
        raise NotFound("Cette famille de pièces n'existe pas ou plus.")
    return family


def merged_into(gamme_id: int) -> int:
    """Return the id under which a gamme is sold now: its own, unless another gamme took it in."""
    return MERGED_GAMMES.get(gamme_id, gamme_id)


def get_gamme(gamme_id: int) -> Gamme:
    """Return a displayed gamme of a displayed family, with its family; raises NotFound."""
    gamme = session.scalar(displayed_gammes().where(Gamme.id == gamme_id))
    if gamme is None:
        raise NotFound("Cette gamme de pièces n'existe pas ou plus.")
    return gamme


def get_gamme_by(key: str) -> Gamme:
    """Return a displayed gamme by its id or alias, of several with one alias the oldest; raises NotFound."""
    if key.isascii() and key.isdigit() and len(key) <= 18:
        return get_gamme(int(key))
    # No index has aliases: a shop has a few hundred gammes, and MAX_LISTED bounds them everywhere else.
    gamme = session.scalar(displayed_gammes().where(Gamme.alias == key.lower()).order_by(Gamme.id).limit(1))
    if gamme is None:
        raise NotFound("Cette gamme de pièces n'existe pas ou plus.")
    return gamme


def list_offers(*, text: str = "", top_only: bool = False) -> list[GammeOffer]:
    """List the level-1 gammes of every family with what they offer, in menu order; `text` is part of the name."""
    tops = (Gamme.is_top,) if top_only else ()
    found = _offers(
        _menu_order(
            select(Gamme, func.coalesce(GammeSummary.product_count, 0), GammeSummary.min_price_cents)
            .outerjoin(GammeSummary, GammeSummary.gamme_id == Gamme.id)
            .where(Gamme.level == 1, *tops)
        )
    )
    wanted = slugify(text) if text else ""
    return [offer for offer in found if wanted in slugify(offer.gamme.name)]


def list_top_gammes(limit: int = 12) -> list[Gamme]:
    """List the gammes that the home page puts forward (spec/catalog.md, rule 4)."""
    return list(
        session.scalars(
            displayed_gammes().where(Gamme.is_top, Gamme.level == 1).order_by(Gamme.id).limit(min(limit, MAX_LISTED))
        )
    )


def list_offers_of_family(family_id: int) -> list[GammeOffer]:
    """List a family's level-1 gammes with their sellable references and lowest price, in the order of the menu."""
    return _offers(
        select(Gamme, func.coalesce(GammeSummary.product_count, 0), GammeSummary.min_price_cents)
        .outerjoin(GammeSummary, GammeSummary.gamme_id == Gamme.id)
        .where(Gamme.family_id == family_id, Gamme.is_displayed, Gamme.level == 1)
        .order_by(Gamme.position, Gamme.name)
        .limit(MAX_LISTED)
    )


def list_offers_for_vehicle(type_id: int, *, family_id: int | None = None) -> list[GammeOffer]:
    """List the gammes, of one family or all, with at least one sellable reference for a vehicle type, in menu order.

    A reference counts once, whatever the number of its fitment rows; universal parts count for every vehicle. Read
    from what services/vehicle_gammes.py counted: one index range, however many references there are.
    """
    of_family = () if family_id is None else (Gamme.family_id == family_id,)
    made_for_it = func.coalesce(VehicleGamme.product_count, 0)
    for_any = func.coalesce(GammeSummary.universal_count, 0)
    return _offers(
        _menu_order(
            select(
                Gamme,
                made_for_it + for_any,
                func.least(VehicleGamme.min_price_cents, GammeSummary.universal_min_price_cents),
            )
            .outerjoin(VehicleGamme, (VehicleGamme.gamme_id == Gamme.id) & (VehicleGamme.vehicle_type_id == type_id))
            .outerjoin(GammeSummary, GammeSummary.gamme_id == Gamme.id)
            .where(made_for_it + for_any > 0, *of_family)
        )
    )


def list_brands() -> list[Brand]:
    """List the displayed equipment brands: tops first, then by position and name (spec/equipementiers.md, rule 1)."""
    return list(
        session.scalars(
            select(Brand)
            .where(Brand.is_displayed)
            .order_by(Brand.is_top.desc(), Brand.position, Brand.name)
            .limit(MAX_LISTED)
        )
    )


def list_top_brands(limit: int = 12) -> list[Brand]:
    """List the brands that the home page puts forward."""
    return list(
        session.scalars(
            select(Brand)
            .where(Brand.is_displayed, Brand.is_top)
            .order_by(Brand.position, Brand.name)
            .limit(min(limit, MAX_LISTED))
        )
    )


def get_brand(brand_id: int) -> Brand:
    """Return a displayed equipment brand; raises NotFound."""
    brand = session.scalar(select(Brand).where(Brand.id == brand_id, Brand.is_displayed))
    if brand is None:
        raise NotFound("Cet équipementier n'existe pas ou plus.")
    return brand


def list_offers_of_brand(brand_id: int) -> list[GammeOffer]:
    """List the gammes in which a brand has sellable references, family by family."""
    return _offers(
        _menu_order(
            select(Gamme, BrandGamme.product_count, BrandGamme.min_price_cents)
            .join(BrandGamme, BrandGamme.gamme_id == Gamme.id)
            .where(BrandGamme.brand_id == brand_id)
        )
    )


def displayed_gammes() -> Select[Gamme]:
    """Return the query of displayed gammes of displayed families, these loaded."""
    return (
        select(Gamme)
        .join(Gamme.family)
        .where(Gamme.is_displayed, Family.is_displayed)
        .options(contains_eager(Gamme.family))
    )


def _menu_order(query: Select[Gamme, int, int | None]) -> Select[Gamme, int, int | None]:
    """Narrow to what is displayed, family by family, with the families loaded."""
    return (
        query.join(Gamme.family)
        .where(Gamme.is_displayed, Family.is_displayed)
        .order_by(Family.position, Family.id, Gamme.position, Gamme.name)
        .options(contains_eager(Gamme.family))
        .limit(MAX_LISTED)
    )


def _offers(query: Select[Gamme, int, int | None]) -> list[GammeOffer]:
    return [GammeOffer(gamme, references, from_cents) for gamme, references, from_cents in session.execute(query)]

"""Texts of pages: templates and the texts that take turns in them."""

from typing import Any

from models.catalog import Brand, Gamme
from models.database import session
from models.offers import VehicleGamme
from models.seo import BrandGammeText, GammeAdvice, GammeInformation, GammeText, TextSwitch, VehicleGammeTemplate
from models.vehicles import VehicleType


def _save(thing: Any) -> Any:
    session.add(thing)
    session.flush()
    return thing


def write_gamme_text(gamme: Gamme, **values: Any) -> GammeText:
    return _save(GammeText(gamme_id=gamme.id, **values))


def write_template(gamme: Gamme, **values: Any) -> VehicleGammeTemplate:
    """The template of a gamme's pages for a vehicle."""
    return _save(VehicleGammeTemplate(gamme_id=gamme.id, **values))


def make_switch(content: str, *, kind: str = "gamme", slot: int = 1, **values: Any) -> TextSwitch:
    return _save(TextSwitch(kind=kind, slot=slot, content=content, **values))


def give_advice(gamme: Gamme, content: str, *, title: str = "") -> GammeAdvice:
    return _save(GammeAdvice(gamme_id=gamme.id, title=title, content=content))


def give_information(gamme: Gamme, content: str) -> GammeInformation:
    return _save(GammeInformation(gamme_id=gamme.id, content=content))


def write_brand_text(gamme: Gamme, brand: Brand, content: str) -> BrandGammeText:
    return _save(BrandGammeText(gamme_id=gamme.id, brand_id=brand.id, content=content))


def offer_for(gamme: Gamme, vehicle: VehicleType, *, products: int = 1, from_cents: int = 50_00) -> VehicleGamme:
    """What the nightly count would say of a gamme for a vehicle."""
    return _save(
        VehicleGamme(vehicle_type_id=vehicle.id, gamme_id=gamme.id, product_count=products, min_price_cents=from_cents)
    )

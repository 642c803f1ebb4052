"""What is offered for a vehicle, how it was found and how sure that is; and which vehicles a gamme is offered for."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from models.catalog import Family, Gamme
from models.database import session
from models.offers import GammeSummary, VehicleGamme
from models.vehicles import Make, VehicleModel, VehicleType
from services.catalog import MAX_LISTED, GammeOffer, list_offers_for_vehicle

Strategy = Literal["relation_type", "cross_gamme_car", "generic"]
Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True)
class VehicleOffers:
    """The gammes of a vehicle by the first strategy that finds any (spec/catalog.md, rule 5)."""

    strategy: Strategy
    confidence: Confidence
    offers: list[GammeOffer]

    @property
    def matched(self) -> int:
        """The sellable references behind the offers; nothing matched where the menu stands in for them."""
        return 0 if self.strategy == "generic" else sum(offer.references for offer in self.offers)


def find_offers_for_vehicle(vehicle: VehicleType) -> VehicleOffers:
    """Return what is made for a vehicle; else what is for its model's other engines; else the menu's level 1.

    Universal parts are no sign that anything is made for a vehicle: they alone lead on to the next strategy.
    """
    is_served = select(VehicleGamme.gamme_id).where(VehicleGamme.vehicle_type_id == vehicle.id).exists()
    if session.scalar(select(is_served)):
        return VehicleOffers("relation_type", "high", list_offers_for_vehicle(vehicle.id))
    if near := _offers_for_model(vehicle.model_id):
        return VehicleOffers("cross_gamme_car", "medium", near)
    return VehicleOffers("generic", "low", _offers_of_menu())


def list_vehicles_of_gamme(gamme_id: int, *, page: int = 1, per_page: int = 20) -> list[VehicleType]:
    """List the displayed vehicle types that a gamme has parts for, best served first, with model and make."""
    query = (
        select(VehicleType)
        .join(VehicleGamme, VehicleGamme.vehicle_type_id == VehicleType.id)
        .join(VehicleType.model)
        .join(VehicleModel.make)
        .where(VehicleGamme.gamme_id == gamme_id)
        .where(VehicleType.is_displayed, VehicleModel.is_displayed, Make.is_displayed)
        .order_by(VehicleGamme.product_count.desc(), VehicleGamme.vehicle_type_id)
        .options(contains_eager(VehicleType.model).contains_eager(VehicleModel.make))
    )
    return list(session.scalars(query.offset((page - 1) * per_page).limit(per_page)))


def count_vehicles_of_gamme(gamme_id: int) -> int:
    """Return how many vehicle types a gamme has parts for, as counted at night."""
    return session.scalar(select(GammeSummary.vehicle_count).where(GammeSummary.gamme_id == gamme_id)) or 0


def _offers_for_model(model_id: int) -> list[GammeOffer]:
    best = func.max(VehicleGamme.product_count)
    rows = session.execute(
        select(Gamme, best, func.min(VehicleGamme.min_price_cents))
        .join(VehicleGamme, VehicleGamme.gamme_id == Gamme.id)
        .join(VehicleType, VehicleType.id == VehicleGamme.vehicle_type_id)
        .join(Gamme.family)
        .where(VehicleType.model_id == model_id, Gamme.is_displayed, Family.is_displayed)
        .group_by(Gamme.id, Family.id)
        .order_by(Family.position, Family.id, Gamme.position, Gamme.name)
        .limit(MAX_LISTED)
    )
    return [GammeOffer(gamme, references, cents) for gamme, references, cents in rows]


def _offers_of_menu() -> list[GammeOffer]:
    rows = session.execute(
        select(Gamme, func.coalesce(GammeSummary.product_count, 0), GammeSummary.min_price_cents)
        .join(Gamme.family)
        .outerjoin(GammeSummary, GammeSummary.gamme_id == Gamme.id)
        .where(Gamme.is_displayed, Family.is_displayed, Gamme.level == 1)
        .order_by(Family.position, Family.id, Gamme.position, Gamme.name)
        .limit(MAX_LISTED)
    )
    return [GammeOffer(gamme, references, cents) for gamme, references, cents in rows]

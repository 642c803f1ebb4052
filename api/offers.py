"""What is offered for a vehicle and which gammes are asked for, as JSON (spec/catalog.md, rules 5 and 11)."""

import time
from collections.abc import Iterable
from typing import Annotated, Literal

from flask import Blueprint
from pydantic import AliasChoices, BaseModel, Field

from api.catalog import GammeNode
from api.contract import Answer, Listing, PageQuery, Pagination, operation
from api.schemas.products import ProductSummary
from api.schemas.vehicles import MakeSummary, ModelSummary, TypeDetail, TypeSummary, VehicleList
from models.database import utc_now
from services.catalog import GammeOffer, get_gamme
from services.fitment import judge_products
from services.product_choices import list_popular_gammes
from services.products import list_products_by_id, part_rows
from services.related_products import list_linked_gammes
from services.vehicle_offers import count_vehicles_of_gamme, find_offers_for_vehicle, list_vehicles_of_gamme
from services.vehicle_search import get_make_by, list_makes_page, search_models_of_make
from services.vehicles import FIRST_YEAR, LAST_YEAR, get_car, get_model, list_types
from web.caching import cached
from web.shared_pages import tag
from web.viewed import list_viewed

bp = Blueprint("offers", __name__, url_prefix="/api/catalog")

Id = Annotated[int, Field(ge=1, le=2**53 - 1)]
_TYPES = {"type_id": "[0-9]{1,7}"}
_YEARS = {"year": "(19|20)[0-9]{2}"}


class VehicleQuery(BaseModel):
    """The vehicle that is asked about."""

    type_id: Id | None = None


class YearQuery(BaseModel):
    """A year of production."""

    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)] | None = None


class OfferedGamme(GammeNode):
    """A gamme with its sellable references in this context and their lowest price in euros."""

    products_count: int
    min_price: float | None


class Gammes(BaseModel):
    """Some gammes, the first ones first."""

    gammes: list[GammeNode]


class OfferedGammes(BaseModel):
    """Some gammes with what they offer."""

    gammes: list[OfferedGamme]


class VehicleGammes(OfferedGammes):
    """The gammes of a vehicle, how they were found, and how sure that is."""

    strategy: Literal["relation_type", "cross_gamme_car", "generic"]
    confidence: Literal["high", "medium", "low"]
    matched_pieces_count: int
    execution_ms: float


class Viewed(BaseModel):
    """The products that this visitor looked at, newest first."""

    products: list[ProductSummary]


class CompatibilityQuestion(BaseModel):
    """Do these products fit this vehicle?"""

    type_id: Id
    piece_ids: list[Id] = Field(min_length=1, max_length=100, validation_alias=AliasChoices("piece_ids", "product_ids"))


class CompatibilityAnswer(BaseModel):
    """`compatible` null: to be checked, with the reason."""

    piece_id: int
    type_id: int
    compatible: bool | None
    reason: str


class CompatibilityAnswers(BaseModel):
    """One answer per displayed product, in the order asked."""

    results: list[CompatibilityAnswer]


@bp.get("/popular")
@cached(600, kind="api")
@operation(Answer[Gammes], tag="Recommandations")
def popular() -> Answer[Gammes]:
    """Lister les gammes les plus regardées et achetées."""
    tag("menu", "recommendations")
    return Answer(data=Gammes(gammes=[GammeNode.of(gamme) for gamme in list_popular_gammes()]))


@bp.get("/recent")
@operation(Answer[Viewed], tag="Recommandations")
def recent() -> tuple[Answer[Viewed], int, dict[str, str]]:
    """Lister les pièces que ce visiteur a regardées (cookie « viewed »)."""
    rows = part_rows(list_products_by_id(list_viewed()), {}, at=utc_now())
    data = Viewed(products=[ProductSummary.of(row) for row in rows])
    return Answer(data=data), 200, {"Cache-Control": "no-store"}


@bp.get("/recommendations/<int:pg_id>")
@cached(300, kind="api", query=_TYPES)
@operation(Answer[OfferedGammes], tag="Recommandations", refusals=(404,))
def recommendations(pg_id: int, query: VehicleQuery) -> Answer[OfferedGammes]:
    """Lister les gammes qui vont avec une autre, pour un véhicule si l'on en donne un."""
    gamme = get_gamme(pg_id)
    if query.type_id is not None:
        get_car(query.type_id)
    tag(f"gamme:{pg_id}", "menu", "ranges")
    offers = list_linked_gammes(gamme.id, type_id=query.type_id)
    return Answer(data=OfferedGammes(gammes=offered_gammes(offers)))


@bp.get("/vehicles/<int:id>/gammes")
@cached(300, kind="api")
@operation(Answer[VehicleGammes], tag="Véhicules", refusals=(404,))
def for_vehicle(id: int) -> Answer[VehicleGammes]:
    """Lister les gammes d'un véhicule, avec la manière dont elles furent trouvées."""
    return Answer(data=_gammes_of(id))


@bp.get("/vehicles/<int:id>/compatible-gammes")
@cached(300, kind="api")
@operation(Answer[VehicleGammes], tag="Véhicules", refusals=(404,))
def compatible_gammes(id: int) -> Answer[VehicleGammes]:
    """Lister les gammes d'un véhicule, sous un autre nom."""
    return Answer(data=_gammes_of(id))


@bp.get("/gamme/<int:pg_id>/vehicles")
@cached(300, kind="api", query={"page": "[1-9]", "limit": "20|50|100"})
@operation(Listing[VehicleList], tag="Véhicules", refusals=(404,))
def vehicles(pg_id: int, query: PageQuery) -> Listing[VehicleList]:
    """Lister les véhicules d'une gamme, les mieux servis d'abord."""
    gamme = get_gamme(pg_id)
    tag(f"gamme:{pg_id}", "makes", "ranges")
    found = list_vehicles_of_gamme(gamme.id, page=query.page, per_page=query.limit)
    pagination = Pagination.of(page=query.page, limit=query.limit, total=count_vehicles_of_gamme(gamme.id))
    return Listing(data=VehicleList(vehicles=[TypeSummary.of(one) for one in found]), pagination=pagination)


@bp.get("/vehicles/marques")
@cached(600, kind="api")
@operation(Answer[list[MakeSummary]], tag="Véhicules")
def makes() -> Answer[list[MakeSummary]]:
    """Lister les constructeurs affichés."""
    tag("makes")
    return Answer(data=[MakeSummary.of(make) for make in list_makes_page(per_page=400).makes])


@bp.get("/vehicles/modeles/<key>")
@cached(600, kind="api", query=_YEARS)
@operation(Answer[list[ModelSummary]], tag="Véhicules", refusals=(404,))
def models(key: str, query: YearQuery) -> Answer[list[ModelSummary]]:
    """Lister les modèles d'un constructeur."""
    make = get_make_by(key)
    tag(f"make:{make.id}")
    return Answer(data=[ModelSummary.of(model) for model in search_models_of_make(make, year=query.year)])


@bp.get("/vehicles/types/<int:id>")
@cached(600, kind="api", query=_YEARS)
@operation(Answer[list[TypeDetail]], tag="Véhicules", refusals=(404,))
def types(id: int, query: YearQuery) -> Answer[list[TypeDetail]]:
    """Lister les motorisations d'un modèle."""
    model = get_model(id)
    tag(f"model:{model.id}", f"make:{model.make_id}")
    return Answer(data=[TypeDetail.of(one) for one in list_types(model.id, year=query.year)])


@bp.post("/vehicles/compatibility")
@operation(Answer[CompatibilityAnswers], tag="Véhicules", refusals=(403, 404, 413))
def compatibility(json: CompatibilityQuestion) -> Answer[CompatibilityAnswers]:
    """Dire de chaque produit s'il convient à un véhicule."""
    return Answer(data=judged(json))


def judged(question: CompatibilityQuestion) -> CompatibilityAnswers:
    """Judge the displayed products of a question for its vehicle; raises NotFound for the vehicle."""
    car = get_car(question.type_id)
    products = list_products_by_id(question.piece_ids)
    verdicts = judge_products(products, car)
    answers = {"fits": True, "does_not_fit": False}
    return CompatibilityAnswers(
        results=[
            CompatibilityAnswer(
                piece_id=product.id,
                type_id=car.id,
                compatible=answers.get(verdicts[product.id].fit),
                reason=verdicts[product.id].reason,
            )
            for product in products
        ]
    )


def _gammes_of(type_id: int) -> VehicleGammes:
    started = time.perf_counter()
    car = get_car(type_id)
    tag(f"type:{type_id}", "menu", "ranges")
    found = find_offers_for_vehicle(car.type)
    return VehicleGammes(
        gammes=offered_gammes(found.offers),
        strategy=found.strategy,
        confidence=found.confidence,
        matched_pieces_count=found.matched,
        execution_ms=round((time.perf_counter() - started) * 1000, 1),
    )


def offered_gammes(offers: Iterable[GammeOffer]) -> list[OfferedGamme]:
    """Show gammes with what they offer, prices in euros."""
    return [
        OfferedGamme(
            **GammeNode.of(offer.gamme).model_dump(),
            products_count=offer.references,
            min_price=None if offer.from_cents is None else offer.from_cents / 100,
        )
        for offer in offers
    ]

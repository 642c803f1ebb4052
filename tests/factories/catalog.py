"""Families, gammes, brands and products."""

from itertools import count
from typing import Any

from domain.references import reference_key
from models.catalog import (
    Brand,
    Criterion,
    Family,
    Fitment,
    FitmentGroup,
    Gamme,
    Product,
    ProductCriterion,
    ProductReference,
)
from models.database import session
from models.stock import StockItem
from models.vehicles import VehicleType

_numbers = count(1)


def _save(thing: Any) -> Any:
    session.add(thing)
    session.flush()
    return thing


def make_family(**values: Any) -> Family:
    n = next(_numbers)
    return _save(Family(**{"alias": f"famille-{n}", "name": f"Famille {n}", **values}))


def make_gamme(**values: Any) -> Gamme:
    n = next(_numbers)
    family_id = values.pop("family_id", None) or make_family().id
    return _save(
        Gamme(
            **{
                "family_id": family_id,
                "alias": f"gamme-{n}",
                "name": f"Gamme {n}",
                "plural_name": f"Gammes {n}",
                **values,
            }
        )
    )


def make_brand(**values: Any) -> Brand:
    n = next(_numbers)
    return _save(Brand(**{"alias": f"marque-{n}", "name": f"Marque {n}", **values}))


def make_product(*, stock: int | None = 10, **values: Any) -> Product:
    """A displayed product at 50,00 € with 20 % VAT and ten packs on the shelf, unless told otherwise."""
    n = next(_numbers)
    gamme_id = values.pop("gamme_id", None) or make_gamme().id
    brand_id = values.pop("brand_id", None) or make_brand().id
    reference = values.pop("reference", f"REF {n:05d}")
    product = _save(
        Product(
            **{
                "gamme_id": gamme_id,
                "brand_id": brand_id,
                "reference": reference,
                "reference_key": reference_key(reference),
                "name": f"Pièce {n}",
                "price_cents": 50_00,
                "weight_grams": 800,
                "search_text": f"Pièce {n} {reference}",
                **values,
            }
        )
    )
    if stock is not None:
        make_stock(product, on_hand=stock)
    return product


def make_stock(product: Product, **values: Any) -> StockItem:
    return _save(StockItem(**{"product_id": product.id, "on_hand": 10, **values}))


def make_fitment(product: Product, vehicle: VehicleType, **values: Any) -> Fitment:
    """Put `vehicle` into the product's fitment group, which is made when there is none."""
    if product.fitment_group_id is None:
        group = _save(FitmentGroup(gamme_id=product.gamme_id))
        product.fitment_group_id = group.id
        session.flush()
    return _save(
        Fitment(
            **{
                "group_id": product.fitment_group_id,
                "vehicle_type_id": vehicle.id,
                "gamme_id": product.gamme_id,
                **values,
            }
        )
    )


def make_criterion(**values: Any) -> Criterion:
    n = next(_numbers)
    return _save(Criterion(**{"name": f"Critère {n}", "is_filter": True, **values}))


def give_criterion(product: Product, criterion: Criterion, value: str) -> ProductCriterion:
    return _save(ProductCriterion(product_id=product.id, criterion_id=criterion.id, value=value))


def give_reference(product: Product, reference: str, *, kind: str = "oem", maker: str = "") -> ProductReference:
    """Another number of the product: oem, cross or ean."""
    return _save(
        ProductReference(
            product_id=product.id,
            kind=kind,
            maker=maker,
            reference=reference,
            reference_key=reference_key(reference),
        )
    )

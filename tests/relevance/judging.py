"""What is asked of the search, and whether what comes first is what it should be."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from domain.references import reference_key
from models.catalog import Product, ProductReference
from models.database import session
from models.vehicles import RegistrationCode
from services.vehicles import get_vehicle_type

QUERIES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "queries.toml").read_text())["query"]
# Brembo's first pads: whose numbers stand for « a number » in the queries.
BRAND, GAMME = 20, 402
JUDGED = 5


@dataclass(frozen=True)
class Shown:
    """What a search shows: names of gammes, labels of vehicles, pairs of both, products."""

    products: Sequence[Product]
    gammes: Sequence[str] = ()
    vehicles: Sequence[str] = ()
    together: Sequence[tuple[str, str]] = ()


@dataclass
class Numbers:
    """A product of the demo shop with its numbers, and a type with its codes."""

    product: Product
    texts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of_the_shop(cls) -> "Numbers":
        """Read those of the first pads of Brembo that have all kinds, and of the first type that has both codes."""
        product = session.scalars(
            select(Product)
            .where(Product.brand_id == BRAND, Product.gamme_id == GAMME, Product.is_displayed)
            .where(Product.price_cents.is_not(None), Product.ean.is_not(None))
            .where(*(_has(kind) for kind in ("oem", "cross")))
            .order_by(Product.id)
        ).first()
        code = session.scalars(
            select(RegistrationCode)
            .where(RegistrationCode.mine.is_not(None), RegistrationCode.cnit.is_not(None))
            .order_by(RegistrationCode.id)
        ).first()
        assert product
        assert code
        assert code.mine
        assert code.cnit
        texts = {"own": product.reference, "ean": product.ean or "", "mine": code.mine, "cnit": code.cnit}
        texts |= {kind: _first(product, kind) for kind in ("oem", "cross")}
        texts["type"] = get_vehicle_type(code.type_id).label
        return cls(product, texts)

    def fill(self, query: dict[str, Any]) -> str:
        """Return the text of a query with its number typed as it says."""
        spelling = SPELLINGS[query.get("number", "as printed")]
        return str(query["text"]).format(**{name: spelling(text) for name, text in self.texts.items()})


def _has(kind: str) -> Any:
    return (
        select(ProductReference.product_id)
        .where(ProductReference.product_id == Product.id, ProductReference.kind == kind)
        .exists()
    )


def _first(product: Product, kind: str) -> str:
    found = session.scalars(
        select(ProductReference.reference)
        .where(ProductReference.product_id == product.id, ProductReference.kind == kind)
        .order_by(ProductReference.reference)
    ).first()
    assert found
    return found


SPELLINGS: dict[str, Callable[[str], str]] = {
    "as printed": str,
    "bare": reference_key,
    "lower": lambda text: reference_key(text).lower(),
    "dashed": lambda text: "-".join(_pieces(text)),
    "spaced": lambda text: " ".join(_pieces(text)),
}


def _pieces(text: str) -> list[str]:
    key = reference_key(text)
    return [key[start : start + 3] for start in range(0, len(key), 3)]


def faults(query: dict[str, Any], shown: Shown, numbers: Numbers) -> list[str]:
    """Return what is wrong with what is shown for a query; nothing when it is as the query says."""
    found = []
    if "gamme" in query and list(shown.gammes[:1]) != [query["gamme"]]:
        found.append(f"the first gamme is {shown.gammes[:1]}")
    if "vehicle" in query:
        wanted = query["vehicle"].format(**numbers.texts)
        if not (shown.vehicles and shown.vehicles[0].startswith(wanted)):
            found.append(f"the first vehicle is {shown.vehicles[:1]}")
    if query.get("together"):
        first = shown.together[0] if shown.together else ("", "")
        if first[0] != query["gamme"] or not first[1].startswith(query["vehicle"]):
            found.append(f"gamme and vehicle are {shown.together[:1]}")
    if query.get("first") and [product.id for product in shown.products[:1]] != [numbers.product.id]:
        found.append(f"the first product is {_names(shown.products[:1])}")
    if query.get("nothing") and (shown.gammes or shown.products):
        found.append(f"there are {shown.gammes} and {_names(shown.products[:2])}")
    if "every" in query:
        judged = shown.products[:JUDGED]
        wrong = [product for product in judged if not _is(product, query["every"], numbers)]
        if wrong or not judged:
            found.append(f"among the first products: {_names(wrong)}")
    return found


def _is(product: Product, wanted: dict[str, Any], numbers: Numbers) -> bool:
    if wanted.keys() & {"oem", "cross"}:
        [kind] = wanted
        keys = session.scalars(
            select(ProductReference.reference_key).where(ProductReference.product_id == product.id)
        ).all()
        return reference_key(numbers.texts[kind]) in [*keys, reference_key(product.reference)]
    has = {"gamme": product.gamme.name, "brand": product.brand.name, "side": product.side}
    return all(
        value.lower() in has[name].lower() if name == "side" else value == has[name] for name, value in wanted.items()
    )


def _names(products: Sequence[Product]) -> list[str]:
    return [f"{one.brand.name} {one.name} {one.side} ({one.reference})" for one in products]
